package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.CustomData;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.machine.Hypervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** {@code Microsoft.Compute/virtualMachines}: Linux machines from platform images. */
final class VirtualMachineType implements ResourceType {

    private static final Duration DELETE = Duration.ofSeconds(20);

    private final ArmContext context;
    private final DiskType disks;
    private final VmHardware hardware;
    private final MarketplaceProvider marketplace;
    private final VmIdentity identity;
    private final VmNetwork network;
    private final VmModel model;
    private final VmPower power;
    private final VmView view;
    private final VmUpdates changes;
    private final RunCommands commands;
    private final RunCommandType managedCommands;

    VirtualMachineType(
            ArmContext context,
            DiskType disks,
            VmHardware hardware,
            PlatformImages images,
            MarketplaceProvider marketplace,
            Hypervisor hypervisor) {
        this.marketplace = marketplace;
        this.context = context;
        this.disks = disks;
        this.hardware = hardware;
        this.identity = new VmIdentity(context);
        this.network = new VmNetwork(context);
        this.model = new VmModel(context);
        this.power = new VmPower(context, hypervisor);
        this.view = new VmView(context, power, images);
        this.changes = new VmUpdates(context, hardware, identity, power, view);
        BusyAgents busy = new BusyAgents();
        this.commands = new RunCommands(context, hypervisor, power, busy);
        this.managedCommands = new RunCommandType(context, hypervisor, power, busy);
    }

    /** Their children, which are resources of their own. */
    ResourceType managedCommands() {
        return managedCommands;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.MACHINE;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        if (existing.isPresent()) {
            refuseWhileDeleting(existing.get());
            return changes.change(call, existing.get(), false);
        }
        if (!ResourceStore.nameOf(id).matches("[A-Za-z0-9]([-\\w.]{0,62}\\w)?")) {
            throw ArmError.badRequest(
                    "InvalidParameter",
                    "The name '" + ResourceStore.nameOf(id)
                            + "' of a Linux virtual "
                            + "machine is not valid: up to 64 letters, digits, '-', '_' and '.', starting with a "
                            + "letter or "
                            + "digit and ending with a letter, digit or '_'.");
        }
        try {
            return create(call, id, Locations.canonical(Json.location(call.body())));
        } catch (ArmError refused) {
            network.reserve(call, id, context.clock().now());
            throw refused;
        }
    }

    /** Size, image and zones of each, and the quota of all together in each location. */
    @Override
    public List<ArmError> preflight(List<ArmCall> calls) {
        List<ArmError> refusals = new ArrayList<>();
        Map<String, List<VmSizes.Size>> sizes = new TreeMap<>();
        String subscription = "";
        for (ArmCall call : calls) {
            subscription = call.subscription();
            String location = Locations.canonical(Json.location(call.body()));
            try {
                VmSizes.Size size = hardware.size(call.body());
                sizes.computeIfAbsent(location, anew -> new ArrayList<>()).add(size);
                hardware.boot(call.body(), size);
                hardware.requireZones(call.body(), location);
                hardware.requireOffered(size, subscription, location);
            } catch (ArmError refused) {
                refusals.add(refused);
            }
        }
        for (Map.Entry<String, List<VmSizes.Size>> there : sizes.entrySet()) {
            try {
                hardware.requireQuota(there.getValue(), subscription, there.getKey());
            } catch (ArmError exceeded) {
                // Azure gives it another code than when a machine is made.
                refusals.add(ArmError.conflict("QuotaExceeded", String.valueOf(exceeded.getMessage())));
            }
        }
        return refusals;
    }

