package io.keylesspull.ui.shell;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.model.Account;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network;
import io.keylesspull.azure.model.RegistryInfos;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.azure.price.Price;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.cost.CostLine;
import io.keylesspull.setup.export.Exports;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.ImageLists;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A cloud with a few things in it, which answers at once. */
class FakeSession implements Session {

    static final String LONG = "a-machine-whose-name-is-as-long-as-azure-lets-a-linux-machine-be";
    private static final RegistryInfo LEGACY = RegistryInfos.of(
            "/r/1",
            "contosoimages",
            "contoso-rg",
            "japaneast",
            "contosoimages.azurecr.io",
            "Standard",
            PermissionMode.LEGACY,
            Network.OPEN);
    private static final RegistryInfo ABAC = RegistryInfos.of(
            "/r/2",
            "contosorepos",
            "contoso-rg",
            "japaneast",
            "contosorepos.azurecr.io",
            "Premium",
            PermissionMode.ABAC,
            new Network(Network.Access.SELECTED, List.of(), List.of(), true));
    private final boolean practice;

    FakeSession(boolean practice) {
        this.practice = practice;
    }

    static Text words(String words) {
        return Text.of("scripted.words", words);
    }

    @Override
    public List<Path> lockedKeys(SetupRequest request) {
        return List.of();
    }

    @Override
    public boolean unlock(Path key, char[] passphrase) {
        throw new IllegalStateException("no key is locked");
    }

    @Override
    public boolean practice() {
        return practice;
    }

    @Override
    public Account account() {
        return new Account("admin@contoso.onmicrosoft.com", "tenant-1", "object-1");
    }

    @Override
    public List<Tenant> tenants() throws Failure {
        return List.of(new Tenant("tenant-1", "Contoso", "contoso.onmicrosoft.com"));
    }

    @Override
    public Pages<Subscription, Failure> subscriptions() {
        return Pages.of(List.of(
                new Subscription("11111111-2222-3333-4444-555555555555", "Contoso Production", "tenant-1", "Enabled")));
    }

    @Override
    public Pages<ResourceGroupInfo, Failure> resourceGroups(String subscriptionId) {
        return Pages.of(List.of(new ResourceGroupInfo("/g/1", "contoso-rg", "japaneast")));
    }

    @Override
    public Pages<RegistryInfo, Failure> registries(String subscriptionId) {
        return Pages.of(List.of(LEGACY, ABAC));
    }

    @Override
    public NameAvailability registryName(String subscriptionId, String name) {
        return new NameAvailability(!name.equals("taken"), name.equals("taken") ? "It is in use." : "");
    }

    @Override
    public ImageLists images(String subscriptionId, RegistryInfo registry, Optional<MachineInfo> by) {
        return new ImageLists() {
            @Override
            public Pages<String, Failure> repositories() {
                return Pages.of(List.of("shop/web", "shop/api"));
            }

            @Override
            public Pages<RegistryInfo.Tag, Failure> tags(String repository) {
                return Pages.of(List.of(
                        new RegistryInfo.Tag("v1", "sha256:" + "1".repeat(64)),
                        new RegistryInfo.Tag("v2", "sha256:" + "2".repeat(64))));
            }
        };
    }

    @Override
    public Pages<MachineInfo, Failure> machines(String subscriptionId) {
        return Pages.of(List.of(
                machine("web-01", PowerState.RUNNING),
                machine("batch-02", PowerState.DEALLOCATED),
                machine(LONG, PowerState.RUNNING)));
    }

    private static MachineInfo machine(String name, PowerState power) {
        return new MachineInfo(
                "/m/" + name,
                name,
                "contoso-rg",
                "japaneast",
                "Standard_B2s",
                power,
                new MachineInfo.OsProfile(
                        true, "Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest", "azureuser"),
                new MachineInfo.Addresses(Optional.of("20.78.112.9"), Optional.of("10.0.0.4"), Optional.empty()),
                MachineInfo.Identities.NONE);
    }

    @Override
    public Pages<IdentityInfo, Failure> identities(String subscriptionId) {
        return Pages.of(
                List.of(new IdentityInfo("/i/1", "contoso-pull", "contoso-rg", "japaneast", "p", "c", "tenant-1")));
    }

    @Override
    public Pages<ClusterInfo, Failure> clusters(String subscriptionId) {
        return Pages.of(List.of(
                cluster("contoso-aks", true, true, false),
                cluster("legacy-aks", true, true, true),
                cluster("idle-aks", false, true, false),
                cluster("shut-aks", true, false, false),
                cluster("moved-aks", true, true, false)));
    }

