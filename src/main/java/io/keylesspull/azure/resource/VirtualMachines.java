package io.keylesspull.azure.resource;

import com.azure.core.http.rest.Response;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.compute.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineUpdateInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import com.azure.resourcemanager.compute.models.RunCommandInput;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.Addresses;
import io.keylesspull.azure.model.MachineInfo.LastChange;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.RunCommandResult;
import io.keylesspull.paging.Pages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The virtual machines of a subscription. */
public final class VirtualMachines {

    /** Far longer than what is run by {@link #run} takes. */
    private static final Duration SHORT_SCRIPT = Duration.ofMinutes(10);

    private static final String TYPE = "Microsoft.Compute/virtualMachines";

    private final String subscription;
    private final RunMark mark;
    private final Supplier<VirtualMachinesClient> client;
    private final MachineAddresses addresses;

    VirtualMachines(
            String subscription, RunMark mark, Supplier<VirtualMachinesClient> client, MachineAddresses addresses) {
        this.subscription = subscription;
        this.mark = mark;
        this.client = client;
        this.addresses = addresses;
    }

    /** The id that a machine has, or would have. */
    public String id(String group, String name) {
        return ArmId.resource(subscription, group, TYPE, name);
    }

    public Optional<MachineInfo> find(String group, String name) throws AzureException, InterruptedException {
        Optional<VirtualMachineInner> found = inner(group, name);
        return found.isPresent() ? Optional.of(withAddresses(found.get())) : Optional.empty();
    }

    /** All machines with their power states and addresses. */
    public Pages<MachineInfo, AzureException> list() {
        return wantsMore -> new MachineListing(client.get(), addresses).read(wantsMore);
    }

    /** Reads the same to its end. @return how many requests that took */
    public int readAll(Consumer<MachineInfo> each) throws AzureException, InterruptedException {
        return new MachineListing(client.get(), addresses).read(page -> {
            page.forEach(each);
            return true;
        });
    }

    /** Creates a Linux machine that accepts SSH keys only, with its identities, and waits until it runs. */
    public MachineInfo create(NewMachine spec, ResourceListener listener) throws AzureException, InterruptedException {
        VirtualMachineInner wanted = NewMachineRequest.of(spec);
        wanted.withTags(mark.tags());
        listener.creating(id(spec.group(), spec.name()));
        VirtualMachineInner made =
                SdkCall.get(() -> client.get().createOrUpdateAsync(spec.group(), spec.name(), wanted));
        listener.created(made.id());
        Optional<String> publicIp = spec.network().publicIp();
        return MachineFacts.info(
                made,
                PowerState.RUNNING,
                publicIp.isPresent()
                        ? new Addresses(publicIp, Optional.empty(), Optional.empty())
                        : addresses.of(spec.network().nicId()));
    }

    /** Starts a machine, and waits until it runs. */
    public void start(MachineInfo machine) throws AzureException, InterruptedException {
        SdkCall.optional(() -> client.get().startAsync(machine.resourceGroup(), machine.name()));
    }

    /** Stops a machine, and waits until it has stopped. @param deallocate whether it costs nothing any more */
    public void stop(MachineInfo machine, boolean deallocate) throws AzureException, InterruptedException {
        SdkCall.optional(() -> deallocate
                ? client.get().deallocateAsync(machine.resourceGroup(), machine.name())
                : client.get().powerOffAsync(machine.resourceGroup(), machine.name()));
    }

    /** Switches the system-assigned identity on; changes nothing else. */
    public MachineInfo addSystemIdentity(MachineInfo machine) throws AzureException, InterruptedException {
        return patch(machine, IdentityPatches.addSystem(current(machine)));
    }

    /** Adds a user-assigned identity; changes nothing else. */
    public MachineInfo addUserIdentity(MachineInfo machine, String identityId)
            throws AzureException, InterruptedException {
        return patch(machine, IdentityPatches.addUser(current(machine), identityId));
    }

    /**
     * As {@link #addSystemIdentity}, but does not wait for the end, which {@link #lastChanges} tells.
     *
     * @return whether it has ended already
     */
    public boolean beginSystemIdentity(MachineInfo machine) throws AzureException, InterruptedException {
        return begin(machine, IdentityPatches.addSystem(current(machine)));
    }

    /** As {@link #beginSystemIdentity}, of {@link #addUserIdentity}. */
    public boolean beginUserIdentity(MachineInfo machine, String identityId)
            throws AzureException, InterruptedException {
        return begin(machine, IdentityPatches.addUser(current(machine), identityId));
    }

    private boolean begin(MachineInfo machine, VirtualMachineIdentity identity)
            throws AzureException, InterruptedException {
        VirtualMachineUpdateInner change = new VirtualMachineUpdateInner().withIdentity(identity);
        String state = SdkCall.begin(() -> client.get()
                        .updateWithResponseAsync(machine.resourceGroup(), machine.name(), change, null, null))
                .at("/properties/provisioningState")
                .asText();
        return new LastChange(MachineInfo.Identities.NONE, state).hasSucceeded();
    }

