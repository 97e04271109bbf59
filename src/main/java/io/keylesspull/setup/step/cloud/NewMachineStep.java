package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Policies;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A new virtual machine, with its identity from the first moment. */
public final class NewMachineStep extends AzureStep {

    private final SetupRequest request;
    private final SetupRequest.Machine machine;

    public NewMachineStep(SetupRequest request, SetupRequest.Machine machine, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "machine"),
                Text.of("setup.step.machine"),
                Text.of("setup.subject.machine", request.label(machine)),
                needs(request),
                Set.of(CloudFacts.MACHINE),
                azure);
        this.request = request;
        this.machine = machine;
    }

    private static Set<Fact<?>> needs(SetupRequest request) {
        return request.identity().kind() == Kind.USER_ASSIGNED
                ? Set.of(CloudFacts.NETWORK, CloudFacts.SSH_KEY, CloudFacts.IDENTITY)
                : Set.of(CloudFacts.NETWORK, CloudFacts.SSH_KEY);
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        Optional<MachineInfo> found = azure().machines().find(request.machineGroup(machine), machine.name());
        found.ifPresent(there -> known.found(CloudFacts.MACHINE, there));
        return found.isPresent()
                ? Preview.keep(Text.of("setup.change.machine", request.label(machine)))
                : Preview.create(
                        machine.sizeIsOpen()
                                ? Text.of("setup.change.machine", request.label(machine))
                                : Text.of("setup.change.newMachine", request.label(machine), machine.size()));
    }

    @Override
    public List<Preflight> checks(Known known) {
        if (known.find(CloudFacts.MACHINE).isPresent()) {
            return List.of();
        }
        List<Preflight> checks = new ArrayList<>();
        checks.add(locationKnown(request.location()));
        checks.add(mayCreate(request.machineGroup(machine), "Microsoft.Compute/virtualMachines/write"));
        if (!machine.sizeIsOpen()) {
            checks.add(policies(
                            Text.of(
                                    "setup.check.policies.machine",
                                    request.machineGroup(machine),
                                    machine.size(),
                                    machine.image()),
                            Optional.of(request.machineGroup(machine)),
                            List.of(asMade()))
                    .ifNotBad(offer().sizeCheck()));
        }
        if (!machine.byRunCommand()) {
            checks.add(mayRunCommand(request.label(machine), groupId(request.machineGroup(machine))));
        }
        if (request.identity().kind() == Kind.USER_ASSIGNED) {
            checks.add(mayAssign(request, known));
        }
        checks.addAll(offered(request, offer(), known));
        known.find(CloudFacts.SSH_KEY)
                .ifPresent(keys -> checks.add(MachineOffer.keyType(request.label(machine), keys.first())));
        return checks;
    }

    /** As far as policies look at new machines. */
    private Policies.Resource asMade() {
        Map<String, String> properties = new HashMap<>(Map.of("properties.hardwareProfile.vmSize", machine.size()));
        MachineImages.resolve(machine.image()).ifPresent(image -> {
            properties.put("properties.storageProfile.imageReference.publisher", image.publisher());
            properties.put("properties.storageProfile.imageReference.offer", image.offer());
            properties.put("properties.storageProfile.imageReference.sku", image.sku());
        });
        return new Policies.Resource("Microsoft.Compute/virtualMachines", "2024-07-01", request.location(), properties);
    }

    private MachineOffer offer() {
        return new MachineOffer(request.location(), machine.size(), machine.image(), azure());
    }

    /** With its network: {@code az vm create} makes both. */
    @Override
    public void byHand(Script script, Known known) {
        script.comment("The virtual machine " + request.label(machine));
        String group = request.machineGroup(machine);
        if (machine.isBehindGateway()) {
            gatewayByHand(script, group);
        }
        if (machine.needsOpenSsh() && machine.allowSshFrom().isEmpty()) {
            script.require("sshFrom", "the addresses that may reach port 22, such as 203.0.113.7/32");
        }
        if (machine.sizeIsOpen()) {
            script.require("vmSize", "a size of virtual machines that can be had there");
        }
        List<Script.Piece> create = words(
                "az",
                "vm",
                "create",
                "--resource-group",
                group,
                "--name",
                machine.name(),
                "--location",
                request.location(),
                "--image",
                MachineImages.urn(machine.image()),
                "--size");
        create.add(machine.sizeIsOpen() ? Script.variable("vmSize") : Script.text(machine.size()));
        create.addAll(words(
                "--storage-sku",
                NewMachine.DISK.type(),
                "--os-disk-size-gb",
                String.valueOf(NewMachine.DISK.gibibytes())));
        create.addAll(words("--admin-username", machine.adminUser()));
        create.addAll(machine.sshKey()
                .map(path -> words("--ssh-key-values", path + ".pub"))
                .orElseGet(() -> words("--generate-ssh-keys")));
        create.add(Script.text("--assign-identity"));
        create.add(
                request.identity().kind() == Kind.USER_ASSIGNED
                        ? Script.variable("identityId")
                        : Script.text("[system]"));
        create.addAll(networkByHand());
        create.addAll(words("--output", "none"));
        script.run(create);
        if (!machine.needsOpenSsh() && machine.allowSshFrom().isEmpty()) {
            return;
        }
        List<Script.Piece> rule = words(
                "az",
                "network",
                "nsg",
                "rule",
                "create",
                "--resource-group",
                group,
                "--nsg-name",
                machine.name() + "NSG",
                "--name",
                "default-allow-ssh",
                "--priority",
                "1000",
                "--protocol",
                "Tcp",
                "--destination-port-ranges",
                "22",
                "--source-address-prefixes");
        rule.add(machine.allowSshFrom().map(Script::text).orElseGet(() -> Script.variable("sshFrom")));
        rule.addAll(words("--output", "none"));
        script.run(rule);
    }

    private static List<Script.Piece> words(String... argv) {
        return Stream.of(argv).map(Script::text).collect(Collectors.toCollection(ArrayList::new));
    }

    private List<Script.Piece> networkByHand() {
        List<Script.Piece> inNetwork = machine.isBehindGateway()
                ? words("--vnet-name", machine.name() + "VNET", "--subnet", machine.name() + "Subnet")
                : machine.subnet().map(id -> words("--subnet", id)).orElseGet(NewMachineStep::words);
        if (inNetwork.isEmpty()) {
            return words("--nsg-rule", "NONE", "--public-ip-sku", "Standard");
        }
        inNetwork.addAll(words("--public-ip-address", "", "--nsg", ""));
        return inNetwork;
    }

    /** Source: Microsoft Learn, "Quickstart: Create a NAT gateway", Azure CLI. */
    private void gatewayByHand(Script script, String group) {
        String name = machine.name();
        script.run(
                "az",
                "network",
                "public-ip",
                "create",
                "--resource-group",
                group,
                "--name",
                name + "NATIP",
                "--location",
                request.location(),
                "--sku",
                "Standard",
                "--allocation-method",
                "Static",
                "--output",
                "none");
        script.run(
                "az",
                "network",
                "nat",
                "gateway",
                "create",
                "--resource-group",
                group,
                "--name",
                name + "NAT",
                "--location",
                request.location(),
                "--public-ip-addresses",
                name + "NATIP",
                "--output",
                "none");
        script.run(
                "az",
                "network",
                "vnet",
                "create",
                "--resource-group",
                group,
                "--name",
                name + "VNET",
                "--location",
                request.location(),
                "--address-prefixes",
                "10.0.0.0/16",
                "--output",
                "none");
        script.run(
                "az",
                "network",
                "vnet",
                "subnet",
                "create",
                "--resource-group",
                group,
                "--vnet-name",
                name + "VNET",
                "--name",
                name + "Subnet",
                "--address-prefixes",
                "10.0.0.0/24",
                "--nat-gateway",
                name + "NAT",
                "--output",
                "none");
    }

    @Override
    public void template(Template template, Known known) {
        Optional<Part.NewMachine> made = known.find(CloudFacts.MACHINE).isPresent()
                ? Optional.empty()
                : MachineImages.resolve(machine.image())
                        .map(image -> new Part.NewMachine(
                                Optional.of(machine.size()).filter(size -> !machine.sizeIsOpen()),
                                image,
                                machine.adminUser(),
                                known.find(CloudFacts.SSH_KEY)
                                        .map(keys -> keys.first().publicKeyLine()),
                                request.identity().kind() == Kind.USER_ASSIGNED));
        template.add(new Part.Machine(request.label(machine), machine.name(), request.machineGroup(machine), made));
        if (made.isPresent() && !MachineImages.isPlainSystem(machine.image())) {
            template.before(
                    "If this image has a plan, it has to be accepted, and the virtual machine " + machine.name()
                            + " has to name it.",
                    List.of(template.command(
                            "az",
                            "vm",
                            "image",
                            "show",
                            "--location",
                            request.location(),
                            "--urn",
                            MachineImages.urn(machine.image()),
                            "--query",
                            "plan")));
        }
    }

    /** Those by a short name have none. */
    private Optional<ImageReference.Plan> plan(AzureSubscription azure, ImageReference image)
            throws AzureException, InterruptedException {
        return MachineImages.isPlainSystem(machine.image())
                ? Optional.empty()
                : azure.regions().image(request.location(), image).flatMap(ImageReference.Details::plan);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        VirtualMachines machines = azure.machines();
        String group = request.machineGroup(machine);
        Optional<OwnResources.Found<MachineInfo>> found =
                new OwnResources(context, azure).find(() -> machines.find(group, machine.name()), MachineInfo::id);
        if (found.isPresent()) {
            MachineInfo there = found.get().resource();
            context.establish(CloudFacts.MACHINE, there);
            return new Result(found.get().outcome(), Text.of("setup.machine.found", there.size()));
        }
        if (machine.sizeIsOpen()) {
            throw offer().noSize();
        }
        ImageReference image = MachineImages.resolve(machine.image())
                .orElseThrow(() -> Failure.of("setup.machineImage", "", machine.image()));
        MachineIdentity identity = request.identity().kind() == Kind.USER_ASSIGNED
                ? new MachineIdentity(
                        false, List.of(context.get(CloudFacts.IDENTITY).id()))
                : new MachineIdentity(true, List.of());
        MachineInfo made = machines.create(
                new NewMachine(
                        group,
                        machine.name(),
                        request.location(),
                        machine.size(),
                        new NewMachine.Image(image, plan(azure, image)),
                        new NewMachine.Administrator(
                                machine.adminUser(),
                                context.get(CloudFacts.SSH_KEY).first().publicKeyLine()),
                        context.get(CloudFacts.NETWORK),
                        identity),
                telling(context));
        context.establish(CloudFacts.MACHINE, made);
        return new Result(Outcome.CREATED, Text.of("setup.machine.created", made.size(), made.location()));
    }
}
