package io.keylesspull.azure.resource;

import com.azure.core.http.rest.PagedFlux;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.Addresses;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.MachineAddresses.NicFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All machines of a subscription with their power states and addresses, from four lists that are read at the same time.
 * A machine is given once everything about it has come. The list of machines itself does not tell power states: it may
 * be expanded only for one scale set (REST reference, "Virtual Machines - List All"). For one reading.
 */
final class MachineListing {

    private final VirtualMachinesClient machines;
    private final MachineAddresses addresses;
    private final List<VirtualMachineInner> waiting = new ArrayList<>();
    /** These and the others by {@link ArmId#key}: the lists spell the same id in different ways. */
    private final Map<String, PowerState> powers = new HashMap<>();

    private final Map<String, NicFacts> nics = new HashMap<>();
    private final Map<String, Optional<String>> publicIps = new HashMap<>();
    private int turned;

    MachineListing(VirtualMachinesClient machines, MachineAddresses addresses) {
        this.machines = machines;
        this.addresses = addresses;
    }

    /** @return how many pages it had, of all lists */
    int read(Predicate<List<MachineInfo>> wantsMore) throws AzureException, InterruptedException {
        SdkCall.optional(() -> Flux.merge(
                        pages(machines.listAsync(), waiting::add),
                        pages(machines.listAsync("true", null, null), this::power),
                        pages(addresses.nics(), this::nic),
                        pages(addresses.publicIps(), this::publicIp))
                // One after the other, whichever list it belongs to.
                .map(page -> {
                    page.run();
                    turned++;
                    return complete();
                })
                .concatWith(Mono.fromSupplier(this::rest))
                .filter(found -> !found.isEmpty())
                .takeWhile(wantsMore::test)
                .then());
        return turned;
    }

    private static <T> Flux<Runnable> pages(PagedFlux<T> list, Consumer<T> each) {
        return list.byPage().map(page -> () -> page.getValue().forEach(each));
    }

    private void power(VirtualMachineInner machine) {
        powers.put(ArmId.key(machine.id()), MachineFacts.power(machine));
    }

    private void nic(NetworkInterfaceInner nic) {
        nics.put(ArmId.key(nic.id()), NicFacts.of(nic));
    }

    private void publicIp(PublicIpAddressInner address) {
        publicIps.put(ArmId.key(address.id()), Optional.ofNullable(address.ipAddress()));
    }

    /** Those of which everything is known; they wait no longer. */
    private List<MachineInfo> complete() {
        List<MachineInfo> complete = new ArrayList<>();
        waiting.removeIf(machine -> {
            boolean known = isKnown(machine);
            if (known) {
                complete.add(info(machine));
            }
            return known;
        });
        return complete;
    }

    private boolean isKnown(VirtualMachineInner machine) {
        Optional<String> nicId = MachineFacts.nicId(machine).map(ArmId::key);
        Optional<NicFacts> nic = nicId.map(nics::get);
        return powers.containsKey(ArmId.key(machine.id()))
                && nicId.isPresent() == nic.isPresent()
                && nic.flatMap(NicFacts::publicIpId)
                        .map(ArmId::key)
                        .map(publicIps::containsKey)
                        .orElse(true);
    }

    /** When all lists have ended, nothing more will be known. */
    private List<MachineInfo> rest() {
        return waiting.stream().map(this::info).toList();
    }

    private MachineInfo info(VirtualMachineInner machine) {
        Addresses found = MachineFacts.nicId(machine)
                .map(ArmId::key)
                .map(nics::get)
                .map(nic -> new Addresses(
                        nic.publicIpId().map(ArmId::key).flatMap(id -> publicIps.getOrDefault(id, Optional.empty())),
                        nic.privateIp(),
                        nic.subnetId()))
                .orElse(Addresses.NONE);
        return MachineFacts.info(machine, powers.getOrDefault(ArmId.key(machine.id()), PowerState.OTHER), found);
    }
}
