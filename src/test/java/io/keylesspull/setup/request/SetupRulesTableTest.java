package io.keylesspull.setup.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.setup.request.SetupRequest.BehindGateway;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.InSubnet;
import io.keylesspull.setup.request.SetupRequest.JumpHost;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.request.SetupRequest.Registry;
import io.keylesspull.setup.request.SetupRequest.RunCommand;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.request.SetupRequest.Way;
import io.keylesspull.text.Texts;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule, each broken once alone, and what is just still right. */
class SetupRulesTableTest {

    private static final SetupRequest NEW =
            Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
    private static final SetupRequest OLD =
            Requests.of(Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.OLD_MACHINE);

    private static final SetupRequest FLEET = Requests.like(NEW, Requests.scaleSet(3));

    /** One place of a request given another value. */
    record Row(SetupRequest request, String path, String value, String rule) {
        @Override
        public String toString() {
            return path + " = " + (value.length() > 40 ? value.length() + " characters" : value) + ": " + rule;
        }
    }

    private static Row fresh(String path, String value, String rule) {
        return new Row(changed(NEW, path, value), path, value, rule);
    }

    private static Row existing(String path, String value, String rule) {
        return new Row(changed(OLD, path, value), path, value, rule);
    }

    private static Row fleet(String path, String value, String rule) {
        return new Row(changed(FLEET, path, value), path, value, rule);
    }

    private static SetupRequest clusters(String... names) {
        return Requests.like(
                NEW,
                Stream.of(names)
                        .map(name -> new SetupRequest.Cluster(name, Optional.empty()))
                        .toList());
    }

    /** With a cluster that is elsewhere, and nothing else. */
    private static SetupRequest alone(Registry registry, SetupRequest.Identity identity) {
        return Requests.like(
                Requests.of(registry, identity), List.of(new SetupRequest.Cluster("aks", Optional.of("elsewhere"))));
    }

    private static SetupRequest in(String... repositories) {
        return Requests.like(OLD, new RepositoryScope(List.of(repositories)));
    }

    private static Row given(SetupRequest request, String path, String value, String rule) {
        return new Row(request, path, value, rule);
    }

