package io.keylesspull.azure.resource;

import com.azure.resourcemanager.network.fluent.NetworkInterfacesClient;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceIpConfigurationInner;
import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import com.azure.resourcemanager.network.fluent.models.SecurityRuleInner;
import com.azure.resourcemanager.network.fluent.models.SubnetInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.network.models.AddressSpace;
import com.azure.resourcemanager.network.models.IpAllocationMethod;
import com.azure.resourcemanager.network.models.PublicIpAddressSku;
import com.azure.resourcemanager.network.models.PublicIpAddressSkuName;
import com.azure.resourcemanager.network.models.SecurityRuleAccess;
import com.azure.resourcemanager.network.models.SecurityRuleDirection;
import com.azure.resourcemanager.network.models.SecurityRuleProtocol;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AppliedRules;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.ResourceListener;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Creates a new machine's network, with the names that {@code az vm create} uses. */
public final class Networks {

    private static final String TYPES = "Microsoft.Network/";

    private final String subscription;
    private final RunMark mark;
    private final Supplier<NetworkManagementClient> client;
    private final EffectiveRules effectiveRules;

    Networks(String subscription, RunMark mark, Supplier<NetworkManagementClient> client, ArmReads reads) {
        this.effectiveRules = new EffectiveRules(reads);
        this.subscription = subscription;
        this.mark = mark;
        this.client = client;
    }

    /** The ids of the resources that {@link #ensure} creates, in that order. */
    public List<String> ids(String group, String machineName) {
        return List.of(
                id(group, "virtualNetworks", machineName + "VNET"),
                id(group, "networkSecurityGroups", machineName + "NSG"),
                id(group, "publicIPAddresses", machineName + "PublicIP"),
                id(group, "networkInterfaces", machineName + "VMNic"));
    }

    /**
     * What network security groups say of incoming TCP connections to a port; the interface's group and the subnet's
     * must both let a caller in.
     *
     * @return empty if there is no group
     * @throws AzureException also if the interface belongs to no machine that runs
     */
    public List<AppliedRules> inboundRules(String nicId, int port) throws AzureException, InterruptedException {
        return effectiveRules.inbound(nicId, port);
    }

    private String id(String group, String type, String name) {
        return ArmId.resource(subscription, group, TYPES + type, name);
    }

    /**
     * Ensures that a machine has a virtual network, a network security group that allows SSH, a public address (also
     * for outbound traffic) and a network interface. Existing ones are not changed.
     *
     * @param sshFromCidr the addresses that may connect to port 22, such as {@code 203.0.113.7/32}
     */
    public NetworkInfo ensure(
            String group, String location, String machineName, String sshFromCidr, ResourceListener listener)
            throws AzureException, InterruptedException {
        String nicName = machineName + "VMNic";
        Optional<NetworkInterfaceInner> found = SdkCall.find(() -> nics().getByResourceGroupAsync(group, nicName));
        if (found.isPresent()) {
            return new NetworkInfo(found.get().id(), addressOf(found.get()));
        }
        String subnetId = subnet(group, location, machineName, listener);
        String rulesId = rules(group, location, machineName, sshFromCidr, listener);
        PublicIpAddressInner address = address(group, location, machineName, listener);
        NetworkInterfaceInner nic = new NetworkInterfaceInner();
        nic.withLocation(location).withTags(mark.tags());
        nic.withNetworkSecurityGroup(new NetworkSecurityGroupInner().withId(rulesId))
                .withIpConfigurations(List.of(new NetworkInterfaceIpConfigurationInner()
                        .withName("ipconfig" + machineName)
                        .withPrimary(true)
                        .withPrivateIpAllocationMethod(IpAllocationMethod.DYNAMIC)
                        .withSubnet(with(subnetId))
                        .withPublicIpAddress(new PublicIpAddressInner().withId(address.id()))));
        String nicId = create(
                        id(group, "networkInterfaces", nicName),
                        listener,
                        () -> nics().createOrUpdateAsync(group, nicName, nic))
                .id();
        return new NetworkInfo(nicId, Optional.ofNullable(address.ipAddress()));
    }

