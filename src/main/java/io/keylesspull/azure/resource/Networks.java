package io.keylesspull.azure.resource;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.network.fluent.NetworkInterfacesClient;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.network.fluent.models.NatGatewayInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceIpConfigurationInner;
import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import com.azure.resourcemanager.network.fluent.models.SecurityRuleInner;
import com.azure.resourcemanager.network.fluent.models.SubnetInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import com.azure.resourcemanager.network.models.AddressSpace;
import com.azure.resourcemanager.network.models.IpAllocationMethod;
import com.azure.resourcemanager.network.models.NatGatewaySku;
import com.azure.resourcemanager.network.models.NatGatewaySkuName;
import com.azure.resourcemanager.network.models.PublicIpAddressSku;
import com.azure.resourcemanager.network.models.PublicIpAddressSkuName;
import com.azure.resourcemanager.network.models.SecurityRuleAccess;
import com.azure.resourcemanager.network.models.SecurityRuleDirection;
import com.azure.resourcemanager.network.models.SecurityRuleProtocol;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AppliedRules;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NetworkInfo.WayOut;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.SideBySide.Part;
import io.keylesspull.paging.Pages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Creates a new machine's network, with the names that {@code az vm create} uses. */
public final class Networks {

    private static final String TYPES = "Microsoft.Network/";
    /** Azure puts the gateways of a network into a subnet of this name (Microsoft Learn, "VPN Gateway settings"). */
    private static final String GATEWAY_SUBNET = "GatewaySubnet";
    /**
     * Names of subnets for services of Azure alone (Microsoft Learn, "Virtual network integration for Azure services").
     */
    private static final List<String> RESERVED_SUBNETS = List.of(
            GATEWAY_SUBNET,
            "AzureBastionSubnet",
            "AzureFirewallSubnet",
            "AzureFirewallManagementSubnet",
            "RouteServerSubnet");
    /** Of each range (Microsoft Learn, "Azure Virtual Network frequently asked questions"). */
    private static final int RESERVED_ADDRESSES = 5;