    /** The request as a file would make it with that value at that path. */
    private static SetupRequest changed(SetupRequest request, String path, String value) {
        JsonNode root = SetupFileKeys.file().write(request);
        String pointer = "/" + path.replace(".", "/").replace("[", "/").replace("]", "");
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, slash))).set(pointer.substring(slash + 1), TextNode.valueOf(value));
        FileProblems problems = new FileProblems();
        SetupRequest changed = SetupFileKeys.file().read(root, "", problems);
        assertThat(problems.found()).isEmpty();
        return changed;
    }

    private static final JumpHost JUMP = new JumpHost("bastion", 22, "ops", Optional.empty(), Optional.empty());
    private static final String KEY = "SHA256:" + "A".repeat(43);
    private static final String OTHER_KEY = "SHA256:" + "B".repeat(42) + "A";
    private static final String SUBNET =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n";
    private static final Machine NEW_MACHINE = Requests.NEW_MACHINE;
    private static final Machine OLD_MACHINE = Requests.OLD_MACHINE;

    static Stream<Row> broken() {
        return Stream.of(
                fresh("signIn.tenant", " ", "tenant"),
                fresh("signIn.tenant", "not a tenant!", "tenant"),
                fresh("subscription", "\t", "subscription"),
                given(
                        new SetupRequest(
                                NEW.signIn(),
                                Optional.empty(),
                                NEW.location(),
                                NEW.resourceGroup(),
                                NEW.registry(),
                                NEW.image(),
                                NEW.machines(),
                                NEW.identity(),
                                NEW.role(),
                                NEW.access()),
                        "subscription",
                        "",
                        "subscription"),
                fresh("location", "Japan-East", "location"),
                fresh("resourceGroup.name", "ends.", "resourceGroup"),
                fresh("resourceGroup.name", "", "resourceGroup"),
                fresh("resourceGroup.name", "g".repeat(91), "resourceGroup"),
                fresh("registry.name", "four", "registry"),
                fresh("registry.name", "my-registry", "registry"),
                fresh("registry.name", "r".repeat(51), "registry"),
                fresh("registry.resourceGroup", "a/b", "resourceGroup"),
                given(
                        Requests.of(
                                new Registry("contoso", true, "Gold", false, Optional.empty()),
                                Requests.USER_ASSIGNED,
                                Requests.NEW_MACHINE),
                        "registry.sku",
                        "Gold",
                        "sku"),
                fresh("image", "aci-helloworld", "image"),
                fresh("image", "app:" + "t".repeat(129), "image"),
                fresh("image", "contoso.azurecr.io/app:v1", "image.registry"),
                fresh("image", "localhost:5000/app:v1", "image.registry"),
                fresh("image", "docker.io/library/nginx:1.27", "image.public"),
                fresh("image", "index.docker.io/library/nginx:1.27", "image.public"),
                fresh("image", "registry-1.docker.io/library/nginx:1.27", "image.public"),
                fresh("image", "mcr.microsoft.com/library/nginx:1.27", "image.public"),
                fresh("image", "ghcr.io/library/nginx:1.27", "image.public"),
                fresh("image", "quay.io/library/nginx:1.27", "image.public"),
                fresh("image", "gcr.io/library/nginx:1.27", "image.public"),
                fresh("image", "eu.gcr.io/library/nginx:1.27", "image.public"),
                fresh("image", "public.ecr.aws/library/nginx:1.27", "image.public"),
                fresh("image", "registry.k8s.io/library/nginx:1.27", "image.public"),
                fresh("image", "europe-docker.pkg.dev/library/nginx:1.27", "image.public"),
                fresh("image", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/library/nginx:1.27", "image.public"),
                fresh("image", "registry.access.redhat.com/library/nginx:1.27", "image.public"),
                fresh("image", "Docker.IO/library/nginx:1.27", "image.public"),
                fresh("image", "docker.io:443/library/nginx:1.27", "image.public"),
                existing("image", "quay.io:443/coreos/etcd:v3", "image.public"),
                existing("registry.import", "nginx:1.27", "import"),
                existing("registry.import", "docker.io/library/nginx", "import"),
                existing("registry.import", "https://docker.io/library/nginx:1.27", "import"),
                existing(
                        "registry.import",
                        "/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/disks/d/a:b",
                        "import"),
                existing("registry.import", "contoso.azurecr.io/app:v1", "import.loginServer"),
                fresh("image", "app@sha256:00", "image.digest"),
                fresh("image", "app@sha512:" + "0".repeat(64), "image.digest"),
                fresh("image", "app:v1@sha256:" + "0".repeat(64), "image.tagAndDigest"),
                fresh("image", "app@sha256:" + "0".repeat(64), "image.importedDigest"),
                given(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED), "machines", "", "machines.none"),
                given(
                        Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, many(201)),
                        "machines",
                        "201",
                        "machines.single"),
                given(
                        Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, many(1001)),
                        "machines",
                        "1001",
                        "machines.many"),
                given(
                        Requests.of(
                                Requests.NEW_REGISTRY,
                                Requests.USER_ASSIGNED,
                                Requests.NEW_MACHINE,
                                named("MYDOCKERVM")),
                        "machines[1].name",
                        "MYDOCKERVM",
                        "machine.twice"),
                given(
                        Requests.of(
                                Requests.NEW_REGISTRY,
                                Requests.USER_ASSIGNED,
                                Requests.NEW_MACHINE,
                                inGroup("MYRESOURCEGROUP")),
                        "machines[1].name",
                        "myDockerVM",
                        "machine.twice"),
                given(alone(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED), "identity", "myACRId", "clusters.identity"),
                given(
                        alone(Requests.NEW_REGISTRY, Requests.SYSTEM_ASSIGNED)
                                .withAccess(new SetupRequest.MachineAccess(false, true, true, false)),
                        "azureCli",
                        "false",
                        "clusters.machines"),
                given(
                        alone(Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED),
                        "resourceGroup",
                        "myResourceGroup",
                        "resourceGroup.unused"),
                given(clusters("aks_"), "clusters[0].name", "aks_", "cluster"),
                fleet("scaleSet.name", "-fleet", "scaleSet"),
                fleet("scaleSet.name", "fleet.1", "scaleSet"),
                fleet("scaleSet.name", "f".repeat(36), "scaleSet"),
                fleet("scaleSet.name", "MYDOCKERVM", "scaleSet.machine"),
                fleet("scaleSet.image", "Windows", "machine.image"),
                fleet("scaleSet.size", "large", "size"),
                fleet("scaleSet.adminUser", "root", "adminUser.reserved"),
                fleet("scaleSet.sshKey", " ", "sshKey.blank"),
                fleet("scaleSet.resourceGroup", "a/b", "resourceGroup"),
                given(Requests.like(NEW, Requests.scaleSet(0)), "scaleSet.instances", "0", "scaleSet.instances"),
                given(Requests.like(NEW, Requests.scaleSet(1001)), "scaleSet.instances", "1001", "scaleSet.instances"),
                given(
                        Requests.like(OLD, Requests.scaleSet(3)),
                        "identity.kind",
                        "system-assigned",
                        "scaleSet.identity"),
                given(
                        FLEET.withAccess(new MachineAccess(true, false, true, false)),
                        "keepSignedIn",
                        "false",
                        "scaleSet.keepSignedIn"),
                given(clusters("aks", "AKS"), "clusters[1].name", "AKS", "cluster.twice"),
                given(
                        clusters(IntStream.range(0, 21).mapToObj(i -> "aks" + i).toArray(String[]::new)),
                        "clusters",
                        "21",
                        "clusters.many"),
                fresh("machines[0].name", "my_vm", "machine.new"),
                fresh("machines[0].name", "vm-", "machine.new"),
                fresh("machines[0].name", "v".repeat(65), "machine.new"),
                existing("machines[0].name", "-vm", "machine.existing"),
                existing("machines[0].name", "v".repeat(81), "machine.existing"),
                fresh("machines[0].image", "Ubuntu", "machine.image"),
                fresh("machines[0].image", "a:b:c", "machine.image"),
                fresh("machines[0].size", "B2s", "size"),
                fresh("machines[0].adminUser", "Azure", "adminUser.new"),
                fresh("machines[0].adminUser", "u".repeat(33), "adminUser.new"),
                fresh("machines[0].adminUser", "root", "adminUser.reserved"),
                existing("machines[0].adminUser", "a b", "adminUser.existing"),
                fresh("machines[0].sshKey", "", "sshKey.blank"),
                fresh("machines[0].sshKey", "a\nb", "sshKey.blank"),
                fresh("machines[0].sshKey", "\"\"", "sshKey.path"),
                fresh("machines[0].allowSshFrom", "203.0.113.7/33", "ssh.range"),
                fresh("machines[0].allowSshFrom", "*", "ssh.everyone"),
                fresh("machines[0].resourceGroup", "a b", "resourceGroup"),
                given(inSubnet("net/sub", true, Ssh.DEFAULT), "machines[0].subnet", "net/sub", "subnet"),
                given(inSubnet(SUBNET, false, Ssh.DEFAULT), "machines[0].subnet", SUBNET, "subnet.existing"),
                given(
                        inSubnet(SUBNET, true, new Ssh(Optional.of(Ssh.Address.PUBLIC), 22, List.of())),
                        "machines[0].ssh.address",
                        "public",
                        "subnet.public"),
                given(
                        behindGateway(false, Ssh.DEFAULT),
                        "machines[0].publicAddress",
                        "false",
                        "publicAddress.existing"),
                given(
                        behindGateway(true, new Ssh(Optional.of(Ssh.Address.PUBLIC), 22, List.of())),
                        "machines[0].ssh.address",
                        "public",
                        "publicAddress.none"),
                given(
                        through(NEW_MACHINE, new Ssh(Optional.empty(), 22, List.of(), true)),
                        "machines[0].ssh.addKey",
                        "true",
                        "ssh.addKey.new"),
                given(
                        through(NEW_MACHINE, new Ssh(Optional.empty(), 2222, List.of())),
                        "machines[0].ssh.port",
                        "2222",
                        "ssh.newPort"),
                given(
                        through(OLD_MACHINE, new Ssh(Optional.empty(), 70000, List.of())),
                        "machines[0].ssh.port",
                        "70000",
                        "port"),
                given(
                        through(OLD_MACHINE, JUMP, jump("b", 22, "ops"), jump("c", 22, "ops")),
                        "machines[0].ssh.jumpHosts",
                        "3",
                        "jumpHosts.many"),
                given(
                        through(OLD_MACHINE, JUMP, jump("Bastion", 22, "ops")),
                        "machines[0].ssh.jumpHosts[1].host",
                        "Bastion",
                        "jumpHost.twice"),
                given(
                        through(OLD_MACHINE, local(KEY), local(KEY)),
                        "machines[0].ssh.jumpHosts[1].host",
                        "localhost",
                        "jumpHost.twice"),
                given(
                        through(
                                OLD_MACHINE,
                                JUMP,
                                new JumpHost("bastion", 22, "ops", Optional.of("~/.ssh/other"), Optional.empty())),
                        "machines[0].ssh.jumpHosts[1].host",
                        "bastion",
                        "jumpHost.twice"),
                given(
                        through(
                                OLD_MACHINE,
                                new JumpHost("-oProxyCommand=x", 22, "ops", Optional.empty(), Optional.empty())),
                        "machines[0].ssh.jumpHosts[0].host",
                        "-oProxyCommand=x",
                        "jumpHost.host"),
                given(
                        through(OLD_MACHINE, JUMP, new JumpHost("b", 22, "-l", Optional.empty(), Optional.empty())),
                        "machines[0].ssh.jumpHosts[1].user",
                        "-l",
                        "jumpHost.user"),
                given(
                        through(OLD_MACHINE, new JumpHost("b", 22, "ops", Optional.of("\"\""), Optional.empty())),
                        "machines[0].ssh.jumpHosts[0].key",
                        "\"\"",
                        "sshKey.path"),
                given(
                        through(
                                OLD_MACHINE,
                                new JumpHost("b", 22, "ops", Optional.empty(), Optional.of("SHA256:short"))),
                        "machines[0].ssh.jumpHosts[0].hostKey",
                        "SHA256:short",
                        "hostKey"),
                given(
                        through(
                                OLD_MACHINE,
                                new JumpHost("b", 22, "ops", Optional.empty(), Optional.of("ssh-ed25519"))),
                        "machines[0].ssh.jumpHosts[0].hostKey",
                        "ssh-ed25519",
                        "hostKey"),
                fresh("identity.name", "id", "identity"),
                fresh("identity.name", "i".repeat(129), "identity"),
                fresh("identity.name", "_id", "identity"),
                fresh("identity.resourceGroup", "?", "resourceGroup"),
                existing("identity.name", "myACRId", "identity.system"),
                given(in("Team/app"), "repositories[0]", "Team/app", "repositories"),
                given(in("team*"), "repositories[0]", "team*", "repositories"),
                given(in("team/app", "web/*"), "repositories", "team/app, web/*", "repositories.image"),
                given(
                        in(Stream.generate(() -> "aci-helloworld").limit(21).toArray(String[]::new)),
                        "repositories",
                        "21",
                        "repositories.many"),
                given(NEW.withAccess(new MachineAccess(false, false, true, false)), "azureCli", "false", "azureCli"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void onlyTheBrokenRuleIsReportedWithItsPathAndValue(Row row) {
        assertThat(SetupRules.check(row.request(), false)).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(row.path());
            assertThat(violation.value()).isEqualTo(row.value());
            assertThat(violation.rule().key()).isEqualTo("setup.rule." + row.rule());
            for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
                assertThat(new Texts(locale).render(violation.rule()))
                        .isNotBlank()
                        .doesNotContain("{0}");
            }
        });
    }

    static Stream<Row> right() {
        return Stream.of(
                fresh("location", "japaneast", ""),
                fresh("location", "Japan East", ""),
                fresh("image", "docker.example/library/nginx:1.27", ""),
                fresh("image", "my.team/hello-world:latest", ""),
                fresh("image", "docker/io:latest", ""),
                existing("image", "docker.io/library/nginx:1.27", ""),
                existing("image", "mcr.microsoft.com/hello-world:latest", ""),
                fresh("image", "localhost/app:v1", ""),
                existing("image", "app@sha256:" + "0".repeat(64), ""),
                existing("registry.import", "docker.io/nginx:1.27", ""),
                existing("registry.import", "docker.io/library/nginx@sha256:" + "0".repeat(64), ""),
                existing(
                        "registry.import",
                        "/subscriptions/1/resourceGroups/g/providers/Microsoft.ContainerRegistry"
                                + "/registries/other/a/b:c",
                        ""),
                fresh("registry.name", "contoso.azurecr.io", ""),
                fresh("resourceGroup.name", "日本_(a).b-1", ""),
                fresh("resourceGroup.name", "g".repeat(90), ""),
                fresh("registry.name", "Abc12", ""),
                fresh("registry.name", "r".repeat(50), ""),
                fresh("image", "team/app__x/web:" + "t".repeat(128), ""),
                fresh("machines[0].name", "v".repeat(64), ""),
                existing("machines[0].name", "v".repeat(79) + "_", ""),
                fresh("machines[0].image", "ubuntu2404", ""),
                fresh("machines[0].image", "Canonical:ubuntu-24_04-lts:server:latest", ""),
                fresh("machines[0].size", "Standard_E4-2ads_v5", ""),
                fresh("machines[0].size", "standard_b2S_V2", ""),
                fresh("machines[0].adminUser", "_svc.a-1", ""),
                existing("machines[0].adminUser", "root", ""),
                fresh("machines[0].allowSshFrom", "0.0.0.0/0", ""),
                fresh("machines[0].allowSshFrom", "2001:db8::/64", ""),
                given(through(OLD_MACHINE, JUMP, jump("inner", 22, "ops")), "", "", ""),
                given(through(OLD_MACHINE, JUMP, jump("bastion", 22, "other")), "", "", ""),
                given(through(OLD_MACHINE, local(KEY), local(OTHER_KEY)), "", "", ""),
                given(through(OLD_MACHINE, JUMP, jump("bastion", 2222, "ops")), "", "", ""),
                given(behindGateway(true, Ssh.DEFAULT), "", "", ""),
                given(through(NEW_MACHINE, new RunCommand()), "", "", ""),
                given(through(NEW_MACHINE, JUMP), "", "", ""),
                given(through(OLD_MACHINE.withSshKey(Optional.empty()), JUMP), "", "", ""),
                given(through(OLD_MACHINE, new Ssh(Optional.of(Ssh.Address.PRIVATE), 2222, List.of())), "", "", ""),
                given(
                        through(
                                OLD_MACHINE,
                                new JumpHost(
                                        "2001:db8::7",
                                        2222,
                                        "ops",
                                        Optional.of("~/.ssh/ops"),
                                        Optional.of("SHA256:" + "A".repeat(43)))),
                        "",
                        "",
                        ""),
                given(in("team/app", "aci-helloworld"), "", "", ""),
                fleet("scaleSet.name", "f".repeat(35), ""),
                fleet("scaleSet.name", "my-Fleet-1", ""),
                given(Requests.like(NEW, Requests.scaleSet(1)), "", "", ""),
                given(Requests.like(NEW.withMachines(List.of()), Requests.scaleSet(1000)), "", "", ""),
                fresh("identity.name", "0-a", ""),
                fresh("identity.name", "i".repeat(128), ""),
                given(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, many(200)), "machines", "200", ""));
    }

    @ParameterizedTest
    @MethodSource("right")
    void whatIsJustStillRightIsAccepted(Row row) {
        assertThat(SetupRules.check(row.request(), false)).isEmpty();
    }

    @Test
    void practiceDoesWithoutSubscription() {
        SetupRequest bare = new SetupRequest(
                OLD.signIn(),
                Optional.empty(),
                OLD.location(),
                OLD.resourceGroup(),
                OLD.registry(),
                OLD.image(),
                List.of(new Machine(
                        "vm1", false, "", "", "azureuser", Optional.empty(), Optional.empty(), Optional.empty())),
                OLD.identity(),
                OLD.role(),
                OLD.access());
        assertThat(SetupRules.check(bare, true)).isEmpty();
        assertThat(SetupRules.check(bare, false)).extracting(Violation::path).containsExactly("subscription");
    }

    @Test
    void severalBrokenRulesAreReportedInTheOrderOfTheFile() {
        SetupRequest wrong = Requests.of(
                new Registry("x", true, "Gold", true, Optional.of("")),
                new Identity(Identity.Kind.USER_ASSIGNED, "", true, Optional.empty()),
                named("-"),
                named("-"));
        assertThat(SetupRules.check(wrong, false))
                .extracting(Violation::path)
                .containsExactly(
                        "registry.name",
                        "registry.sku",
                        "registry.resourceGroup",
                        "machines[0].name",
                        "machines[1].name",
                        "machines[1].name",
                        "identity.name");
    }

    @Test
    void noRuleIsMissingInThisTable() {
        ResourceBundle bundle = ResourceBundle.getBundle("io.keylesspull.setup.messages", Locale.ROOT);
        assertThat(Collections.list(bundle.getKeys()))
                .filteredOn(key -> key.startsWith("rule."))
                .containsExactlyInAnyOrderElementsOf(
                        broken().map(row -> "rule." + row.rule()).distinct().toList());
    }

    private static Machine named(String name) {
        return new Machine(
                name,
                true,
                "Ubuntu2204",
                "Standard_B2s",
                "azureuser",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static SetupRequest through(Machine machine, JumpHost... chain) {
        return through(machine, new Ssh(Optional.empty(), Ssh.DEFAULT_PORT, List.of(chain)));
    }

    private static SetupRequest inSubnet(String subnet, boolean create, Ssh ssh) {
        Machine of = create ? NEW_MACHINE : OLD_MACHINE;
        return through(of.withNetwork(new InSubnet(subnet)), ssh);
    }

    private static JumpHost local(String hostKey) {
        return new JumpHost("localhost", 22, "ops", Optional.empty(), Optional.of(hostKey));
    }

    private static JumpHost jump(String host, int port, String user) {
        return new JumpHost(host, port, user, Optional.empty(), Optional.empty());
    }

    private static SetupRequest behindGateway(boolean create, Ssh ssh) {
        return through((create ? NEW_MACHINE : OLD_MACHINE).withNetwork(new BehindGateway()), ssh);
    }

    private static SetupRequest through(Machine of, Way way) {
        return Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, of.withWay(way));
    }

    private static Machine inGroup(String group) {
        return new Machine(
                Requests.NEW_MACHINE.name(),
                true,
                "Ubuntu2204",
                "Standard_B2s",
                "azureuser",
                Optional.empty(),
                Optional.empty(),
                Optional.of(group));
    }

    private static Machine[] many(int count) {
        return Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> named("vm" + i))
                .toArray(Machine[]::new);
    }
}
