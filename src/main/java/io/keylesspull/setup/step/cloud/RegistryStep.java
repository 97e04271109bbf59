package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network.Access;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Policies;
import io.keylesspull.azure.resource.Registries;
import io.keylesspull.azure.resource.RegistryImages.SignIn;
import io.keylesspull.azure.resource.RegistryImages.Stage;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.network.NetworkFault;
import io.keylesspull.setup.request.AddressRange;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.reach.EndpointReach;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The container registry. */
public final class RegistryStep extends AzureStep {

    /** What the step is called in plans and events. */
    public static final String NAME = "registry";

    private final SetupRequest request;

    public RegistryStep(SetupRequest request, AzureSubscription azure) {
        super(
                StepId.shared(NAME),
                Text.of("setup.step.registry", request.registry().name()),
                Text.of("setup.subject.registry", request.registry().name()),
                Set.of(CloudFacts.RESOURCE_GROUP, CloudFacts.PROVIDERS),
                Set.of(CloudFacts.REGISTRY),
                azure);
        this.request = request;
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<RegistryInfo> found = azure().registries()
                .find(request.registryGroup(), request.registry().name());
        found.ifPresent(registry -> known.found(CloudFacts.REGISTRY, registry));
        return Preview.keepOrCreate(
                found.isPresent(),
                Text.of("setup.change.registry", request.registry().name()));
    }

    @Override
    public List<Preflight> checks(Known known) {
        String name = request.registry().name();
        Text what = request.registry().create() ? Text.of("setup.check.registryName", name) : registryCheck(name);
        Optional<RegistryInfo> found = known.find(CloudFacts.REGISTRY);
        Preflight registry = new Preflight(
                what,
                () -> found.isPresent()
                        ? Finding.badIf(closed(found.get()).map(Failure::problem))
                        : request.registry().create() ? nameIsFree(name) : Finding.bad(missing(name)));
        if (found.isPresent()) {
            return Stream.of(
                            List.of(registry),
                            anonymous(found.get()),
                            firewall(found.get(), known),
                            newMachines(found.get(), known))
                    .flatMap(List::stream)
                    .toList();
        }
        return !request.registry().create()
                ? List.of(registry)
                : List.of(
                        locationKnown(request.location()),
                        registry,
                        mayCreate(request.registryGroup(), "Microsoft.ContainerRegistry/registries/write"),
                        policies(
                                Text.of("setup.check.policies.registry", request.registryGroup()),
                                Optional.of(request.registryGroup()),
                                List.of(new Policies.Resource(
                                        "Microsoft.ContainerRegistry/registries",
                                        "2023-07-01",
                                        request.location(),
                                        Map.of("sku.name", request.registry().sku())))));
    }

    /** Names are unique in all of Azure: one that is taken is a registry elsewhere. */
    private Problem missing(String name) throws InterruptedException {
        boolean elsewhere;
        try {
            Optional<RegistryInfo> here =
                    azure().registries().list().find(one -> one.name().equalsIgnoreCase(name));
            if (here.isPresent()) {
                return Failure.of(
                                "setup.registryInGroup",
                                "",
                                name,
                                request.registryGroup(),
                                here.get().resourceGroup())
                        .problem();
            }
            elsewhere = !azure().registries().checkName(name).available();
            Optional<Problem> other = elsewhere ? inOtherSubscription(name) : Optional.empty();
            if (other.isPresent()) {
                return other.get();
            }
        } catch (AzureException unknown) {
            elsewhere = false;
        }
        return Failure.of(
                        elsewhere ? "setup.registryElsewhere" : "setup.missing.registry",
                        "",
                        name,
                        request.registryGroup(),
                        azure().id(),
                        elsewhere ? directories() : "")
                .problem();
    }

    /** One subscription after the other: only who has named the wrong one waits for that. */
    private Optional<Problem> inOtherSubscription(String name) throws AzureException, InterruptedException {
        for (Subscription other : azure().others()) {
            Optional<RegistryInfo> there = azure().other(other)
                    .registries()
                    .list()
                    .find(one -> one.name().equalsIgnoreCase(name));
            if (there.isPresent()) {
                return Optional.of(Failure.of(
                                "setup.registryOtherSubscription",
                                "",
                                name,
                                other.name(),
                                azure().id(),
                                there.get().id(),
                                request.image())
                        .problem());
            }
        }
        return Optional.empty();
    }