    /** How far the last change of each machine is, by id. */
    public Pages<Map.Entry<String, LastChange>, AzureException> lastChanges() {
        return wantsMore -> SdkCall.<VirtualMachineInner>pages(
                        () -> client.get().listAsync())
                .read(page -> wantsMore.test(page.stream()
                        .map(machine -> Map.entry(
                                machine.id(),
                                new LastChange(
                                        MachineFacts.identities(machine.identity()),
                                        SdkValues.orEmpty(machine.provisioningState()))))
                        .toList()));
    }

    /** Switches the system-assigned identity off; changes nothing else. Does nothing if it is off. */
    public void removeSystemIdentity(MachineInfo machine) throws AzureException, InterruptedException {
        MachineInfo now = current(machine);
        if (now.identities().systemPrincipalId().isPresent()) {
            patch(machine, IdentityPatches.removeSystem(now));
        }
    }

    /** Removes a user-assigned identity; changes nothing else. Does nothing if the machine does not have it. */
    public void removeUserIdentity(MachineInfo machine, String identityId) throws AzureException, InterruptedException {
        MachineInfo now = current(machine);
        if (now.identities().userAssignedIds().stream().anyMatch(id -> ArmId.same(id, identityId))) {
            patch(machine, IdentityPatches.removeUser(now, identityId));
        }
    }

    /**
     * Runs shell commands as root, through the machine's agent (Run Command).
     *
     * @throws AzureException CONFLICT if the machine is not running, or runs another script; with the code
     *     {@link AzureException#NOT_ENDED} if Azure does not say that the script has ended, such as because the
     *     machine's agent does not run
     */
    public RunCommandResult run(MachineInfo machine, List<String> script) throws AzureException, InterruptedException {
        RunCommandInput input =
                new RunCommandInput().withCommandId("RunShellScript").withScript(new ArrayList<>(script));
        RunCommandResultInner answer = SdkCall.get(SdkCall.within(
                SHORT_SCRIPT, () -> client.get().runCommandAsync(machine.resourceGroup(), machine.name(), input)));
        StringBuilder message = new StringBuilder();
        if (answer.value() != null) {
            for (InstanceViewStatus status : answer.value()) {
                message.append(SdkValues.orEmpty(status.message()));
            }
        }
        return RunCommandResult.parse(message.toString());
    }

    /** Whether the machine's agent reports to Azure; without it there is no Run Command. */
    public boolean agentReports(MachineInfo machine) throws AzureException, InterruptedException {
        return inner(machine.resourceGroup(), machine.name())
                .filter(MachineFacts::agentReports)
                .isPresent();
    }

    /** The id of its primary network interface. @throws AzureException NOT_FOUND if the machine is gone or has none */
    public String nicId(MachineInfo machine) throws AzureException, InterruptedException {
        return inner(machine.resourceGroup(), machine.name())
                .flatMap(MachineFacts::nicId)
                .orElseThrow(() -> new AzureException(
                        Kind.NOT_FOUND, "ResourceNotFound", 404, "The machine has no network interface.", null));
    }

    /** The machine's current state: a patch must name both kinds of identity, and somebody may have changed them. */
    private MachineInfo current(MachineInfo machine) throws AzureException, InterruptedException {
        return inner(machine.resourceGroup(), machine.name())
                .map(found -> MachineFacts.info(found, Addresses.NONE))
                .orElseThrow(() -> new AzureException(
                        Kind.NOT_FOUND, "ResourceNotFound", 404, "The virtual machine does not exist any more.", null));
    }

    private MachineInfo patch(MachineInfo machine, VirtualMachineIdentity identity)
            throws AzureException, InterruptedException {
        VirtualMachineUpdateInner change = new VirtualMachineUpdateInner().withIdentity(identity);
        // The response comes when the change is complete, with the machine's new state.
        VirtualMachineInner now =
                SdkCall.get(() -> client.get().updateAsync(machine.resourceGroup(), machine.name(), change));
        return MachineFacts.info(now, machine.power(), machine.addresses());
    }

    private Optional<VirtualMachineInner> inner(String group, String name) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get()
                .getByResourceGroupWithResponseAsync(group, name, InstanceViewTypes.INSTANCE_VIEW)
                .map(Response::getValue));
    }

    private MachineInfo withAddresses(VirtualMachineInner machine) throws AzureException, InterruptedException {
        Optional<String> nicId = MachineFacts.nicId(machine);
        return MachineFacts.info(machine, nicId.isPresent() ? addresses.of(nicId.get()) : Addresses.NONE);
    }
}