    private ArmReply create(ArmCall call, String id, String location) {
        VmSizes.Size size = hardware.size(call.body());
        VmHardware.Boot boot = hardware.boot(call.body(), size);
        marketplace.requireTerms(call, boot.image());
        VmLogin login = VmLogin.of(call.body().at("/properties/osProfile"));
        String customData = CustomData.text(call.body().at("/properties/osProfile"));
        hardware.requireZones(call.body(), location);
        List<ObjectNode> nics = network.wanted(call, id, location);
        Consumer<ObjectNode> identify = identity.plan(call, id, Optional.empty(), false);
        hardware.requireAvailable(size, call.subscription(), location, id);
        ObjectNode machine = model.make(call, id, location, size, boot.version(), nics);

        identify.accept(machine);
        Json.state(machine, ProvisioningState.CREATING);
        context.store().put(machine);
        disks.create(machine, boot.image());
        var operation = context.operations().begin(call, VmPower.CREATE, () -> {
            if (Json.isState(machine, ProvisioningState.CREATING)) {
                Json.state(machine, ProvisioningState.SUCCEEDED);
            }
        });
        Hypervisor.Spec spec = new Hypervisor.Spec(
                id,
                Json.known(machine, "/properties/osProfile/computerName"),
                network.publicAddress(nics.get(0)).orElse(""),
                VmNetwork.privateAddress(nics.get(0)),
                VmNetwork.virtualNetwork(nics.get(0)),
                boot.image().release(),
                login.adminUsername(),
                login.authorizedKeys(),
                Set.of(),
                customData);
        if (operation.fails()) {
            network.reserve(call, id, operation.dueAt());
            power.add(spec);
        } else {
            power.create(spec, operation.dueAt());
        }
        return context.operations()
                .put(call, operation, false, view.of(machine, call), OperationLinks.compute(location));
    }

    @Override
    public ArmReply patch(ArmCall call, ObjectNode machine) {
        refuseWhileDeleting(machine);
        return changes.change(call, machine, true);
    }

    @Override
    public Predicate<ObjectNode> listed(ArmCall call) {
        return view.listed(call);
    }

    @Override
    public ObjectNode view(ObjectNode machine, ArmCall call) {
        return view.of(machine, call);
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode machine) {
        if (!Json.isState(machine, ProvisioningState.DELETING)) {
            Json.state(machine, ProvisioningState.DELETING);
            power.deallocate(Json.id(machine));
        }
        return accepted(call, machine, DELETE, () -> drop(machine));
    }

    @Override
    public void drop(ObjectNode machine) {
        String id = Json.id(machine);
        if (context.store().find(id).orElse(null) != machine) {
            return;
        }
        managedCommands.dropAll(machine);
        context.remove(machine);
        identity.release(machine);
        network.release(machine);
        power.remove(id);
        JsonNode osDisk = machine.at("/properties/storageProfile/osDisk");
        context.store()
                .find(ResourceKind.DISK, Json.known(osDisk, "/managedDisk/id"))
                .ifPresent(disk -> {
                    DiskType.detach(disk);
                    if (osDisk.path("deleteOption").asText().equalsIgnoreCase("Delete")) {
                        disks.drop(disk);
                    }
                });
    }

    @Override
    public CallResult below(ArmCall call, ObjectNode machine) {
        String action = call.target().part(2).toLowerCase(Locale.ROOT);
        if (action.equals("runcommands")) {
            if (call.is("PUT")) {
                refuseWhileDeleting(machine);
            }
            return managedCommands.answer(call, machine);
        }
        if (call.is("GET")) {
            return switch (action) {
                case "instanceview" -> ArmReply.ok(view.instance(machine));
                case "extensions" -> ArmPages.of(call, List.of());
                default -> throw ArmError.notFound("'" + call.target().path() + "'");
            };
        }
        if (!call.is("POST")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        refuseWhileDeleting(machine);
        String id = Json.id(machine);
        return switch (action) {
            case "start" -> accepted(call, machine, power.start(id), () -> {});
            case "restart" -> {
                requireRunning(machine);
                yield accepted(call, machine, power.restart(id), () -> {});
            }
            case "poweroff" -> accepted(call, machine, power.powerOff(id), () -> {});
            case "deallocate" -> accepted(call, machine, power.deallocate(id), () -> {});
            case "runcommand" -> commands.run(call, machine);
            default -> throw ArmError.notFound("'" + call.target().path() + "'");
        };
    }

    boolean isRunning(String id) {
        return power.isRunning(id);
    }

    private void requireRunning(ObjectNode machine) {
        if (!power.isRunning(Json.id(machine))) {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "The VM '" + Json.name(machine) + "' cannot be restarted, since it is " + power.of(Json.id(machine))
                            + ". Start it instead.");
        }
    }

    private ArmReply accepted(ArmCall call, ObjectNode machine, Duration inAzure, Runnable finish) {
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, inAzure, finish),
                        OperationLinks.compute(Json.location(machine)));
    }

    private static void refuseWhileDeleting(ObjectNode machine) {
        if (Json.isState(machine, ProvisioningState.DELETING)) {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "Operation is not allowed on VM '" + Json.name(machine)
                            + "' since the VM is marked for deletion. You can only retry the Delete operation (or "
                            + "wait for an "
                            + "ongoing one to complete).");
        }
    }
}
