package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.InvokedScript;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.ProvenText;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.reach.RegistryTrial;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** The proof: the digest on the machine is the digest in the registry. */
public final class ProofStep extends AzureStep {

    private final SetupRequest request;
    private final String machine;
    private final String name;
    private final String group;
    private final String image;

    public ProofStep(SetupRequest request, Machine machine, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "proof"),
                Text.of("setup.step.proof"),
                Text.of("setup.subject.image", request.image()),
                Set.of(
                        RemoteFacts.CONNECTION,
                        CloudFacts.REGISTRY,
                        CloudFacts.IMAGE_READER,
                        CloudFacts.PRINCIPAL_ID,
                        RemoteFacts.PULLED_DIGEST),
                Set.of(RemoteFacts.PROVEN_DIGEST),
                azure);
        this.request = request;
        this.machine = request.label(machine);
        this.name = machine.name();
        this.group = request.machineGroup(machine);
        this.image = request.image();
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public List<MachineQuestion> questions(Known known) {
        List<MachineQuestion> questions = new ArrayList<>();
        askable(known).ifPresent(registry -> {
            questions.addAll(RegistryProbe.questions(registry));
            questions.addAll(trial(known, registry).questions());
        });
        return questions;
    }

    @Override
    public List<Check> probe(Known known, MachineAnswers answers) {
        List<Check> checks = new ArrayList<>();
        askable(known).ifPresent(registry -> {
            checks.addAll(new RegistryProbe(machine).of(answers, registry, hosts(registry)));
            boolean importing = request.registry().importSource().isPresent();
            checks.addAll(trial(known, registry).of(answers, importing));
        });
        return checks;
    }

    /** The registry, if it and a machine that could ask it are there. */
    private static Optional<RegistryInfo> askable(Known known) {
        return known.find(CloudFacts.MACHINE)
                .filter(there -> there.os().linux() && there.power() == PowerState.RUNNING)
                .flatMap(there -> known.find(CloudFacts.REGISTRY));
    }

    private RegistryTrial trial(Known known, RegistryInfo registry) {
        Optional<RegistryTrial.Identity> attached = known.find(CloudFacts.IDENTITY_ATTACHED)
                .map(there -> new RegistryTrial.Identity(
                        known.find(CloudFacts.IDENTITY).map(IdentityInfo::clientId)));
        return new RegistryTrial(
                machine,
                registry,
                ImageName.parse(image).orElseThrow(),
                attached,
                known.find(CloudFacts.ROLE_ASSIGNMENT_ID).isPresent(),
                known.find(CloudFacts.IMAGE_READER)
                        .filter(ImageReader::isMachine)
                        .isPresent());
    }

    /** What the machine must reach on port 443 for what is done there. */
    private List<String> hosts(RegistryInfo registry) {
        AzureCloud cloud = request.signIn().cloud();
        List<String> hosts = new ArrayList<>(registry.pullHosts(cloud));
        if (request.access().azureCli()) {
            hosts.addAll(cloud.signInHosts());
        }
        return hosts;
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The proof for " + machine + ": both digests are the same");
        script.keepRemote(
                "pulled",
                List.of(
                        Script.text(script.sudo() + "docker image inspect --format \"{{json .RepoDigests}}\" "),
                        Script.variable("loginServer"),
                        Script.text("/" + Script.word(image))));
        // In ABAC mode even an owner may not read images: the machine's identity may.
        boolean byMachine = known.find(CloudFacts.IMAGE_READER)
                        .filter(ImageReader::isMachine)
                        .isPresent()
                || known.find(CloudFacts.REGISTRY)
                        .filter(r -> r.permissionMode() == PermissionMode.ABAC)
                        .isPresent();
        String[] show = digestByHand(request, known.find(CloudFacts.REGISTRY));
        if (!byMachine) {
            script.keep("digest", show);
        } else if (request.access().azureCli()) {
            script.keepRemote(
                    "digest",
                    List.of(Script.text(script.sudo() + Command.of(show).shellLine())));
        } else {
            List<Script.Piece> pull = new ArrayList<>(Pull.lineByHand(script, image));
            pull.add(Script.text(" | sed -n 's/^Digest: //p'"));
            script.keepRemote("digest", pull);
        }
        script.compare(machine, "pulled", "digest");
    }

    /** A template waits for nothing, and looks at no machine. */
    @Override
    public void template(Template template, Known known) {
        template.proof(
                "The proof for the virtual machine " + machine + ": it has the image by the digest that the registry"
                        + " has.",
                List.of(
                        template.command(InvokedScript.printing(group, name, "docker images --digests")),
                        template.command(digestByHand(request, known.find(CloudFacts.REGISTRY)))));
    }

    /**
     * Whether whoever types the command for the digest can read it: a registry may be private, and with ABAC even an
     * owner may not read images.
     */
    public static boolean isReadHere(SetupRequest request, Known known) {
        Optional<ImageReader> reader = known.find(CloudFacts.IMAGE_READER);
        if (reader.isPresent()) {
            return !reader.get().isMachine();
        }
        return known.find(CloudFacts.REGISTRY)
                .map(registry -> registry.permissionMode() != PermissionMode.ABAC)
                .orElse(request.repositories().isAll());
    }

    /**
     * The command that prints the digest that the registry has, and nothing else. @param registry empty if it is not
     * there yet
     */
    public static String[] digestByHand(SetupRequest request, Optional<RegistryInfo> registry) {
        List<String> argv = new ArrayList<>(List.of(
                "az",
                "acr",
                "repository",
                "show",
                "--name",
                registry.map(RegistryInfo::name).orElseGet(request::registryNameByHand)));
        registry.flatMap(RegistryLoginStep::suffix).ifPresent(suffix -> argv.addAll(List.of("--suffix", suffix)));
        argv.addAll(List.of("--image", request.image(), "--query", "digest", "--output", "tsv"));
        return argv.toArray(String[]::new);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        String onMachine = context.get(RemoteFacts.PULLED_DIGEST);
        Told told = told(context, azure, context.get(CloudFacts.REGISTRY));
        if (!onMachine.equals(told.digest())) {
            throw Failure.of("setup.digestsDiffer", onMachine + " ≠ " + told.digest(), image, machine);
        }
        context.establish(RemoteFacts.PROVEN_DIGEST, onMachine);
        // Nothing else can have let the machine in: Docker had no other helper or login for the registry.
        return new Result(
                Outcome.CHECKED,
                ProvenText.of(
                        request,
                        onMachine,
                        context.get(CloudFacts.PRINCIPAL_ID),
                        context.get(CloudFacts.REGISTRY),
                        told.reader()));
    }

    /** What the registry told, and whom. */
    private record Told(String digest, ImageReader reader) {}

    private Told told(StepContext context, AzureSubscription azure, RegistryInfo registry)
            throws AzureException, Failure, InterruptedException {
        ImageReader reader = context.get(CloudFacts.IMAGE_READER);
        Optional<String> digest = Optional.empty();
        if (!reader.isMachine()) {
            try {
                digest = ImageReader.ask(azure, registry, image);
            } catch (AzureException e) {
                reader = ImageReader.instead(e).orElseThrow(() -> e);
            }
        }
        if (reader.isMachine()) {
            digest = askedByMachine(context, registry);
        }
        return new Told(
                digest.orElseThrow(
                        () -> Failure.of("setup.missing.image", "", image, registry.loginServer(), registry.name())),
                reader);
    }

    private Optional<String> askedByMachine(StepContext context, RegistryInfo registry)
            throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        RegistryAccess access = new RegistryAccess(context, connection, Optional.of(RegistryAccess.Asked.of(registry)));
        String full = registry.loginServer() + "/" + image;
        if (Pull.isByDigest(image) && !request.access().azureCli()) {
            new Pull(context, connection, full).ask(access);
            return Optional.of(image.substring(image.indexOf('@') + 1));
        }
        Command ask = request.access().azureCli()
                ? connection.asDockerUser(digestByHand(request, Optional.of(registry)))
                // Docker asks for the tag's digest before it looks at what it has, and tells what the registry said.
                : connection.asDockerUser("docker", "pull", full);
        CommandResult answer = access.run(
                request.access().azureCli() ? "az" : "docker",
                () -> connection.run(context, ask),
                CommandResult::ok,
                (cause, details) -> Failure.of("setup.digestUnread", details, image, machine)
                        .problem());
        Matcher digest = Pull.DIGEST.matcher(answer.stdout());
        return digest.find() ? Optional.of(digest.group()) : Optional.empty();
    }
}