    private static final Pattern IPV4_RANGE = Pattern.compile("[0-9.]+/([0-9]|[12][0-9]|3[0-2])");

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
                addressId(group, machineName),
                id(group, "networkInterfaces", machineName + "VMNic"));
    }

    /** The ids of the resources that {@link #ensureBehindGateway} creates, in that order. */
    public List<String> idsBehindGateway(String group, String machineName) {
        return List.of(
                gatewayAddressId(group, machineName),
                id(group, "natGateways", machineName + "NAT"),
                id(group, "virtualNetworks", machineName + "VNET"),
                interfaceId(group, machineName));
    }

    /** The id of the public address that {@link #ensureBehindGateway} creates. */
    public String gatewayAddressId(String group, String machineName) {
        return id(group, "publicIPAddresses", machineName + "NATIP");
    }

    /** The id of the subnet in the network that {@link #ensureBehindGateway} creates. */
    public String subnetBehindGateway(String group, String machineName) {
        return id(group, "virtualNetworks", machineName + "VNET") + "/subnets/"
                + subnet(machineName).name();
    }

    /**
     * Ensures that a machine has a virtual network whose NAT gateway leads out by a public address, and a network
     * interface there without one. Existing ones are not changed. Each needs the one before it.
     */
    public NetworkInfo ensureBehindGateway(String group, String location, String machineName, ResourceListener listener)
            throws AzureException, InterruptedException {
        Part<PublicIpAddressInner> address = address(group, location, machineName + "NATIP");
        SideBySide.create(List.of(address), listener);
        Part<NatGatewayInner> gateway =
                gateway(group, location, machineName, address.resource().id());
        SideBySide.create(List.of(gateway), listener);
        SubnetInner behind = subnet(machineName)
                .withNatGateway(new SubResource().withId(gateway.resource().id()));
        Part<VirtualNetworkInner> network = network(group, location, machineName, behind);
        SideBySide.create(List.of(network), listener);
        return ensurePrivate(
                group, location, machineName, network.resource().id() + "/subnets/" + behind.name(), listener);
    }

    private Part<NatGatewayInner> gateway(String group, String location, String machineName, String addressId)
            throws AzureException, InterruptedException {
        String name = machineName + "NAT";
        NatGatewayInner wanted = new NatGatewayInner();
        wanted.withLocation(location).withTags(mark.tags());
        wanted.withSku(new NatGatewaySku().withName(NatGatewaySkuName.STANDARD))
                .withPublicIpAddresses(List.of(new SubResource().withId(addressId)));
        return Part.of(
                id(group, "natGateways", name),
                () -> client.get().getNatGateways().getByResourceGroupAsync(group, name),
                () -> client.get().getNatGateways().createOrUpdateAsync(group, name, wanted));
    }

    /** The id of the interface that {@link #ensurePrivate} creates. */
    public String interfaceId(String group, String machineName) {
        return id(group, "networkInterfaces", machineName + "VMNic");
    }

    /** @param id of a subnet; empty if there is none */
    public Optional<NetworkInfo.Subnet> findSubnet(String id) throws AzureException, InterruptedException {
        String networkId = NetworkInfo.networkOf(id);
        return SdkCall.find(() -> client.get()
                        .getVirtualNetworks()
                        .getByResourceGroupAsync(ArmId.groupOf(networkId), ArmId.name(networkId)))
                .flatMap(network -> network.subnets().stream()
                        .filter(subnet -> ArmId.same(subnet.id(), id))
                        .findFirst()
                        .map(subnet -> info(network, subnet)));
    }

    /**
     * The subnets in which machines can be put, of all virtual networks at a location: neither those that Azure keeps
     * for its own services nor those delegated to one.
     *
     * @param location as Azure names it
     */
    public Pages<NetworkInfo.Subnet, AzureException> subnets(String location) {
        Pages<VirtualNetworkInner, AzureException> networks =
                SdkCall.pages(() -> client.get().getVirtualNetworks().listAsync());
        return wantsMore -> networks.read(page -> wantsMore.test(page.stream()
                .filter(network -> location.equalsIgnoreCase(network.location()))
                .flatMap(network -> SdkValues.listOf(network.subnets()).stream()
                        .filter(Networks::isForMachines)
                        .map(subnet -> info(network, subnet)))
                .toList()));
    }

    private static boolean isForMachines(SubnetInner subnet) {
        return SdkValues.listOf(subnet.delegations()).isEmpty()
                && RESERVED_SUBNETS.stream().noneMatch(name -> name.equalsIgnoreCase(subnet.name()));
    }

    private static NetworkInfo.Subnet info(VirtualNetworkInner network, SubnetInner subnet) {
        List<String> ranges = subnet.addressPrefix() == null
                ? SdkValues.listOf(subnet.addressPrefixes())
                : List.of(subnet.addressPrefix());
        return new NetworkInfo.Subnet(
                subnet.id(),
                network.location(),
                wayOut(subnet),
                isConnected(network),
                ranges,
                free(ranges, SdkValues.listOf(subnet.ipConfigurations()).size()));
    }

    /** Empty if there are IPv6 addresses: then the used ones are not all IPv4 addresses. */
    private static OptionalLong free(List<String> ranges, int used) {
        if (ranges.isEmpty()
                || !ranges.stream().allMatch(range -> IPV4_RANGE.matcher(range).matches())) {
            return OptionalLong.empty();
        }
        long all = ranges.stream()
                .mapToInt(range -> Integer.parseInt(range.substring(range.indexOf('/') + 1)))
                .mapToLong(bits -> (1L << 32 - bits) - RESERVED_ADDRESSES)
                .sum();
        return OptionalLong.of(Math.max(0, all - used));
    }

    private static WayOut wayOut(SubnetInner subnet) {
        if (subnet.natGateway() != null) {
            return WayOut.NAT_GATEWAY;
        }
        if (subnet.routeTable() != null) {
            return WayOut.ROUTES;
        }
        // API versions before 2025-07-01 leave it out where machines get out.
        return Boolean.FALSE.equals(subnet.defaultOutboundAccess()) ? WayOut.NONE : WayOut.DEFAULT;
    }

    private static boolean isConnected(VirtualNetworkInner network) {
        return !SdkValues.listOf(network.virtualNetworkPeerings()).isEmpty()
                || network.subnets().stream().anyMatch(subnet -> GATEWAY_SUBNET.equalsIgnoreCase(subnet.name()));
    }

    /**
     * The virtual network of a private endpoint.
     *
     * @return its id; empty if the endpoint is not found, or is in another subscription
     */
    public Optional<String> endpointNetwork(String endpointId) throws AzureException, InterruptedException {
        if (!ArmId.covers("/subscriptions/" + subscription, endpointId)) {
            return Optional.empty();
        }
        return SdkCall.find(() -> client.get()
                        .getPrivateEndpoints()
                        .getByResourceGroupAsync(ArmId.groupOf(endpointId), ArmId.name(endpointId)))
                .map(endpoint -> NetworkInfo.networkOf(endpoint.subnet().id()));
    }

    /**
     * Ensures that a machine has a network interface in a subnet, without a public address. An existing one is not
     * changed.
     */
    public NetworkInfo ensurePrivate(
            String group, String location, String machineName, String subnetId, ResourceListener listener)
            throws AzureException, InterruptedException {
        String nicName = machineName + "VMNic";
        Optional<NetworkInterfaceInner> found = SdkCall.find(() -> nics().getByResourceGroupAsync(group, nicName));
        if (found.isPresent()) {
            return new NetworkInfo(found.get().id(), addressOf(found.get()));
        }
        NetworkInterfaceInner nic = new NetworkInterfaceInner();
        nic.withLocation(location).withTags(mark.tags());
        nic.withIpConfigurations(List.of(new NetworkInterfaceIpConfigurationInner()
                .withName("ipconfig" + machineName)
                .withPrimary(true)
                .withPrivateIpAllocationMethod(IpAllocationMethod.DYNAMIC)
                .withSubnet(with(subnetId))));
        String nicId = interfaceId(group, machineName);
        listener.creating(nicId);
        NetworkInterfaceInner made = SdkCall.get(() -> nics().createOrUpdateAsync(group, nicName, nic));
        listener.created(nicId);
        return new NetworkInfo(made.id(), Optional.empty());
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

    /** The id of the public address that {@link #ensure} creates. */
    public String addressId(String group, String machineName) {
        return id(group, "publicIPAddresses", machineName + "PublicIP");
    }

    private String id(String group, String type, String name) {
        return ArmId.resource(subscription, group, TYPES + type, name);
    }

    /**
     * Ensures that a machine has a virtual network, a network security group, a public address (also for outbound
     * traffic) and a network interface. Existing ones are not changed. The first three have no need of each other and
     * are made at the same time.
     *
     * @param sshFrom the addresses that may connect to port 22 in CIDR notation, such as {@code 203.0.113.7/32}; empty:
     *     none
     */
    public NetworkInfo ensure(
            String group, String location, String machineName, Optional<String> sshFrom, ResourceListener listener)
            throws AzureException, InterruptedException {
        String nicName = machineName + "VMNic";
        Optional<NetworkInterfaceInner> found = SdkCall.find(() -> nics().getByResourceGroupAsync(group, nicName));
        if (found.isPresent()) {
            return new NetworkInfo(found.get().id(), addressOf(found.get()));
        }
        Part<VirtualNetworkInner> network = network(group, location, machineName, subnet(machineName));
        Part<NetworkSecurityGroupInner> rules = rules(group, location, machineName, sshFrom);
        Part<PublicIpAddressInner> publicIp = address(group, location, machineName + "PublicIP");
        SideBySide.create(List.of(network, rules, publicIp), listener);
        PublicIpAddressInner address = publicIp.resource();
        NetworkInterfaceInner nic = new NetworkInterfaceInner();
        nic.withLocation(location).withTags(mark.tags());
        nic.withNetworkSecurityGroup(
                        new NetworkSecurityGroupInner().withId(rules.resource().id()))
                .withIpConfigurations(List.of(new NetworkInterfaceIpConfigurationInner()
                        .withName("ipconfig" + machineName)
                        .withPrimary(true)
                        .withPrivateIpAllocationMethod(IpAllocationMethod.DYNAMIC)
                        .withSubnet(with(network.resource().id() + "/subnets/"
                                + subnet(machineName).name()))
                        .withPublicIpAddress(new PublicIpAddressInner().withId(address.id()))));
        String nicId = id(group, "networkInterfaces", nicName);
        listener.creating(nicId);
        NetworkInterfaceInner made = SdkCall.get(() -> nics().createOrUpdateAsync(group, nicName, nic));
        listener.created(nicId);
        return new NetworkInfo(made.id(), Optional.ofNullable(address.ipAddress()));
    }

    private static SubnetInner subnet(String machineName) {
        return new SubnetInner().withName(machineName + "Subnet").withAddressPrefix("10.0.0.0/24");
    }

    private Part<VirtualNetworkInner> network(String group, String location, String machineName, SubnetInner subnet)
            throws AzureException, InterruptedException {
        String name = machineName + "VNET";
        VirtualNetworkInner wanted = new VirtualNetworkInner();
        wanted.withLocation(location).withTags(mark.tags());
        wanted.withAddressSpace(new AddressSpace().withAddressPrefixes(List.of("10.0.0.0/16")))
                .withSubnets(List.of(subnet));
        return Part.of(
                id(group, "virtualNetworks", name),
                () -> client.get().getVirtualNetworks().getByResourceGroupAsync(group, name),
                () -> client.get().getVirtualNetworks().createOrUpdateAsync(group, name, wanted));
    }

    private Part<NetworkSecurityGroupInner> rules(
            String group, String location, String machineName, Optional<String> sshFrom)
            throws AzureException, InterruptedException {
        String name = machineName + "NSG";
        NetworkSecurityGroupInner wanted = new NetworkSecurityGroupInner();
        wanted.withLocation(location).withTags(mark.tags());
        wanted.withSecurityRules(sshFrom.map(Networks::allowSsh).stream().toList());
        return Part.of(
                id(group, "networkSecurityGroups", name),
                () -> client.get().getNetworkSecurityGroups().getByResourceGroupAsync(group, name),
                () -> client.get().getNetworkSecurityGroups().createOrUpdateAsync(group, name, wanted));
    }

    private static SecurityRuleInner allowSsh(String from) {
        return new SecurityRuleInner()
                .withName("default-allow-ssh")
                .withPriority(1000)
                .withAccess(SecurityRuleAccess.ALLOW)
                .withDirection(SecurityRuleDirection.INBOUND)
                .withProtocol(SecurityRuleProtocol.TCP)
                .withSourceAddressPrefix(from)
                .withSourcePortRange("*")
                .withDestinationAddressPrefix("*")
                .withDestinationPortRange("22");
    }

    private Part<PublicIpAddressInner> address(String group, String location, String name)
            throws AzureException, InterruptedException {
        PublicIpAddressInner wanted = new PublicIpAddressInner();
        wanted.withLocation(location).withTags(mark.tags());
        // Basic addresses can no longer be created, and a Standard one must be static.
        wanted.withSku(new PublicIpAddressSku().withName(PublicIpAddressSkuName.STANDARD))
                .withPublicIpAllocationMethod(IpAllocationMethod.STATIC);
        return Part.of(
                id(group, "publicIPAddresses", name),
                () -> client.get().getPublicIpAddresses().getByResourceGroupAsync(group, name),
                () -> client.get().getPublicIpAddresses().createOrUpdateAsync(group, name, wanted));
    }

    private Optional<String> addressOf(NetworkInterfaceInner nic) throws AzureException, InterruptedException {
        Optional<String> id = MachineAddresses.NicFacts.of(nic).publicIpId();
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
