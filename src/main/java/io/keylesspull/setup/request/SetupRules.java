package io.keylesspull.setup.request;

import io.keylesspull.remote.SshTarget;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for a request that can be checked without asking Azure: what Azure would refuse for its form alone. New
 * names are checked by Azure's naming rules (Microsoft Learn, "Naming rules and restrictions for Azure resources");
 * names of existing resources less strictly, because Azure has accepted them.
 */
public final class SetupRules {

    /** As many machines as one request may name. */
    public static final int MOST_MACHINES = 1000;
    /** Of those that are not set up by scripts that Azure hands to all of them. */
    public static final int MOST_SINGLE_MACHINES = 200;

    static final Text NO_TARGETS = Text.of("setup.rule.machines.none");

    /** Rules of which nothing can be said while some of the targets are not known. */
    private static final Set<String> OF_ALL_TARGETS = Set.of(
            NO_TARGETS.key(),
            "setup.rule.resourceGroup.unused",
            "setup.rule.clusters.identity",
            "setup.rule.clusters.machines");

    static final Text TOO_MANY_MACHINES = Text.of("setup.rule.machines.many", String.valueOf(MOST_MACHINES));

    /** As many clusters as one request may name. */
    static final int MOST_CLUSTERS = 20;

    static final Text TOO_MANY_CLUSTERS = Text.of("setup.rule.clusters.many", String.valueOf(MOST_CLUSTERS));

    /**
     * As many instances as a scale set with flexible orchestration can have (Microsoft Learn, "Orchestration modes for
     * Virtual Machine Scale Sets").
     */
    public static final int MOST_INSTANCES = 1000;

    static final Text INSTANCES = Text.of("setup.rule.scaleSet.instances", String.valueOf(MOST_INSTANCES));

    static final Text TOO_MANY_REPOSITORIES =
            Text.of("setup.rule.repositories.many", String.valueOf(RepositoryScope.MOST));

    static final Text TOO_MANY_JUMP_HOSTS =
            Text.of("setup.rule.jumpHosts.many", String.valueOf(SetupRequest.Ssh.MOST_JUMP_HOSTS));

    /** The registry tiers that a new registry can have. */
    public static final List<String> SKUS = List.of("Basic", "Standard", "Premium");