    /** Where it may be besides; empty if the account is nowhere else, or that is not known. */
    private Object directories() throws InterruptedException {
        try {
            String others = azure().otherDirectories();
            return others.isEmpty() ? "" : Text.of("setup.registryElsewhere.directories", others);
        } catch (AzureException unknown) {
            return "";
        }
    }

    private List<Preflight> anonymous(RegistryInfo registry) {
        return registry.anonymousPull()
                ? List.of(new Preflight(
                        Text.of("setup.check.anonymousPull", registry.name()),
                        () -> Finding.doubtful(Failure.of("setup.anonymousPull", "", registry.name(), azure().id())
                                .problem())))
                : List.of();
    }

    /** Why nobody can reach the registry's images. */
    private static Optional<Failure> closed(RegistryInfo registry) {
        return registry.network().unreachable()
                ? Optional.of(new Failure(ImageReader.unreachable(registry)))
                : Optional.empty();
    }

    /** Whether each machine's address is one that the registry's firewall lets in. */
    private List<Preflight> firewall(RegistryInfo registry, Known known) {
        if (registry.network().access() != Access.SELECTED) {
            return List.of();
        }
        List<Preflight> checks = new ArrayList<>();
        for (String machine : request.labels()) {
            Optional<MachineInfo> found = known.findOn(machine, CloudFacts.MACHINE);
            checks.add(new Preflight(
                    Text.of("setup.check.firewall", registry.name(), machine),
                    () -> admitted(registry, machine, found.flatMap(MachineInfo::publicIp))));
        }
        return checks;
    }

    /** Whether each machine that will be made reaches a registry to which only private endpoints lead. */
    private List<Preflight> newMachines(RegistryInfo registry, Known known) {
        if (!registry.network().endpointsOnly()
                || registry.network().privateEndpoints().isEmpty()) {
            return List.of();
        }
        EndpointReach reach = new EndpointReach(azure().networks(), registry);
        return request.machines().stream()
                .filter(machine -> isNew(machine, known))
                .map(machine -> newMachine(registry, reach, machine))
                .toList();
    }

    private Preflight newMachine(RegistryInfo registry, EndpointReach reach, SetupRequest.Machine machine) {
        String label = request.label(machine);
        Preflight check = new Preflight(
                Text.of("setup.check.newMachineReach", registry.name(), label),
                () -> reach.from(label, machine.subnet()));
        return machine.subnet()
                .map(subnet -> check.ifNotBad(NetworkStep.subnetCheck(subnet)))
                .orElse(check);
    }

    private boolean isNew(SetupRequest.Machine machine, Known known) {
        return machine.create()
                && known.findOn(request.label(machine), CloudFacts.MACHINE).isEmpty();
    }

    /** A machine may go out by another address than its own: this is never more than doubtful. */
    private Finding admitted(RegistryInfo registry, String machine, Optional<String> address) {
        if (address.isEmpty()) {
            return Finding.doubtful(
                    Failure.of("setup.firewallUnknownAddress", "", registry.name(), machine, azure().id())
                            .problem());
        }
        boolean listed = AddressRange.parse(address.get())
                .filter(own -> registry.network().addresses().stream()
                        .flatMap(range -> AddressRange.parse(range).stream())
                        .anyMatch(range -> range.contains(own)))
                .isPresent();
        List<String> letIn = registry.network().addresses();
        return listed
                ? Finding.good()
                : Finding.doubtful(Failure.of(
                                "setup.firewallWithoutAddress",
                                "",
                                registry.name(),
                                machine,
                                address.get(),
                                letIn.isEmpty()
                                        ? Text.of("setup.firewallWithoutAddress.nobody")
                                        : String.join(", ", letIn),
                                azure().id())
                        .problem());
    }

