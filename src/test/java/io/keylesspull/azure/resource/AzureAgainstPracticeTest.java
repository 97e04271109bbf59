package io.keylesspull.azure.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AppliedRules;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network.Access;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.RoleAssignmentInfo;
import io.keylesspull.azure.model.RunCommandResult;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.azure.resource.ManagedRunCommands.Script;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole room against the practice cloud, over the wire. */
@Timeout(60)
class AzureAgainstPracticeTest {

    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private static final String GROUP = "practiceMachines";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String REGISTRIES = "practiceRegistries";

    private static final List<DeviceCode> PROMPTS = new CopyOnWriteArrayList<>();
    private static ExecutorService executor;
    private static PracticeCloud cloud;
    private static AzureAccount account;
    private static AzureSubscription azure;

    private static final Faults FAULTS = new Faults();
    private final Fixture.Recorder recorder = new Fixture.Recorder();

    @BeforeAll
    static void signIn() throws Exception {
        executor = Executors.newCachedThreadPool();
        cloud = FAULTS.start(Pace.INSTANT, Time.system(), new Random(1));
        account = new SignIns(
                        Transport.routed(cloud.route(), Time.system(), new Random(2)),
                        executor,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, PROMPTS::add);
        azure = account.subscription(cloud.subscriptionId());
    }

    @AfterAll
    static void close() {
        cloud.close();
        executor.shutdownNow();
    }

    @Test
    void onePromptCoversTheControlPlaneAndTheRegistries() throws Exception {
        azure.resourceGroups().list().all();
        azure.images().repositories("practiceclassic.azurecr.io").all();

        assertThat(PROMPTS).hasSize(1);
        assertThat(PROMPTS.get(0).userCode()).isNotBlank();
        assertThat(PROMPTS.get(0).message()).contains(PROMPTS.get(0).userCode());
    }

    @Test
    void theAccountItsDirectoriesAndSubscriptionsAreKnown() throws Exception {
        assertThat(account.account()).satisfies(account -> {
            assertThat(account.name()).isEqualTo("admin@practice.onmicrosoft.com");
            assertThat(account.tenantId()).isEqualTo(cloud.tenantId());
            assertThat(account.objectId()).matches("[0-9a-f-]{36}");
        });
        assertThat(account.tenants()).extracting(Tenant::id).contains(cloud.tenantId());
        assertThat(account.subscriptions().all()).extracting(Subscription::id).contains(cloud.subscriptionId());
        assertThat(account.subscriptions().all())
                .allSatisfy(s -> assertThat(s.state()).isEqualTo("Enabled"));
    }

    @Test
    void aResourceGroupIsMadeAndFound() throws Exception {
        assertThat(azure.resourceGroups().find("none")).isEmpty();

        ResourceGroupInfo made = azure.resourceGroups().create("made", "japaneast", recorder);

        assertThat(azure.resourceGroups().find("made")).contains(made);
        assertThat(azure.resourceGroups().list().all()).contains(made);
        assertThat(recorder.all).containsExactly("creating made", "created made");
    }

    @Test
    void registriesAreListedWithTheirModesAndFirewalls() throws Exception {
        List<RegistryInfo> all = azure.registries().list().all();

        assertThat(registry(all, "practiceclassic").permissionMode()).isEqualTo(PermissionMode.LEGACY);
        assertThat(registry(all, "practiceabac").permissionMode()).isEqualTo(PermissionMode.ABAC);
        assertThat(registry(all, "practicelocked").network().access()).isEqualTo(Access.NONE);
        assertThat(registry(all, "practiceclassic").network().access()).isEqualTo(Access.ALL);
        assertThat(azure.registries().find(REGISTRIES, "none")).isEmpty();
    }

