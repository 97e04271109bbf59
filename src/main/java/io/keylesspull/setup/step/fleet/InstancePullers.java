package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.deployment.ScaleSetInfo;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.export.BootScript;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.SideBySide;
import io.keylesspull.setup.step.pull.Pullers;
import io.keylesspull.setup.step.pull.Pulling;
import io.keylesspull.setup.step.pull.Pulling.Pulled;
import io.keylesspull.setup.step.pull.Pulling.Refused;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** The instances of a scale set that are asked: all of a small one, some by lot of a larger one. */
final class InstancePullers implements Pullers {

    /** All are asked up to so many; of more, so many by lot. */
    static final int SAMPLE = 20;

    private static final int SHOWN = 3;

    /** They have just started: Docker is being installed, and their network may still be on its way. */
    private static final Set<Cause.Kind> PASSING = EnumSet.of(
            Cause.Kind.ROLE,
            Cause.Kind.IDENTITY,
            Cause.Kind.BUSY,
            Cause.Kind.NAME,
            Cause.Kind.NO_CONNECTION,
            Cause.Kind.UNCLEAR_SILENCE,
            Cause.Kind.METADATA,
            Cause.Kind.DOCKER,
            Cause.Kind.KILLED,
            Cause.Kind.MISSING_COMMAND,
            Cause.Kind.UNKNOWN);

    private final StepContext context;
    private final AzureSubscription azure;
    private final SetupRequest request;
    private final ScaleSetInfo found;
    private final RegistryInfo registry;
    private final Sampling sampling;
    private final boolean imageIsThere;
    private final String label;
    private final String group;
    private final Map<String, Pulling> asked = new TreeMap<>();

    /** @param imageIsThere whether the registry is known to have the image by now */
    InstancePullers(
            StepContext context,
            AzureSubscription azure,
            SetupRequest request,
            ScaleSet set,
            ScaleSetInfo found,
            RegistryInfo registry,
            Sampling sampling,
            boolean imageIsThere) {
        this.imageIsThere = imageIsThere;
        this.context = context;
        this.azure = azure;
        this.request = request;
        this.found = found;
        this.registry = registry;
        this.sampling = sampling;
        this.label = request.label(set);
        this.group = request.scaleSetGroup(set);
    }

    /** How many are asked; 0 before the first look. */
    int count() {
        return asked.size();
    }

    @Override
    public Map<String, Pulling> look() throws Failure, InterruptedException {
        try {
            if (asked.isEmpty()) {
                sample(azure.scaleSets().instances(found), sampling.random())
                        .forEach(instance -> asked.put(instance, new Pulling.Waiting("")));
            }
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.subject.scaleSet", label), e);
        }
        String image = registry.loginServer() + "/" + request.image();
        List<Callable<InstanceReport>> looks = new ArrayList<>();
        asked.forEach((instance, seen) -> {
            if (!(seen instanceof Pulled)) {
                looks.add(() -> InstanceReport.of(azure.machines(), group, instance, image));
            }
        });
        new SideBySide(sampling.workers(), SAMPLE)
                .all(looks)
                .forEach(report -> asked.put(report.instance(), report.pulling()));
        return Collections.unmodifiableMap(asked);
    }

    static List<String> sample(List<String> instances, Random random) {
        List<String> mixed = new ArrayList<>(instances);
        if (mixed.size() > SAMPLE) {
            Collections.shuffle(mixed, random);
        }
        return mixed.subList(0, Math.min(SAMPLE, mixed.size())).stream()
                .sorted()
                .toList();
    }

    /** They may have pulled for the first time while the registry still imported the image. */
    @Override
    public Set<Cause.Kind> passing() {
        Set<Cause.Kind> passing = EnumSet.copyOf(PASSING);
        if (imageIsThere) {
            passing.add(Cause.Kind.MISSING_IMAGE);
        }
        return passing;
    }

    @Override
    public NotYet wait(Map<String, Pulling> all) {
        Map<String, Pulling> late = new TreeMap<>(all);
        late.values().removeIf(Pulled.class::isInstance);
        boolean refused = late.values().stream()
                .anyMatch(one -> one instanceof Refused why && why.cause().is(Cause.Kind.ROLE));
        Problem problem = Failure.of(
                        refused ? "setup.fleetRefused" : "setup.fleetSlow",
                        journals(late),
                        label,
                        String.valueOf(late.size()),
                        String.valueOf(all.size()),
                        registry.loginServer(),
                        BootScript.UNIT)
                .problem();
        context.progress(
                Text.of("setup.fleet.pulled", String.valueOf(all.size() - late.size()), String.valueOf(all.size())));
        return new NotYet(Text.of(refused ? "setup.role.waiting" : "setup.fleet.waiting"), problem);
    }

    private static String journals(Map<String, Pulling> late) {
        return late.entrySet().stream()
                .limit(SHOWN)
                .map(one -> one.getKey() + ":\n" + said(one.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String said(Pulling late) {
        if (late instanceof Refused refused) {
            return refused.said();
        }
        return late instanceof Pulling.Waiting waiting ? waiting.said() : "";
    }

    @Override
    public Text who() {
        return Text.of("setup.who.instances", label);
    }

    @Override
    public Failure failed(String part, String said) {
        return Failure.of("setup.instancePullFailed", said, part, label);
    }

    @Override
    public Failure differ(String digests) {
        return Failure.of("setup.fleetDigestsDiffer", digests, request.image(), label);
    }
}