    private static ClusterInfo cluster(String name, boolean running, boolean runCommand, boolean servicePrincipal) {
        return new ClusterInfo(
                "/c/" + name,
                name,
                "contoso-rg",
                "japaneast",
                "1.33.5",
                running,
                Optional.of(new ClusterInfo.KubeletIdentity("/i/" + name, "p")).filter(identity -> !servicePrincipal),
                servicePrincipal,
                runCommand,
                Optional.of("tenant-2").filter(tenant -> name.equals("moved-aks")),
                false,
                List.of(
                        new ClusterInfo.NodePool("nodepool1", true, 3),
                        new ClusterInfo.NodePool("apps", true, 2),
                        new ClusterInfo.NodePool("win", false, 1)));
    }

    @Override
    public Pages<NetworkInfo.Subnet, Failure> subnets(String subscriptionId, String location) {
        return Pages.of(List.of(
                new NetworkInfo.Subnet(
                        subnetId("hub-vnet", "machines"),
                        location,
                        NetworkInfo.WayOut.NAT_GATEWAY,
                        true,
                        List.of("10.1.0.0/24"),
                        OptionalLong.of(197)),
                new NetworkInfo.Subnet(
                        subnetId("spoke-vnet", "default"),
                        location,
                        NetworkInfo.WayOut.NONE,
                        false,
                        List.of("10.2.0.0/24", "fd00:2::/64"),
                        OptionalLong.empty())));
    }

    static String subnetId(String network, String subnet) {
        return "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/contoso-rg"
                + "/providers/Microsoft.Network/virtualNetworks/" + network + "/subnets/" + subnet;
    }

    @Override
    public List<Location> locations(String subscriptionId) {
        return List.of(new Location("eastus", "East US"), new Location("japaneast", "Japan East"));
    }

    @Override
    public List<SizeInfo> sizes(String subscriptionId, String location) {
        return List.of(
                new SizeInfo("Standard_B1s", "standardBSFamily", 1, 1, "x64", "V1,V2", true, ""),
                new SizeInfo("Standard_B2s", "standardBSFamily", 2, 4, "x64", "V1,V2", true, ""));
    }

    @Override
    public Optional<String> practiceKeyPath() {
        return practice ? Optional.of("/home/admin/.keyless-pull/practice_key") : Optional.empty();
    }

    @Override
    public Optional<String> callerAddress() {
        return Optional.of("203.0.113.7/32");
    }

    @Override
    public Duration expected(SetupRequest request) {
        return Duration.ofMinutes(4);
    }

    @Override
    public List<Check> check(SetupRequest request) throws Failure, InterruptedException {
        return review(request).checks();
    }

    @Override
    public Review review(SetupRequest request) {
        return new Review(
                Stream.of(
                                Preview.create(words("Resource group "
                                        + request.resourceGroup().name())),
                                Preview.create(
                                        words("Registry " + request.registry().name())),
                                Preview.change(
                                        words("Target " + request.labels().get(0))),
                                Preview.ifMissing(
                                        words("Docker on " + request.labels().get(0))),
                                Preview.keep(
                                        words("Identity " + request.identity().name())))
                        .map(preview -> new Review.Entry(StepId.shared("step"), preview))
                        .toList(),
                List.of(
                        new Check(words("You may assign roles"), Check.Verdict.GOOD, Optional.empty()),
                        new Check(
                                words("The size is there in " + request.location()),
                                Check.Verdict.GOOD,
                                Optional.empty())),
                new Exports(
                        new Template(request.resourceGroup().name(), request.location()),
                        List.of(),
                        List.of(),
                        Map.of()));
    }

    @Override
    public CostEstimate cost(Review review, String currency) {
        return new CostEstimate(
                List.of(
                        new CostLine(words("virtual machine Standard_B2s"), 1, price("0.0544"), Optional.empty()),
                        new CostLine(words("public IP address"), 1, price("0.005"), Optional.empty()),
                        new CostLine(words("OS disk of a virtual machine"), 1, Optional.empty(), Optional.empty())),
                "USD");
    }

    private static Optional<Price> price(String anHour) {
        return Optional.of(new Price(new BigDecimal(anHour), "USD", Price.Per.HOUR));
    }

    @Override
    public SetupRun start(SetupRequest request, Consumer<RunEvent> events) {
        return new FakeRun(request, events);
    }

    @Override
    public SetupRun resume(StoredRun run, Consumer<RunEvent> events) {
        return start(run.request().orElseThrow(), events);
    }

    @Override
    public Optional<Text> notice() {
        return Optional.empty();
    }

    @Override
    public UndoList undoList(StoredRun run) {
        return new UndoList(List.of(), List.of(), List.of());
    }

    @Override
    public SetupRun undo(StoredRun run, Set<UndoChoice> choices, Consumer<RunEvent> events) {
        return FakeRun.undo(run.request().orElseThrow(), events);
    }
}
