package io.keylesspull.setup.session;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.PlannedChange.Kind;
import io.keylesspull.setup.step.PlannedChange;
import io.keylesspull.setup.step.cloud.RegistryRole;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What carrying out a request would do, by what is there now. Asks, and changes nothing. */
final class Changes {

    private final SetupRequest request;
    private final AzureSubscription azure;
    private final List<PlannedChange> changes = new ArrayList<>();

    Changes(SetupRequest request, AzureSubscription azure) {
        this.request = request;
        this.azure = azure;
    }

    List<PlannedChange> list() throws AzureException, InterruptedException {
        String group = request.resourceGroup().name();
        boolean groupThere = azure.resourceGroups().find(group).isPresent();
        add(groupThere, Text.of("setup.change.resourceGroup", group));
        Optional<RegistryInfo> registry = azure.registries().find(request.registryGroup(), request.registry().name());
        add(registry.isPresent(), Text.of("setup.change.registry", request.registry().name()));
        add(!request.registry().importSample(), request.registry().importSample()
                ? Text.of("setup.change.import", request.image()) : Text.of("setup.change.image", request.image()));
        if (request.identity().kind() == Identity.Kind.USER_ASSIGNED) {
            add(azure.identities().find(request.identityGroup(), request.identity().name()).isPresent(),
                    Text.of("setup.change.identity", request.identity().name()));
        }
        PermissionMode mode = registry.map(RegistryInfo::permissionMode).orElse(PermissionMode.LEGACY);
        add(false, Text.of("setup.change.role", RegistryRole.of(request.role(), mode).roleName(),
                request.registry().name()));
        for (SetupRequest.Machine machine : request.machines()) {
            addMachine(machine);
        }
        return List.copyOf(changes);
    }

    private void addMachine(SetupRequest.Machine machine) throws AzureException, InterruptedException {
        Optional<MachineInfo> there = azure.machines().find(request.machineGroup(machine), machine.name());
        if (there.isEmpty() && machine.create()) {
            add(false, Text.of("setup.change.network", machine.name()));
        }
        add(there.isPresent() || !machine.create(), Text.of("setup.change.machine", machine.name()));
        if (there.isPresent()) {
            changes.add(new PlannedChange(Kind.CHANGE, Text.of("setup.change.attach", machine.name())));
        }
        changes.add(new PlannedChange(Kind.CHANGE, Text.of(
                request.azureCli() ? "setup.change.software" : "setup.change.docker", machine.name())));
        if (request.keepSignedIn()) {
            changes.add(new PlannedChange(Kind.CHANGE, Text.of("setup.change.credentialHelper", machine.name(),
                    request.registry().name())));
        }
    }

    private void add(boolean there, Text what) {
        changes.add(new PlannedChange(there ? Kind.FIND : Kind.CREATE, what));
    }
}