    private String subnet(String group, String location, String machineName, ResourceListener listener)
            throws AzureException, InterruptedException {
        String name = machineName + "VNET";
        String subnet = machineName + "Subnet";
        Optional<VirtualNetworkInner> found =
                SdkCall.find(() -> client.get().getVirtualNetworks().getByResourceGroupAsync(group, name));
        String id;
        if (found.isPresent()) {
            id = found.get().id();
        } else {
            VirtualNetworkInner wanted = new VirtualNetworkInner();
            wanted.withLocation(location).withTags(mark.tags());
            wanted.withAddressSpace(new AddressSpace().withAddressPrefixes(List.of("10.0.0.0/16")))
                    .withSubnets(List.of(new SubnetInner().withName(subnet).withAddressPrefix("10.0.0.0/24")));
            id = create(
                            id(group, "virtualNetworks", name),
                            listener,
                            () -> client.get().getVirtualNetworks().createOrUpdateAsync(group, name, wanted))
                    .id();
        }
        return id + "/subnets/" + subnet;
    }

    private String rules(
            String group, String location, String machineName, String sshFromCidr, ResourceListener listener)
            throws AzureException, InterruptedException {
        String name = machineName + "NSG";
        Optional<NetworkSecurityGroupInner> found =
                SdkCall.find(() -> client.get().getNetworkSecurityGroups().getByResourceGroupAsync(group, name));
        if (found.isPresent()) {
            return found.get().id();
        }
        NetworkSecurityGroupInner wanted = new NetworkSecurityGroupInner();
        wanted.withLocation(location).withTags(mark.tags());
        wanted.withSecurityRules(List.of(new SecurityRuleInner()
                .withName("default-allow-ssh")
                .withPriority(1000)
                .withAccess(SecurityRuleAccess.ALLOW)
                .withDirection(SecurityRuleDirection.INBOUND)
                .withProtocol(SecurityRuleProtocol.TCP)
                .withSourceAddressPrefix(sshFromCidr)
                .withSourcePortRange("*")
                .withDestinationAddressPrefix("*")
                .withDestinationPortRange("22")));
        return create(
                        id(group, "networkSecurityGroups", name),
                        listener,
                        () -> client.get().getNetworkSecurityGroups().createOrUpdateAsync(group, name, wanted))
                .id();
    }

    private PublicIpAddressInner address(String group, String location, String machineName, ResourceListener listener)
            throws AzureException, InterruptedException {
        String name = machineName + "PublicIP";
        Optional<PublicIpAddressInner> found =
                SdkCall.find(() -> client.get().getPublicIpAddresses().getByResourceGroupAsync(group, name));
        if (found.isPresent()) {
            return found.get();
        }
        PublicIpAddressInner wanted = new PublicIpAddressInner();
        wanted.withLocation(location).withTags(mark.tags());
        // Basic addresses can no longer be created, and a Standard one must be static.
        wanted.withSku(new PublicIpAddressSku().withName(PublicIpAddressSkuName.STANDARD))
                .withPublicIpAllocationMethod(IpAllocationMethod.STATIC);
        return create(
                id(group, "publicIPAddresses", name),
                listener,
                () -> client.get().getPublicIpAddresses().createOrUpdateAsync(group, name, wanted));
    }

    private static <T> T create(String id, ResourceListener listener, Supplier<Mono<T>> request)
            throws AzureException, InterruptedException {
        listener.creating(id);
        T made = SdkCall.get(request);
        listener.created(id);
        return made;
    }

    private Optional<String> addressOf(NetworkInterfaceInner nic) throws AzureException, InterruptedException {
        Optional<String> id = NicFacts.of(nic).publicIpId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return SdkCall.find(() -> client.get()
                        .getPublicIpAddresses()
                        .getByResourceGroupAsync(ArmId.groupOf(id.get()), ArmId.name(id.get())))
                .map(PublicIpAddressInner::ipAddress);
    }

    private static SubnetInner with(String id) {
        SubnetInner subnet = new SubnetInner();
        subnet.withId(id);
        return subnet;
    }

    private NetworkInterfacesClient nics() {
        return client.get().getNetworkInterfaces();
    }
}
