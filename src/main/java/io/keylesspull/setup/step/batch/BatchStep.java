package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.ManagedRunCommands;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.fleet.ControlPlaneLimits;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.ProvenText;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.batch.RunCommandTemplate.Job;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.setup.step.machine.ScriptWords;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is done on one of many existing machines, as one script that Azure hands to it, and the proof: the digest
 * that the machine reports is the registry's.
 */
public final class BatchStep extends SetupStep {

    private final SetupRequest request;
    private final Machine machine;
    private final String label;
    private final List<SetupStep> inside;
    private final Batches batches;
    private final RegistryDigest digest;
    private final AzureSubscription azure;
    private final RunCommandAccess runCommand;
    private final Inquiry inquiry;

    /** @param batches shared with the other machines, as is the digest */
    public BatchStep(
            SetupRequest request, Machine machine, Batches batches, RegistryDigest digest, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "set-up"),
                Text.of("setup.step.batch"),
                needs(request.identity().kind()),
                Set.of(RemoteFacts.CONNECTION, RemoteFacts.PROVEN_DIGEST));
        this.request = request;
        this.machine = machine;
        this.label = request.label(machine);
        this.inside = MachineSteps.of(request, machine, azure);
        this.batches = batches;
        this.digest = digest;
        this.azure = azure;
        this.runCommand = new RunCommandAccess(request, machine, azure);
        this.inquiry = new Inquiry(request, machine);
    }

    private static Set<Fact<?>> needs(Kind kind) {
        Set<Fact<?>> needs = new HashSet<>(Set.of(
                CloudFacts.MACHINE,
                CloudFacts.IDENTITY_ATTACHED,
                CloudFacts.ROLE_ASSIGNMENT_ID,
                CloudFacts.PRINCIPAL_ID,
                CloudFacts.REGISTRY,
                CloudFacts.IMAGE,
                CloudFacts.IMAGE_READER));
        if (kind == Kind.USER_ASSIGNED) {
            needs.add(CloudFacts.IDENTITY);
        }
        return Set.copyOf(needs);
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public Preview preview(Known known) {
        return Preview.ifMissing(Text.of(
                request.access().azureCli() ? "setup.change.batchCli" : "setup.change.batch",
                label,
                request.registry().name()));
    }

    /** Asked once for each group, whose rights are its machines', too. */
    @Override
    public List<Preflight> checks(Known known) {
        int many = request.batched().size();
        List<Preflight> checks = new ArrayList<>(List.of(
                new Preflight(Text.of("setup.check.batch", many, ControlPlaneLimits.leastMinutes(many)), Finding::good),
                runCommand.rightInGroup()));
        // Source: run-command-managed, "Linux Distro's Supported".
        known.find(CloudFacts.MACHINE)
                .filter(found -> Processor.isArm64(found.size()))
                .ifPresent(found -> checks.add(new Preflight(
                        Text.of("setup.check.processor", label),
                        () -> Finding.doubtful(Failure.of("setup.batch.arm64", "", label, found.size())
                                .problem()))));
        return checks;
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("On " + label);
        runCommand.byHand(script);
        inside.forEach(step -> step.byHand(script, known));
    }

    @Override
    public void template(Template template, Known known) {
        inside.forEach(step -> step.template(template, known));
    }

    @Override
    public Result run(StepContext context) throws Failure, InterruptedException {
        MachineInfo found = context.get(CloudFacts.MACHINE);
        SentScripts sent = new SentScripts(label, found, azure, batches.pacer());
        Optional<MachineReport> earlier = earlier(context, sent, found);
        MachineReport report =
                earlier.isPresent() && earlier.get().isDone() ? earlier.get() : anew(context, sent, found);
        if (!report.isDone()) {
            throw new ScriptWords(
                            label, machine.adminUser(), context.get(CloudFacts.REGISTRY), context.get(CloudFacts.IMAGE))
                    .of(report.step(), report.status(), report.output());
        }
        Text proven = prove(context, report);
        context.establish(
                RemoteFacts.CONNECTION,
                new MachineConnection(
                        label, List.of(runCommand.way(found)), !request.access().dockerGroup(), context.time()));
        return new Result(report.changes().isEmpty() ? Outcome.CHECKED : Outcome.CHANGED, proven);
    }

    /** What a script of an earlier attempt says; of several, the last. */
    private Optional<MachineReport> earlier(StepContext context, SentScripts sent, MachineInfo found)
            throws Failure, InterruptedException {
        Optional<MachineReport> last = Optional.empty();
        for (UnreadScript script : sent.unread(context.state())) {
            batches.stopEarlier(context, found.resourceGroup());
            Inquiry.Answer answer = ask(context, sent, script);
            if (answer instanceof Inquiry.Told told) {
                last = Optional.of(told.report());
            } else if (answer instanceof Inquiry.Unknown || answer instanceof Inquiry.Lost) {
                context.progress(Text.of("setup.batch.stillUnread", script.name()));
            }
        }
        return last;
    }

    private Inquiry.Answer ask(StepContext context, SentScripts sent, UnreadScript script)
            throws Failure, InterruptedException {
        try {
            return inquiry.into(context, sent, script);
        } catch (AzureException e) {
            throw AzureFailures.failure(sent.subject(), e);
        }
    }

    private MachineReport anew(StepContext context, SentScripts sent, MachineInfo found)
            throws Failure, InterruptedException {
        String name = UnreadScript.newName(context.time().now());
        MachineScript.Values values = values(context);
        UnreadScript script = new UnreadScript(name, values.loginServer(), values.clientId());
        Job job = new Job(found, label, name, script(context, values));
        String id = ManagedRunCommands.id(found, name);
        context.creating(id);
        ScriptDeployment.Result handed = context.change(List.of(script.change()), () -> batches.send(context, job));
        if (handed.succeeded()) {
            // Before its result is asked for, which may fail: somebody may delete it meanwhile.
            context.created(id);
        }
        Optional<ManagedRunCommands.Result> ended = handed.refused().isPresent()
                ? sent.now(context, name).filter(ManagedRunCommands.Result::hasBegun)
                : sent.ended(context, name);
        if (!handed.succeeded() && ended.isEmpty()) {
            // Azure has run nothing.
            if (sent.delete(context, name)) {
                sent.read(context, script);
            }
            throw handed.refused().orElseGet(() -> Failure.of("setup.batch.unsent", "", label));
        }
        if (!handed.succeeded()) {
            context.created(id);
        }
        if (ended.filter(result -> !result.hasEnded()).isPresent()) {
            // It may still run: what it changes is read when the run is tried again or undone.
            throw handed.refused().orElseThrow();
        }
        Optional<MachineReport> report = ended.flatMap(result -> MachineReport.parse(result.stdout()));
        if (report.isEmpty()) {
            // The machine is asked when the run is tried again or undone.
            throw Failure.of(
                    "setup.runCommand.lost", ended.map(BatchStep::details).orElse(""), label, found.id());
        }
        sent.journal(context, script, report.get());
        // Not before the journal knows all: undo would take a script that is gone for one that was never run.
        sent.delete(context, name);
        return report.get();
    }

    private static String details(ManagedRunCommands.Result result) {
        return (result.state() + " (" + result.exitCode() + "): " + result.message() + "\n" + result.stderr()).strip();
    }

    private String script(StepContext context, MachineScript.Values values) {
        Facts facts = new Facts();
        facts.put(CloudFacts.REGISTRY, id().machine(), context.get(CloudFacts.REGISTRY));
        return MachineScript.of(values, inside, new Known(facts, id()));
    }

    private MachineScript.Values values(StepContext context) {
        Optional<IdentityInfo> identity = request.identity().kind() == Kind.USER_ASSIGNED
                ? Optional.of(context.get(CloudFacts.IDENTITY))
                : Optional.empty();
        return new MachineScript.Values(
                machine.adminUser(),
                !request.access().dockerGroup(),
                request.access().azureCli(),
                context.get(CloudFacts.REGISTRY).loginServer(),
                context.get(CloudFacts.IMAGE),
                identity.map(IdentityInfo::id),
                identity.map(IdentityInfo::clientId));
    }

    private Text prove(StepContext context, MachineReport report) throws Failure, InterruptedException {
        RegistryInfo registry = context.get(CloudFacts.REGISTRY);
        String image = request.image();
        String onMachine = report.digest().orElseThrow(() -> Failure.of("setup.noDigest", "", image, label));
        ImageReader reader = context.get(CloudFacts.IMAGE_READER);
        Optional<String> told = Optional.empty();
        if (!reader.isMachine()) {
            try {
                told = digest.of(registry, image, onMachine);
            } catch (AzureException e) {
                reader = ImageReader.instead(e)
                        .orElseThrow(() -> AzureFailures.failure(Text.of("setup.subject.image", image), e));
            }
        }
        if (reader.isMachine()) {
            // Of a digest the registry says nothing but that it has it.
            told = report.told().or(() -> Optional.of(onMachine).filter(image::endsWith));
        }
        String wanted = told.orElseThrow(
                () -> Failure.of("setup.missing.image", "", image, registry.loginServer(), registry.name()));
        if (!onMachine.equals(wanted)) {
            throw Failure.of("setup.digestsDiffer", onMachine + " ≠ " + wanted, image, label);
        }
        context.establish(RemoteFacts.PROVEN_DIGEST, onMachine);
        return ProvenText.of(request, onMachine, context.get(CloudFacts.PRINCIPAL_ID), registry, reader);
    }
}