    @Override
    public List<Check> probe(Known known, MachineAnswers answers) throws InterruptedException {
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        if (registry.isEmpty()) {
            return List.of();
        }
        SignIn tried = azure().images().trySignIn(registry.get().loginServer());
        List<Check> checks = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            Text what = Text.of(
                    "setup.probe." + stage.name().toLowerCase(Locale.ROOT),
                    registry.get().loginServer());
            if (tried.failed().filter(stage::equals).isPresent()) {
                checks.add(stopped(what, registry.get(), tried.stopped().orElseThrow()));
                break;
            }
            checks.add(Check.good(what));
        }
        return checks;
    }

    /** What stops this computer need not stop the machines. */
    private static Check stopped(Text what, RegistryInfo registry, AzureException e) {
        if (registry.network().unreachable()) {
            return Check.bad(what, ImageReader.unreachable(registry));
        }
        return ImageReader.instead(e)
                .map(machine -> Check.doubtful(
                        what,
                        NetworkFault.in(e).isPresent() ? AzureFailures.problem(what, e) : machine.problem(registry)))
                .orElseGet(() -> Check.bad(what, AzureFailures.problem(what, e)));
    }

    private Finding nameIsFree(String name) throws AzureException, InterruptedException {
        NameAvailability availability = azure().registries().checkName(name);
        return availability.available()
                ? Finding.good()
                : Finding.bad(Failure.of("setup.registryName", availability.reason(), name)
                        .problem());
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("The container registry");
        String name = request.registryNameByHand();
        if (request.registry().create()) {
            if (!name.equals(request.registry().name())) {
                script.comment("(in lower case: the Azure CLI makes no registry with capitals)");
            }
            List<String> argv = new ArrayList<>(List.of(
                    "az",
                    "acr",
                    "create",
                    "--resource-group",
                    request.registryGroup(),
                    "--name",
                    name,
                    "--location",
                    request.location(),
                    "--sku",
                    request.registry().sku()));
            if (newMode() == PermissionMode.ABAC) {
                argv.addAll(List.of("--role-assignment-mode", "rbac-abac"));
            }
            argv.addAll(List.of("--output", "none"));
            script.run(argv.toArray(String[]::new));
        }
        keep(script, "registryId", "id");
        keep(script, "loginServer", "loginServer");
    }

    @Override
    public void template(Template template, Known known) {
        Optional<RegistryInfo> found = known.find(CloudFacts.REGISTRY);
        template.add(new Part.Registry(
                request.registryNameByHand(),
                request.registryGroup(),
                found.isPresent() || !request.registry().create(),
                found.map(RegistryInfo::sku).orElse(request.registry().sku()),
                found.map(RegistryInfo::permissionMode).orElse(newMode()) == PermissionMode.ABAC,
                request.image()));
    }

    private void keep(Script script, String variable, String property) {
        script.keep(
                variable,
                "az",
                "acr",
                "show",
                "--resource-group",
                request.registryGroup(),
                "--name",
                request.registryNameByHand(),
                "--query",
                property,
                "--output",
                "tsv");
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Registries registries = azure.registries();
        SetupRequest.Registry wanted = request.registry();
        Optional<OwnResources.Found<RegistryInfo>> found = new OwnResources(context, azure)
                .find(() -> registries.find(request.registryGroup(), wanted.name()), RegistryInfo::id);
        if (found.isPresent()) {
            return established(context, found.get().resource(), found.get().outcome());
        }
        if (!wanted.create()) {
            throw new Failure(missing(wanted.name()));
        }
        NameAvailability name = registries.checkName(wanted.name());
        if (!name.available()) {
            throw Failure.of("setup.registryName", name.reason(), wanted.name());
        }
        RegistryInfo made = registries.create(
                request.registryGroup(), wanted.name(), request.location(), wanted.sku(), newMode(), telling(context));
        return established(context, made, Outcome.CREATED);
    }

    /** The classic mode is Azure's default; in it a role counts for all repositories. */
    private PermissionMode newMode() {
        return request.repositories().isAll() ? PermissionMode.LEGACY : PermissionMode.ABAC;
    }

    private Result established(StepContext context, RegistryInfo registry, Outcome outcome) throws Failure {
        Optional<Failure> closed = closed(registry);
        if (closed.isPresent()) {
            throw closed.get();
        }
        context.establish(CloudFacts.REGISTRY, registry);
        return new Result(
                outcome,
                Text.of(
                        "setup.registry." + registry.permissionMode().name().toLowerCase(Locale.ROOT),
                        registry.loginServer()));
    }
}