    private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{Nd}_().-]{0,89}[\\p{L}\\p{Nd}_()-]");
    /** The characters that a directory's id and its domains have. */
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,254}");

    private static final Pattern REGISTRY = Pattern.compile("[A-Za-z0-9]{5,50}");
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{2,127}");
    /** A new machine's name becomes its host name, hence no underscore. */
    private static final Pattern NEW_MACHINE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])?");

    /**
     * The name of an instance is the scale set's, an underscore and eight characters, and has at most 44 with flexible
     * orchestration (Microsoft Learn, "Understand names and instance IDs for Azure Virtual Machine Scale Set VMs").
     */
    private static final Pattern SCALE_SET = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,33}[A-Za-z0-9])?");

    private static final Pattern OLD_MACHINE =
            Pattern.compile("[\\p{L}\\p{Nd}](?:[\\p{L}\\p{Nd}_.-]{0,78}[\\p{L}\\p{Nd}_])?");
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");
    private static final Pattern NEW_USER = Pattern.compile("[a-z_][a-z0-9_.-]{0,31}");
    private static final Pattern OLD_USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");
    /** Of names and addresses. None begins with a hyphen, which ssh would take for an option. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9_.:-]{0,252}");
    /** Azure ignores case here. */
    private static final Pattern SIZE = Pattern.compile("(?i:Standard|Basic)_[A-Za-z0-9_-]{1,60}");

    private static final Pattern SUBNET = Pattern.compile("(?i:/subscriptions/[^/]+/resourceGroups/[^/]+/providers"
            + "/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+)");

    private static final Pattern LOCATION = Pattern.compile("[A-Za-z0-9]{2,50}");
    /** Refused by Azure for new Linux machines (Microsoft Learn, "Frequently asked questions about Linux VMs"). */
    private static final Set<String> RESERVED_USERS = Set.of(
            "1",
            "123",
            "a",
            "actuser",
            "adm",
            "admin",
            "admin1",
            "admin2",
            "administrator",
            "aspnet",
            "backup",
            "console",
            "david",
            "guest",
            "john",
            "owner",
            "root",
            "server",
            "sql",
            "support",
            "support_388945a0",
            "sys",
            "test",
            "test1",
            "test2",
            "test3",
            "user",
            "user1",
            "user2",
            "user3",
            "user4",
            "user5",
            "video");

    private final List<Violation> violations = new ArrayList<>();
    private final boolean practice;

    private SetupRules(boolean practice) {
        this.practice = practice;
    }

    /**
     * @param practice whether it is meant for practice mode, which has its own subscription and key
     * @return everything that is wrong, in the order of a setup file; empty where nothing is
     */
    public static List<Violation> check(SetupRequest request, boolean practice) {
        SetupRules rules = new SetupRules(practice);
        rules.account(request);
        rules.matches("location", request.location(), LOCATION, "location");
        rules.resourceGroup(request);
        rules.registry(request.registry());
        rules.image(request);
        rules.machines(request);
        rules.clusters(request);
        request.scaleSet().ifPresent(set -> rules.scaleSet(request, set));
        if (areAlone(request)) {
            rules.clustersAlone(request);
            rules.repositories(request);
        } else {
            rules.identity(request.identity());
            rules.repositories(request);
            if (!request.access().azureCli() && !request.access().credentialHelper()) {
                rules.broken("azureCli", "false", "azureCli");
            }
        }
        return List.copyOf(rules.violations);
    }

    /** Whether a rule is broken, or not, by all targets together. */
    static boolean isOfAllTargets(Violation violation) {
        return OF_ALL_TARGETS.contains(violation.rule().key());
    }

    /** Whether clusters are the only targets. */
    private static boolean areAlone(SetupRequest request) {
        return !request.clusters().isEmpty() && !request.givesIdentity();
    }

    /** What is meant for machines does nothing then. */
    private void clustersAlone(SetupRequest request) {
        Identity identity = request.identity();
        if (identity.kind() == Identity.Kind.USER_ASSIGNED) {
            broken("identity", identity.name(), "clusters.identity");
        }
        SetupRequest.MachineAccess access = request.access();
        forMachines("keepSignedIn", access.credentialHelper(), true);
        forMachines("azureCli", access.azureCli(), true);
        forMachines("dockerGroup", access.dockerGroup(), true);
        forMachines("startStopped", access.startStopped(), false);
    }

    private void forMachines(String key, boolean given, boolean usual) {
        if (given != usual) {
            broken(key, String.valueOf(given), "clusters.machines");
        }
    }

    /** Of clusters alone nothing is made in a group but a registry: a new one would stay empty. */
    private void resourceGroup(SetupRequest request) {
        SetupRequest.ResourceGroup group = request.resourceGroup();
        matches("resourceGroup.name", group.name(), GROUP, "resourceGroup");
        if (group.create() && areAlone(request) && !request.usesResourceGroup()) {
            broken("resourceGroup", group.name(), "resourceGroup.unused", request.registryGroup());
        }
    }

    private void account(SetupRequest request) {
        request.signIn()
                .tenant()
                .filter(tenant -> !TENANT.matcher(tenant).matches())
                .ifPresent(tenant -> broken("signIn.tenant", tenant, "tenant"));
        String subscription = request.subscription().orElse("");
        if (request.subscription().isPresent() ? unwritable(subscription) : !practice) {
            broken("subscription", subscription, "subscription");
        }
    }

    private void registry(SetupRequest.Registry registry) {
        matches("registry.name", registry.name(), REGISTRY, "registry");
        if (registry.create() && !SKUS.contains(registry.sku())) {
            broken("registry.sku", registry.sku(), "sku", String.join(", ", SKUS));
        }
        registry.imported().ifPresent(this::imported);
        otherGroup("registry", registry.resourceGroup());
    }

    private void imported(String source) {
        if (ImageName.startsWithAzureRegistry(source)) {
            broken("registry.import", source, "import.loginServer");
        } else if (ImportSource.parse(source).isEmpty()) {
            broken("registry.import", source, "import");
        }
    }

    private void image(SetupRequest request) {
        String image = request.image();
        Optional<ImageName> name = ImageName.parse(image);
        if (ImageName.startsWithPublicRegistry(image) && isPulledFromElsewhere(request.registry(), image)) {
            broken("image", image, "image.public", image);
        } else if (ImageName.startsWithRegistry(image)) {
            broken("image", image, "image.registry");
        } else if (ImageName.hasTagAndDigest(image)) {
            broken("image", image, "image.tagAndDigest");
        } else if (name.isEmpty()) {
            broken("image", image, image.contains("@") ? "image.digest" : "image");
        } else if (name.get().isByDigest() && request.registry().imported().isPresent()) {
            broken("image", image, "image.importedDigest");
        }
    }

    /**
     * Whether an image there must be meant. A registry that exists may have a repository of that name, a copy or a
     * cached one, and what is imported by its source may get it.
     */
    private static boolean isPulledFromElsewhere(SetupRequest.Registry registry, String image) {
        return ImageName.startsWithRegistry(image)
                || registry.importSource().map(ImportSource.SAMPLE::equals).orElse(registry.create());
    }

    private void machines(SetupRequest request) {
        List<Machine> machines = request.machines();
        if (request.labels().isEmpty()) {
            violations.add(new Violation("machines", "", NO_TARGETS));
        } else if (machines.size() > MOST_MACHINES) {
            violations.add(new Violation("machines", String.valueOf(machines.size()), TOO_MANY_MACHINES));
        } else {
            int single = machines.size() - request.withBatches().batched().size();
            if (single > MOST_SINGLE_MACHINES) {
                broken("machines", String.valueOf(single), "machines.single", String.valueOf(MOST_SINGLE_MACHINES));
            }
        }
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < machines.size(); i++) {
            String path = "machines[" + i + "]";
            Machine machine = machines.get(i);
            machine(path, machine);
            // A group's name has no slash.
            String inAzure = (request.machineGroup(machine) + "/" + machine.name()).toLowerCase(Locale.ROOT);
            String other = first.putIfAbsent(inAzure, path);
            if (other != null && !machine.name().isEmpty()) {
                broken(path + ".name", machine.name(), "machine.twice", other);
            }
        }
    }

    private void clusters(SetupRequest request) {
        List<SetupRequest.Cluster> clusters = request.clusters();
        if (clusters.size() > MOST_CLUSTERS) {
            violations.add(new Violation("clusters", String.valueOf(clusters.size()), TOO_MANY_CLUSTERS));
        }
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < clusters.size(); i++) {
            String path = "clusters[" + i + "]";
            SetupRequest.Cluster cluster = clusters.get(i);
            matches(path + ".name", cluster.name(), CLUSTER, "cluster");
            otherGroup(path, cluster.resourceGroup());
            String inAzure = (request.clusterGroup(cluster) + "/" + cluster.name()).toLowerCase(Locale.ROOT);
            String other = first.putIfAbsent(inAzure, path);
            if (other != null && !cluster.name().isEmpty()) {
                broken(path + ".name", cluster.name(), "cluster.twice", other);
            }
        }
    }

    private void machine(String path, Machine machine) {
        if (machine.create()) {
            matches(path + ".name", machine.name(), NEW_MACHINE, "machine.new");
            made(path, machine.image(), machine.size(), machine.adminUser());
        } else {
            matches(path + ".name", machine.name(), OLD_MACHINE, "machine.existing");
            matches(path + ".adminUser", machine.adminUser(), OLD_USER, "adminUser.existing");
        }
        key(path + ".sshKey", machine.sshKey());
        machine.allowSshFrom()
                .filter(range -> !AddressRange.isValid(range))
                .ifPresent(range ->
                        broken(path + ".allowSshFrom", range, isEveryone(range) ? "ssh.everyone" : "ssh.range"));
        otherGroup(path, machine.resourceGroup());
        machine.ssh().ifPresent(ssh -> ssh(path + ".ssh", ssh, machine));
        machine.subnet().ifPresent(subnet -> subnet(path, machine, subnet));
        if (machine.isBehindGateway() && !machine.create()) {
            broken(path + ".publicAddress", "false", "publicAddress.existing");
        }
        if (machine.isPrivate()
                && machine.ssh()
                        .flatMap(SetupRequest.Ssh::address)
                        .filter(SetupRequest.Ssh.Address.PUBLIC::equals)
                        .isPresent()) {
            broken(path + ".ssh.address", "public", machine.isBehindGateway() ? "publicAddress.none" : "subnet.public");
        }
    }

    private void ssh(String path, SetupRequest.Ssh ssh, Machine machine) {
        port(path + ".port", ssh.port());
        if (machine.create() && ssh.port() != SetupRequest.Ssh.DEFAULT_PORT) {
            broken(path + ".port", String.valueOf(ssh.port()), "ssh.newPort");
        }
        if (machine.create() && ssh.addKey()) {
            broken(path + ".addKey", "true", "ssh.addKey.new");
        }
        if (ssh.jumpHosts().size() > SetupRequest.Ssh.MOST_JUMP_HOSTS) {
            violations.add(new Violation(
                    path + ".jumpHosts", String.valueOf(ssh.jumpHosts().size()), TOO_MANY_JUMP_HOSTS));
        }
        for (int i = 0; i < ssh.jumpHosts().size(); i++) {
            jumpHost(path + ".jumpHosts[" + i + "]", ssh.jumpHosts().get(i));
        }
        jumpHostsOnce(path + ".jumpHosts", ssh.jumpHosts());
    }

    /**
     * From a jump host there is no way through the same one again. A name that is the same need not be: seen from
     * another host, {@code localhost} or 10.0.0.4 is another computer. Only their host keys tell them apart.
     */
    private void jumpHostsOnce(String path, List<SetupRequest.JumpHost> jumpHosts) {
        for (int i = 0; i < jumpHosts.size(); i++) {
            SetupRequest.JumpHost jumpHost = jumpHosts.get(i);
            for (int other = 0; other < i; other++) {
                if (!jumpHost.host().isEmpty() && mayBeSame(jumpHosts.get(other), jumpHost)) {
                    broken(path + "[" + i + "].host", jumpHost.host(), "jumpHost.twice", path + "[" + other + "]");
                    break;
                }
            }
        }
    }

    private static boolean mayBeSame(SetupRequest.JumpHost one, SetupRequest.JumpHost other) {
        boolean toldApart = one.hostKey().isPresent()
                && other.hostKey().isPresent()
                && !one.hostKey().equals(other.hostKey());
        return !toldApart
                && one.host().equalsIgnoreCase(other.host())
                && one.port() == other.port()
                && one.user().equals(other.user());
    }

    private void subnet(String path, Machine machine, String subnet) {
        matches(path + ".subnet", subnet, SUBNET, "subnet");
        if (!machine.create()) {
            broken(path + ".subnet", subnet, "subnet.existing");
        }
    }

    private void port(String path, int port) {
        if (port < 1 || port > 65535) {
            broken(path, String.valueOf(port), "port");
        }
    }

    private void jumpHost(String path, SetupRequest.JumpHost jumpHost) {
        matches(path + ".host", jumpHost.host(), HOST, "jumpHost.host");
        port(path + ".port", jumpHost.port());
        matches(path + ".user", jumpHost.user(), OLD_USER, "jumpHost.user");
        jumpHost.key()
                .filter(key -> unwritable(key) || !KeyPath.isPossible(key))
                .ifPresent(key -> broken(path + ".key", key, "sshKey.path"));
        jumpHost.hostKey().filter(key -> !isHostKey(key)).ifPresent(key -> broken(path + ".hostKey", key, "hostKey"));
    }

    private static boolean isHostKey(String text) {
        try {
            SshTarget.Trust.parse(text);
            return true;
        } catch (IllegalArgumentException neither) {
            return false;
        }
    }

    /** @param size empty: it is left to the program */
    private void made(String path, String image, String size, String user) {
        if (MachineImages.resolve(image).isEmpty()) {
            broken(path + ".image", image, "machine.image", String.join(", ", MachineImages.aliases()));
        }
        if (!size.isEmpty()) {
            matches(path + ".size", size, SIZE, "size");
        }
        matches(path + ".adminUser", user, NEW_USER, "adminUser.new");
        if (RESERVED_USERS.contains(user)) {
            broken(path + ".adminUser", user, "adminUser.reserved");
        }
    }

    private void scaleSet(SetupRequest request, SetupRequest.ScaleSet set) {
        String path = "scaleSet";
        matches(path + ".name", set.name(), SCALE_SET, "scaleSet");
        String group = request.scaleSetGroup(set);
        request.machines().stream()
                .filter(machine -> machine.create()
                        && machine.name().equalsIgnoreCase(set.name())
                        && request.machineGroup(machine).equalsIgnoreCase(group))
                .findFirst()
                .ifPresent(same -> broken(path + ".name", set.name(), "scaleSet.machine"));
        if (set.instances() < 1 || set.instances() > MOST_INSTANCES) {
            violations.add(new Violation(path + ".instances", String.valueOf(set.instances()), INSTANCES));
        }
        made(path, set.image(), set.size(), set.adminUser());
        key(path + ".sshKey", set.sshKey());
        otherGroup(path, set.resourceGroup());
        if (request.identity().kind() == Identity.Kind.SYSTEM_ASSIGNED) {
            broken("identity.kind", "system-assigned", "scaleSet.identity");
        }
        if (!request.access().credentialHelper()) {
            broken("keepSignedIn", "false", "scaleSet.keepSignedIn");
        }
    }

    private void key(String path, Optional<String> given) {
        given.ifPresent(key -> {
            if (unwritable(key)) {
                broken(path, key, "sshKey.blank");
            } else if (!KeyPath.isPossible(key)) {
                broken(path, key, "sshKey.path");
            }
        });
    }

    private void identity(Identity identity) {
        if (identity.kind() == Identity.Kind.USER_ASSIGNED) {
            matches("identity.name", identity.name(), IDENTITY, "identity");
        } else if (!identity.name().isEmpty()) {
            broken("identity.name", identity.name(), "identity.system");
        }
        otherGroup("identity", identity.resourceGroup());
    }

    private void repositories(SetupRequest request) {
        RepositoryScope scope = request.repositories();
        List<String> patterns = scope.patterns();
        if (patterns.size() > RepositoryScope.MOST) {
            violations.add(new Violation("repositories", String.valueOf(patterns.size()), TOO_MANY_REPOSITORIES));
        }
        boolean valid = true;
        for (int i = 0; i < patterns.size(); i++) {
            if (!RepositoryScope.isValid(patterns.get(i))) {
                valid = false;
                broken("repositories[" + i + "]", patterns.get(i), "repositories");
            }
        }
        if (valid) {
            ImageName.parse(request.image())
                    .filter(image -> !scope.covers(image.repository()))
                    .ifPresent(image ->
                            broken("repositories", scope.toString(), "repositories.image", image.repository()));
        }
    }

    private void otherGroup(String path, Optional<String> group) {
        group.ifPresent(name -> matches(path + ".resourceGroup", name, GROUP, "resourceGroup"));
    }

    private void matches(String path, String value, Pattern pattern, String rule) {
        if (!pattern.matcher(value).matches()) {
            broken(path, value, rule);
        }
    }

    private void broken(String path, String value, String rule, Object... arguments) {
        violations.add(new Violation(path, value, Text.of("setup.rule." + rule, arguments)));
    }

    /** What a network security rule would take for everyone, though it is no address range. */
    private static boolean isEveryone(String range) {
        return Set.of("*", "any", "internet").contains(range.toLowerCase(Locale.ROOT));
    }

    private static boolean unwritable(String value) {
        return value.isBlank() || value.chars().anyMatch(Character::isISOControl);
    }
}
