package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.Base;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.core.Store;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.Pages;
import io.keylesspull.practice.arm.protocol.Reply;
import io.keylesspull.practice.machine.Hardware;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** {@code Microsoft.Compute/virtualMachines}: Linux machines of platform images. */
final class VirtualMachines implements ResourceType {

    private static final Duration DELETE = Duration.ofSeconds(20);

    private final Base base;
    private final Disks disks;
    private final MachineHardware hardware;
    private final MachineIdentity identity;
    private final MachineNetwork network;
    private final MachineModel model;
    private final MachinePower power;
    private final MachineView view;
    private final MachineChanges changes;
    private final RunCommands commands;

    VirtualMachines(Base base, Disks disks, MachineHardware hardware, PlatformImages images, Hardware machines) {
        this.base = base;
        this.disks = disks;
        this.hardware = hardware;
        this.identity = new MachineIdentity(base);
        this.network = new MachineNetwork(base);
        this.model = new MachineModel(base);
        this.power = new MachinePower(base, machines);
        this.view = new MachineView(base, power, images);
        this.changes = new MachineChanges(base, hardware, identity, power, view);
        this.commands = new RunCommands(base, machines, power);
    }

    @Override
    public Kind kind() {
        return Kind.MACHINE;
    }

    @Override
    public Reply put(Call call, String id, Optional<ObjectNode> existing) {
        if (existing.isPresent()) {
            refuseWhileDeleting(existing.get());
            return changes.change(call, existing.get(), false);
        }
        if (!Store.nameOf(id).matches("[A-Za-z0-9]([-\\w.]{0,62}\\w)?")) {
            throw AzureError.badRequest("InvalidParameter", "The name '" + Store.nameOf(id) + "' of a Linux virtual "
                    + "machine is not valid: up to 64 letters, digits, '-', '_' and '.', starting with a letter or "
                    + "digit and ending with a letter, digit or '_'.");
        }
        return create(call, id, Locations.canonical(Json.location(call.body())));
    }

    private Reply create(Call call, String id, String location) {
        Sizes.Size size = hardware.size(call.body());
        MachineHardware.Boot boot = hardware.boot(call.body(), size);
        MachineLogin login = MachineLogin.of(call.body().at("/properties/osProfile"));
        Set<String> packages = CloudConfig.packages(call.body().at("/properties/osProfile"));
        hardware.requireZones(call.body(), location);
        List<ObjectNode> nics = network.wanted(call, id, location);
        Consumer<ObjectNode> identify = identity.plan(call, id, Optional.empty(), false);
        hardware.requireAvailable(size, call.subscription(), location, id);
        ObjectNode machine = model.make(call, id, location, size, boot.version(), nics);

        identify.accept(machine);
        Json.state(machine, "Creating");
        base.store().put(machine);
        disks.create(machine, boot.image());
        var operation = base.operations().begin(call, MachinePower.CREATE, () -> {
            if (state(machine).equals("Creating")) {
                Json.state(machine, "Succeeded");
            }
        });
        Hardware.Spec spec = new Hardware.Spec(id, Json.known(machine, "/properties/osProfile/computerName"),
                network.publicAddress(nics.get(0)).orElse(""), boot.image().release(), login.adminUsername(),
                login.authorizedKeys(), packages);
        if (operation.fails()) {
            power.add(spec);
        } else {
            power.create(spec, operation.dueAt());
        }
        return base.operations().put(call, operation, false, view.of(machine, call),
                OperationLinks.compute(location));
    }

    @Override
    public Reply patch(Call call, ObjectNode machine) {
        refuseWhileDeleting(machine);
        return changes.change(call, machine, true);
    }

    @Override
    public ObjectNode view(ObjectNode machine, Call call) {
        return view.of(machine, call);
    }

    @Override
    public Reply delete(Call call, ObjectNode machine) {
        if (!state(machine).equals("Deleting")) {
            Json.state(machine, "Deleting");
            power.deallocate(Json.id(machine));
        }
        return accepted(call, machine, DELETE, () -> drop(machine));
    }

    @Override
    public void drop(ObjectNode machine) {
        String id = Json.id(machine);
        if (base.store().find(id).orElse(null) != machine) {
            return;
        }
        base.store().remove(id);
        base.access().forget(id);
        identity.release(machine);
        network.release(machine);
        power.remove(id);
        JsonNode osDisk = machine.at("/properties/storageProfile/osDisk");
        base.store().find(Kind.DISK, Json.known(osDisk, "/managedDisk/id")).ifPresent(disk -> {
            Disks.detach(disk);
            if (osDisk.path("deleteOption").asText().equalsIgnoreCase("Delete")) {
                disks.drop(disk);
            }
        });
    }

    @Override
    public Answer below(Call call, ObjectNode machine) {
        String action = call.target().part(2).toLowerCase(Locale.ROOT);
        if (call.is("GET")) {
            return switch (action) {
                case "instanceview" -> Reply.ok(view.instance(machine));
                case "extensions" -> Pages.of(call, List.of());
                default -> throw AzureError.notFound("'" + call.target().path() + "'");
            };
        }
        if (!call.is("POST")) {
            throw AzureError.methodNotAllowed(call.method());
        }
        refuseWhileDeleting(machine);
        String id = Json.id(machine);
        return switch (action) {
            case "start" -> accepted(call, machine, power.start(id), () -> { });
            case "restart" -> {
                requireRunning(machine);
                yield accepted(call, machine, power.restart(id), () -> { });
            }
            case "poweroff" -> accepted(call, machine, power.powerOff(id), () -> { });
            case "deallocate" -> accepted(call, machine, power.deallocate(id), () -> { });
            case "runcommand" -> commands.run(call, machine);
            default -> throw AzureError.notFound("'" + call.target().path() + "'");
        };
    }

    private void requireRunning(ObjectNode machine) {
        if (!power.isRunning(Json.id(machine))) {
            throw AzureError.conflict("OperationNotAllowed", "The VM '" + Json.name(machine)
                    + "' cannot be restarted, since it is " + power.of(Json.id(machine)) + ". Start it instead.");
        }
    }

    private Reply accepted(Call call, ObjectNode machine, Duration inAzure, Runnable finish) {
        return base.operations().accepted(call, base.operations().begin(call, inAzure, finish),
                OperationLinks.compute(Json.location(machine)));
    }

    private static void refuseWhileDeleting(ObjectNode machine) {
        if (state(machine).equals("Deleting")) {
            throw AzureError.conflict("OperationNotAllowed", "Operation is not allowed on VM '" + Json.name(machine)
                    + "' since the VM is marked for deletion. You can only retry the Delete operation (or wait for an "
                    + "ongoing one to complete).");
        }
    }

    private static String state(ObjectNode machine) {
        return Json.known(machine, "/properties/provisioningState");
    }
}
