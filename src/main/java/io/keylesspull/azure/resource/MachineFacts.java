package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.NetworkInterfaceReference;
import com.azure.resourcemanager.compute.models.OperatingSystemTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.Addresses;
import io.keylesspull.azure.model.MachineInfo.Identities;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the service's description of a machine. */
final class MachineFacts {

    private static final String POWER = "powerstate/";
    private static final String READY = "Ready";

    private MachineFacts() {}

    static MachineInfo info(VirtualMachineInner machine, Addresses addresses) {
        return info(machine, power(machine), addresses);
    }

    /** @param power known from before: the response to a change does not have it */
    static MachineInfo info(VirtualMachineInner machine, PowerState power, Addresses addresses) {
        String size = machine.hardwareProfile() == null
                ? ""
                : SdkValues.orEmpty(machine.hardwareProfile().vmSize());
        String user = machine.osProfile() == null
                ? ""
                : SdkValues.orEmpty(machine.osProfile().adminUsername());
        return new MachineInfo(
                machine.id(),
                machine.name(),
                ArmId.groupOf(machine.id()),
                machine.location(),
                size,
                power,
                new MachineInfo.OsProfile(linux(machine), image(machine), user),
                addresses,
                identities(machine.identity()));
    }

    static Identities identities(@Nullable VirtualMachineIdentity identity) {
        if (identity == null) {
            return Identities.NONE;
        }
        return new Identities(
                Optional.ofNullable(identity.principalId()),
                identity.userAssignedIdentities() == null
                        ? List.of()
                        : List.copyOf(identity.userAssignedIdentities().keySet()));
    }

    /** The primary network interface. */
    static Optional<String> nicId(VirtualMachineInner machine) {
        if (machine.networkProfile() == null || machine.networkProfile().networkInterfaces() == null) {
            return Optional.empty();
        }
        return machine.networkProfile().networkInterfaces().stream()
                .min(Comparator.comparing(nic -> !Boolean.TRUE.equals(nic.primary())))
                .map(NetworkInterfaceReference::id);
    }

    /** OTHER if the description does not say. */
    static PowerState power(VirtualMachineInner machine) {
        if (machine.instanceView() == null || machine.instanceView().statuses() == null) {
            return PowerState.OTHER;
        }
        String state = machine.instanceView().statuses().stream()
                .map(status -> SdkValues.orEmpty(status.code()).toLowerCase(Locale.ROOT))
                .filter(code -> code.startsWith(POWER))
                .map(code -> code.substring(POWER.length()))
                .findFirst()
                .orElse("");
        return switch (state) {
            case "running" -> PowerState.RUNNING;
            case "starting" -> PowerState.STARTING;
            case "stopped", "stopping" -> PowerState.STOPPED;
            case "deallocated", "deallocating" -> PowerState.DEALLOCATED;
            default -> PowerState.OTHER;
        };
    }

    /**
     * Whether Azure calls the agent ready. Source: learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/
     * windows-azure-guest-agent, "VM agent status".
     */
    static boolean agentReports(VirtualMachineInner machine) {
        return machine.instanceView() != null
                && machine.instanceView().vmAgent() != null
                && machine.instanceView().vmAgent().statuses() != null
                && machine.instanceView().vmAgent().statuses().stream()
                        .anyMatch(status -> READY.equalsIgnoreCase(status.displayStatus()));
    }

    private static boolean linux(VirtualMachineInner machine) {
        var storage = machine.storageProfile();
        if (storage != null && storage.osDisk() != null && storage.osDisk().osType() != null) {
            return storage.osDisk().osType() == OperatingSystemTypes.LINUX;
        }
        return machine.osProfile() == null || machine.osProfile().windowsConfiguration() == null;
    }

    private static String image(VirtualMachineInner machine) {
        var image = machine.storageProfile() == null
                ? null
                : machine.storageProfile().imageReference();
        return image == null || image.publisher() == null
                ? ""
                : String.join(
                        ":",
                        image.publisher(),
                        SdkValues.orEmpty(image.offer()),
                        SdkValues.orEmpty(image.sku()),
                        SdkValues.orEmpty(image.version()));
    }
}