    @Test
    void aRegistryIsMadeAndTheSampleImported() throws Exception {
        assertThat(azure.registries().checkName("freshregistry1").available()).isTrue();

        RegistryInfo made = azure.registries()
                .create(REGISTRIES, "freshregistry1", "japaneast", "Basic", PermissionMode.LEGACY, recorder);
        importSample(made);

        assertThat(azure.images().repositories(made.loginServer()).all()).containsExactly("aci-helloworld");
        String named = azure.images()
                .digest(made.loginServer(), "aci-helloworld", "v1")
                .orElseThrow();
        assertThat(azure.images().tags(made.loginServer(), "aci-helloworld").all())
                .containsExactly(new RegistryInfo.Tag("v1", named));
        assertThat(azure.images().digest(made.loginServer(), "aci-helloworld", named))
                .contains(named);
        assertThat(azure.images().digest(made.loginServer(), "aci-helloworld", "sha256:" + "0".repeat(64)))
                .isEmpty();
        assertThat(azure.images().digest(made.loginServer(), "aci-helloworld", "v1"))
                .hasValueSatisfying(digest -> assertThat(digest).startsWith("sha256:"));
        assertThat(azure.images().digest(made.loginServer(), "aci-helloworld", "v2"))
                .isEmpty();
        assertThat(azure.images().tags(made.loginServer(), "none").all()).isEmpty();
        assertThat(azure.registries().checkName("freshregistry1").reason()).isNotBlank();
        assertThat(error(() -> importSample(made)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aRegistryThatRefusesTheAccountIsDistinguishedFromOneBehindAFirewall() {
        List<String> requests = new CopyOnWriteArrayList<>();
        for (String registry : List.of("practiceabac.azurecr.io", "practicelocked.azurecr.io")) {
            FAULTS.http()
                    .watch(
                            RequestMatcher.to(registry),
                            Occasions.always(),
                            request -> requests.add(request.method() + " " + request.uri()));
        }
        assertThat(error(() -> azure.images()
                                .repositories("practiceabac.azurecr.io")
                                .all())
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(error(() -> azure.images().digest("practicelocked.azurecr.io", "secret/ledger", "7.0"))
                        .kind())
                .isEqualTo(Kind.NETWORK_DENIED);
        assertThat(requests).as("a refusal is not retried").isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void anIdentityIsMadeAndGetsARole() throws Exception {
        String registry =
                registry(azure.registries().list().all(), "practiceclassic").id();
        IdentityInfo made = azure.identities().create(GROUP, "puller", "japaneast", recorder);
        assertThat(azure.identities().find(GROUP, "puller")).contains(made);
        assertThat(azure.identities().list().all()).contains(made);
        assertThat(made.principalId()).isNotBlank().isNotEqualTo(made.clientId());

        assertThat(azure.roleAssignments().find(registry, ACR_PULL, made.principalId(), ""))
                .isEmpty();
        RoleAssignmentInfo first = azure.roleAssignments().create(registry, ACR_PULL, made.principalId(), "", recorder);

        assertThat(first.created()).isTrue();
        assertThat(first.id())
                .isEqualToIgnoringCase(azure.roleAssignments().id(registry, ACR_PULL, made.principalId()));
        assertThat(azure.roleAssignments().find(registry, ACR_PULL, made.principalId(), ""))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualToIgnoringCase(first.id()));
    }

    @Test
    void aRoleForNobodyIsRefused() throws Exception {
        String registry =
                registry(azure.registries().list().all(), "practiceclassic").id();

        assertThat(error(() -> azure.roleAssignments()
                                .create(registry, ACR_PULL, "99999999-0000-0000-0000-000000000000", "", recorder))
                        .kind())
                .isEqualTo(Kind.PRINCIPAL_NOT_FOUND);
    }

    @Test
    void machinesAreListedWithPowerAndAddresses() throws Exception {
        List<MachineInfo> all = azure.machines().list().all();

        MachineInfo bare = machine(all, "practiceBare");
        assertThat(bare.power()).isEqualTo(PowerState.RUNNING);
        assertThat(bare.os().linux()).isTrue();
        assertThat(bare.os().adminUser()).isEqualTo("azureuser");
        assertThat(bare.publicIp()).isPresent();
        assertThat(bare.privateIp()).isPresent();
        assertThat(bare.os().image()).startsWith("Canonical:0001-com-ubuntu-server-jammy:");
        assertThat(azure.machines().find(GROUP, "practiceBare")).contains(bare);
        assertThat(all).extracting(MachineInfo::name).contains("practiceDocker", "practiceStopped");
        assertThat(azure.machines().find(GROUP, "none")).isEmpty();
    }

    @Test
    void aMachineIsMadeFromNothingWithItsIdentity() throws Exception {
        IdentityInfo identity =
                azure.identities().find(GROUP, "practiceIdentity").orElseThrow();
        NetworkInfo network =
                azure.networks().ensure(GROUP, "japaneast", "fresh", Optional.of("203.0.113.7/32"), recorder);
        NetworkInfo again =
                azure.networks().ensure(GROUP, "japaneast", "fresh", Optional.of("203.0.113.7/32"), recorder);
        assertThat(again).isEqualTo(network);

        MachineInfo made = azure.machines()
                .create(
                        new NewMachine(
                                GROUP,
                                "fresh",
                                "japaneast",
                                "Standard_B2s",
                                NewMachine.Image.withoutPlan(
                                        new ImageReference("Canonical", "ubuntu-24_04-lts", "server", "latest")),
                                new NewMachine.Administrator("ada", key()),
                                network,
                                MachineIdentity.user(identity.id())),
                        recorder);

        MachineInfo found = azure.machines().find(GROUP, "fresh").orElseThrow();
        assertThat(found.power()).isEqualTo(made.power()).isEqualTo(PowerState.RUNNING);
        assertThat(found.publicIp()).isEqualTo(made.publicIp()).isPresent().isEqualTo(network.publicIp());
        assertThat(made.identities().userAssignedIds())
                .singleElement()
                .asString()
                .isEqualToIgnoringCase(identity.id());
        assertThat(recorder.all).hasSize(10).endsWith("creating fresh", "created fresh");

        MachineInfo both = azure.machines().addSystemIdentity(made);
        assertThat(both.identities().systemPrincipalId()).isPresent();
        assertThat(both.identities().userAssignedIds()).hasSize(1);
        IdentityInfo other = azure.identities().create(GROUP, "other", "japaneast", ResourceListener.none());
        assertThat(azure.machines()
                        .addUserIdentity(both, other.id())
                        .identities()
                        .userAssignedIds())
                .hasSize(2);
    }

    @Test
    void theRulesThatAzureAppliesAreRead() throws Exception {
        MachineInfo machine = azure.machines().find(GROUP, "practiceDocker").orElseThrow();

        List<AppliedRules> rules =
                azure.networks().inboundRules(azure.machines().nicId(machine), 22);

        assertThat(rules).singleElement().satisfies(group -> {
            assertThat(group.group()).isEqualTo("practiceDockerNSG");
            assertThat(group.groupId()).startsWith("/subscriptions/");
            assertThat(group.freePriority()).isEqualTo(100);
            assertThat(group.rules().get(0))
                    .isEqualTo(new AppliedRules.Rule("default-allow-ssh", false, true, List.of("0.0.0.0/0")));
            assertThat(group.rules())
                    .extracting(AppliedRules.Rule::name)
                    .containsExactly(
                            "default-allow-ssh", "AllowVnetInBound", "AllowAzureLoadBalancerInBound", "DenyAllInBound");
        });
        assertThat(azure.networks()
                        .inboundRules(azure.machines().nicId(machine), 443)
                        .get(0)
                        .rules())
                .noneMatch(rule -> rule.name().equals("default-allow-ssh"));
    }

    @Test
    void hostKeysAreReadByRunCommand() throws Exception {
        MachineInfo machine = azure.machines().find(GROUP, "practiceDocker").orElseThrow();

        RunCommandResult answer =
                azure.machines().run(machine, List.of("cat /etc/ssh/ssh_host_*_key.pub", "echo the-end"));

        assertThat(answer.stdout()).contains("ssh-").contains("the-end");
    }

    @Test
    void aManagedScriptReportsHowItEnded() throws Exception {
        MachineInfo machine = azure.machines().find(GROUP, "practiceDocker").orElseThrow();
        AzureSubscription marked = azure.markedFor("run-1");
        Script script = new Script("echo \"$WORD\"; echo no >&2; exit 4", Map.of("WORD", "hidden"), MINUTE);

        ManagedRunCommands.Result result = marked.runCommands().run(machine, "first", script, recorder);

        assertThat(result)
                .isEqualTo(new ManagedRunCommands.Result(
                        "Failed", 4, "hidden\n", "no\n", "Execution failed: command terminated with exit status=4"));
        assertThat(recorder.all).containsExactly("creating first", "created first");
        String id = ManagedRunCommands.id(machine, "first");
        assertThat(marked.resources().find(id).orElseThrow().run()).contains("run-1");
        assertThat(marked.runCommands()
                        .run(machine, "first", new Script("true", Map.of(), MINUTE), recorder)
                        .exitCode())
                .isZero();
        marked.runCommands().delete(machine, "first");
        assertThat(marked.resources().find(id)).isEmpty();
        marked.runCommands().delete(machine, "first");
    }

    @Test
    void aStoppedMachineRefusesAScriptUntilItIsStarted() throws Exception {
        MachineInfo stopped = azure.machines().find(GROUP, "practiceStopped").orElseThrow();
        assertThat(error(() -> azure.machines().run(stopped, List.of("id"))).kind())
                .isEqualTo(Kind.CONFLICT);
        Script managed = new Script("id", Map.of(), MINUTE);
        assertThat(error(() -> azure.runCommands().run(stopped, "x", managed, recorder))
                        .kind())
                .isEqualTo(Kind.CONFLICT);

        start(stopped);

        assertThat(azure.machines().find(GROUP, "practiceStopped").orElseThrow().power())
                .isEqualTo(PowerState.RUNNING);
        assertThat(azure.machines().run(stopped, List.of("echo up")).stdout()).contains("up");
    }

    /** The product never starts a machine: somebody else does so here. */
    private static void start(MachineInfo machine) {
        account.pipeline(waiting -> {})
                .send(new HttpRequest(
                        HttpMethod.POST,
                        "https://management.azure.com" + machine.id() + "/start?api-version=2024-07-01"))
                .block();
    }

    @Test
    void whatASubscriptionCanHaveWhereIsKnown() throws Exception {
        assertThat(azure.regions().locations()).extracting(Location::name).contains("japaneast", "eastus");
        assertThat(azure.regions().sizes("japaneast"))
                .filteredOn(SizeInfo::available)
                .extracting(SizeInfo::name)
                .contains("Standard_B2s");
        assertThat(azure.regions().quotas("japaneast"))
                .filteredOn(quota -> quota.name().matches("cores|virtualMachines|standardBSFamily"))
                .hasSize(3)
                .allSatisfy(quota -> assertThat(quota.limit()).isGreaterThan(quota.used()));
    }

    @Test
    void providersAreRegistered() throws Exception {
        azure.providers().register("Microsoft.Compute");

        assertThat(azure.providers().state("Microsoft.Compute")).isEqualTo("Registered");
    }

    @Test
    void anOwnerMayGrantAtWhatDoesNotExistYet() throws Exception {
        String group = "/subscriptions/" + azure.id() + "/resourceGroups/";
        String registry = "/providers/Microsoft.ContainerRegistry/registries/";
        String action = "Microsoft.Authorization/roleAssignments/write";

        assertThat(azure.permissions().allowed(group + REGISTRIES + registry + "practiceclassic", action))
                .isTrue();
        assertThat(azure.permissions().allowed(group + REGISTRIES + registry + "notyet12", action))
                .isTrue();
        assertThat(azure.permissions().allowed(group + "notyet" + registry + "notyet12", action))
                .isTrue();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static AzureException error(Work work) {
        AzureException e = catchThrowableOfType(AzureException.class, work::run);
        assertThat(e).isNotNull();
        return e;
    }

    private static void importSample(RegistryInfo registry) throws Exception {
        azure.registries()
                .importImage(registry, "mcr.microsoft.com", "azuredocs/aci-helloworld:latest", "aci-helloworld:v1");
    }

    private static RegistryInfo registry(List<RegistryInfo> all, String name) {
        return all.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    }

    private static MachineInfo machine(List<MachineInfo> all, String name) {
        return all.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    }

    /** A real public key whose private half nobody has kept. */
    private static String key() {
        return "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ada@example";
    }
}
