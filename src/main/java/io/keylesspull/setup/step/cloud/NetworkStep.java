package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Networks;
import io.keylesspull.azure.resource.Policies;
import io.keylesspull.azure.resource.Regions.Quota;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.AddressRange;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.reach.InternetReach;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a new machine hangs on: virtual network, security group that lets SSH in if SSH is used, public address,
 * interface; without a public address, a NAT gateway in place of the group; in a subnet that exists, the interface
 * alone.
 */
public final class NetworkStep extends AzureStep {

    private static final String PROVIDERS = "/providers/";
    private static final String JOIN = "Microsoft.Network/virtualNetworks/subnets/join/action";

    private final SetupRequest request;
    private final SetupRequest.Machine machine;
    private final Optional<AddressRange> caller;

    /** @param callerAddress this computer's public address as CIDR; empty where it is not known */
    public NetworkStep(
            SetupRequest request,
            SetupRequest.Machine machine,
            Optional<String> callerAddress,
            AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "network"),
                Text.of("setup.step.network"),
                Text.of("setup.subject.network", request.label(machine)),
                Set.of(CloudFacts.RESOURCE_GROUP, CloudFacts.PROVIDERS),
                Set.of(CloudFacts.NETWORK),
                azure);
        this.request = request;
        this.machine = machine;
        this.caller = callerAddress.flatMap(AddressRange::parse);
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        boolean there = true;
        for (String id : ids(azure().networks())) {
            there &= azure().resources().find(id).isPresent();
        }
        String label = request.label(machine);
        return Preview.keepOrCreate(
                there,
                machine.subnet()
                        .map(subnet -> Text.of("setup.change.privateNetwork", label, NetworkInfo.shortName(subnet)))
                        .orElseGet(() -> Text.of(
                                machine.isBehindGateway() ? "setup.change.gatewayNetwork" : "setup.change.network",
                                label)));
    }

    @Override
    public List<Preflight> checks(Known known) {
        List<SetupRequest.Machine> missing = request.machines().stream()
                .filter(one -> one.create()
                        && one.subnet().isEmpty()
                        && known.findOn(request.label(one), CloudFacts.MACHINE).isEmpty())
                .toList();
        Preflight create = new Preflight(Text.of("setup.check.create", subject()), this::mayCreate);
        Preflight policies = policies(
                Text.of(
                        "setup.check.policies." + (machine.subnet().isPresent() ? "interface" : "network"),
                        request.machineGroup(machine)),
                Optional.of(request.machineGroup(machine)),
                ids(azure().networks()).stream().map(this::asMade).toList());
        return machine.subnet()
                .map(id -> List.of(
                        create,
                        policies,
                        new Preflight(subnetCheck(id), () -> subnet(id)),
                        mayDo(
                                        Text.of("setup.check.joinSubnet", NetworkInfo.shortName(id)),
                                        id,
                                        JOIN,
                                        "Network Contributor",
                                        grant -> Failure.of(
                                                "setup.noJoinRight", JOIN, NetworkInfo.shortName(id), grant.command()))
                                .ifNotBad(subnetCheck(id))))
                .orElseGet(() -> {
                    List<Preflight> checks = new ArrayList<>(List.of(
                            create,
                            policies,
                            locationKnown(request.location()),
                            inLocation(
                                    request.location(),
                                    Text.of("setup.check.addressQuota", request.location()),
                                    () -> addressQuota(missing, missingFleets(known)))));
                    if (machine.isBehindGateway() && missing.contains(machine)) {
                        checks.add(new Preflight(
                                Text.of("setup.check.gatewayCosts", request.label(machine)), Finding::good));
                    }
                    if (machine.needsOpenSsh() || machine.allowSshFrom().isPresent()) {
                        checks.add(
                                2,
                                new Preflight(
                                        Text.of("setup.check.sshSource", request.label(machine)), this::sshSource));
                    }
                    return checks;
                });
    }

    /** @param missing all machines whose networks the run will make; the addresses of some may be there */
    private Finding addressQuota(List<SetupRequest.Machine> missing, long fleets)
            throws AzureException, InterruptedException {
        List<Quota> quotas = azure().regions().addressQuotas(request.location());
        if (Shortage.ofAddresses(request.location(), quotas, missing.size() + fleets)
                .isEmpty()) {
            return Finding.good();
        }
        long wanted = fleets;
        for (SetupRequest.Machine one : missing) {
            Networks networks = azure().networks();
            String address = one.isBehindGateway()
                    ? networks.gatewayAddressId(request.machineGroup(one), one.name())
                    : networks.addressId(request.machineGroup(one), one.name());
            wanted += azure().resources().find(address).isPresent() ? 0 : 1;
        }
        return Finding.badIf(Shortage.ofAddresses(request.location(), quotas, wanted));
    }

    /** Each scale set has an address of its NAT gateway. */
    private long missingFleets(Known known) {
        return request.scaleSet().stream()
                .filter(set ->
                        known.findOn(request.label(set), CloudFacts.SCALE_SET).isEmpty())
                .count();
    }

    /** The resources that the machine gets. */
    private List<String> ids(Networks networks) {
        String group = request.machineGroup(machine);
        if (machine.subnet().isPresent()) {
            return List.of(networks.interfaceId(group, machine.name()));
        }
        return machine.isBehindGateway()
                ? networks.idsBehindGateway(group, machine.name())
                : networks.ids(group, machine.name());
    }

    /** The subject of the check of a subnet. */
    static Text subnetCheck(String id) {
        return Text.of("setup.check.subnet", NetworkInfo.shortName(id));
    }

    private Finding subnet(String id) throws AzureException, InterruptedException {
        Optional<NetworkInfo.Subnet> found = azure().networks().findSubnet(id);
        if (found.isEmpty()) {
            return Finding.bad(
                    Failure.of("setup.noSubnet", id, NetworkInfo.shortName(id)).problem());
        }
        if (!found.get().location().equalsIgnoreCase(request.location())) {
            return Finding.bad(Failure.of(
                            "setup.subnetElsewhere",
                            id,
                            NetworkInfo.shortName(id),
                            found.get().location(),
                            request.location())
                    .problem());
        }
        return InternetReach.from(found.get());
    }

    /** As far as policies look at it. */
    private Policies.Resource asMade(String id) {
        return new Policies.Resource(type(id), "2024-05-01", request.location(), Map.of());
    }

    private static String type(String id) {
        return id.substring(id.indexOf(PROVIDERS) + PROVIDERS.length(), id.lastIndexOf('/'));
    }

    /** Only missing resources are created. */
    private Finding mayCreate() throws AzureException, InterruptedException {
        String group = request.machineGroup(machine);
        for (String id : ids(azure().networks())) {
            String action = type(id) + "/write";
            if (!azure().permissions().allowed(groupId(group), action)
                    && azure().resources().find(id).isEmpty()) {
                Grant.Missing grant = new Grant(azure()).missing(Grant.CONTRIBUTOR, groupId(group));
                return Finding.bad(Failure.of("setup.noCreateRight", action, subject(), grant.on(), grant.command())
                        .problem());
            }
        }
        return Finding.good();
    }

    private Finding sshSource() {
        String name = request.label(machine);
        if (machine.allowSshFrom().isEmpty()) {
            return Finding.bad(Failure.of("setup.sshSource", "", name).problem());
        }
        String from = machine.allowSshFrom().get();
        AddressRange range = AddressRange.parse(from).orElseThrow();
        if (machine.needsOpenSsh() && caller.filter(range::contains).isEmpty()) {
            if (caller.isPresent()) {
                return Finding.bad(Failure.of(
                                "setup.sshNotFromHere",
                                "",
                                name,
                                from,
                                caller.get().toString())
                        .problem());
            }
            if (!range.isIpv4()) {
                return Finding.bad(
                        Failure.of("setup.sshNotByIpv6", "", name, from).problem());
            }
            if (range.isPrivate()) {
                return Finding.doubtful(
                        Failure.of("setup.sshPrivate", "", name, from).problem());
            }
        }
        if (range.isEverything()) {
            return Finding.doubtful(Failure.of("setup.openSsh", "", name, from).problem());
        }
        return range.isWide()
                ? Finding.doubtful(Failure.of("setup.wideSsh", "", name, from).problem())
                : Finding.good();
    }

    @Override
    public void template(Template template, Known known) {
        if (known.find(CloudFacts.MACHINE).isEmpty()) {
            template.add(new Part.Network(machine.name(), request.machineGroup(machine), kind()));
        }
    }

    private Part.Network.Kind kind() {
        if (machine.isBehindGateway()) {
            return new Part.Network.BehindGateway();
        }
        return machine.subnet()
                .<Part.Network.Kind>map(Part.Network.InSubnet::new)
                .orElseGet(() -> new Part.Network.PublicAddress(machine.allowSshFrom(), machine.needsOpenSsh()));
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Networks networks = azure.networks();
        OwnResources own = new OwnResources(context, azure);
        AtomicBoolean made = new AtomicBoolean();
        for (String id : ids(networks)) {
            made.set(own.settle(id) || made.get());
        }
        NetworkInfo network = ensure(networks, noting(made, telling(context)));
        context.establish(CloudFacts.NETWORK, network);
        return new Result(made.get() ? Outcome.CREATED : Outcome.FOUND, summary(network));
    }

    private NetworkInfo ensure(Networks networks, ResourceListener listener)
            throws AzureException, Failure, InterruptedException {
        String group = request.machineGroup(machine);
        Optional<String> subnet = machine.subnet();
        if (subnet.isPresent()) {
            return networks.ensurePrivate(group, request.location(), machine.name(), subnet.get(), listener);
        }
        if (machine.isBehindGateway()) {
            return networks.ensureBehindGateway(group, request.location(), machine.name(), listener);
        }
        if (machine.needsOpenSsh() && machine.allowSshFrom().isEmpty()) {
            throw Failure.of("setup.sshSource", "", request.label(machine));
        }
        return networks.ensure(group, request.location(), machine.name(), machine.allowSshFrom(), listener);
    }

    private Text summary(NetworkInfo network) {
        if (machine.isBehindGateway()) {
            return Text.of("setup.network.gateway");
        }
        return machine.subnet()
                .map(subnet -> Text.of("setup.network.private", NetworkInfo.shortName(subnet)))
                .orElseGet(() -> {
                    String address = network.publicIp().orElse("–");
                    return machine.allowSshFrom()
                            .map(from -> Text.of("setup.network.address", address, from))
                            .orElseGet(() -> Text.of("setup.network.noSsh", address));
                });
    }

    private static ResourceListener noting(AtomicBoolean made, ResourceListener listener) {
        return new ResourceListener() {
            @Override
            public void creating(String resourceId) {
                made.set(true);
                listener.creating(resourceId);
            }

            @Override
            public void created(String resourceId) {
                listener.created(resourceId);
            }
        };
    }
}
