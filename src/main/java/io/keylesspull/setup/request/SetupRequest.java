package io.keylesspull.setup.request;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the user wants set up: the record behind the wizard's pages and the setup file. It holds what was asked for,
 * right or wrong, with names as Azure writes them; {@link SetupRules} say whether it can be done.
 *
 * @param subscription id or name; empty only in practice mode, where the first one is meant
 * @param location Azure's name for it, such as {@code japaneast}
 * @param image {@code repository:tag} or {@code repository@sha256:…} in the registry
 * @param machines with clusters and the scale set, at least one
 * @param clusters existing ones
 * @param scaleSet a new one
 * @param identity of the machines and of the scale set; means nothing for clusters, which have their own
 * @param repositories where the role counts, on a registry with repository permissions
 */
public record SetupRequest(
        SignIn signIn,
        Optional<String> subscription,
        String location,
        ResourceGroup resourceGroup,
        Registry registry,
        String image,
        List<Machine> machines,
        List<Cluster> clusters,
        Optional<ScaleSet> scaleSet,
        Identity identity,
        Role role,
        RepositoryScope repositories,
        MachineAccess access) {

    public SetupRequest {
        machines = List.copyOf(machines);
        clusters = List.copyOf(clusters);
        // Azure's names are its display names without the blanks: "Japan East".
        location =
                location.indexOf(' ') < 0 ? location : location.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    /** With the role on all repositories, without clusters and scale set. */
    public SetupRequest(
            SignIn signIn,
            Optional<String> subscription,
            String location,
            ResourceGroup resourceGroup,
            Registry registry,
            String image,
            List<Machine> machines,
            Identity identity,
            Role role,
            MachineAccess access) {
        this(
                signIn,
                subscription,
                location,
                resourceGroup,
                registry,
                image,
                machines,
                List.of(),
                Optional.empty(),
                identity,
                role,
                RepositoryScope.ALL,
                access);
    }

    /** @param tenant a directory's id or domain; empty for the account's home */
    public record SignIn(SignInMethod method, Optional<String> tenant, AzureCloud cloud) {

        /** The page of a resource in Azure's portal. */
        public String portalPage(String resourceId) {
            return cloud.portalPage(tenant, resourceId);
        }
    }

    /** @param create false: it exists and is to be found */
    public record ResourceGroup(String name, boolean create) {}

    /**
     * @param name a login server is understood
     * @param sku Basic, Standard or Premium; only for a new one
     * @param imported the image that the registry imports as {@link #image} if it does not have that, as
     *     {@link ImportSource} reads it; empty: none
     * @param resourceGroup where it is not the request's own group
     */
    public record Registry(
            String name, boolean create, String sku, Optional<String> imported, Optional<String> resourceGroup) {

        public Registry {
            name = ImageName.registryOf(name);
        }

        /** @param importSample whether Microsoft's sample is what is imported */
        public Registry(String name, boolean create, String sku, boolean importSample, Optional<String> resourceGroup) {
            this(
                    name,
                    create,
                    sku,
                    Optional.of(ImportSource.SAMPLE.toString()).filter(sample -> importSample),
                    resourceGroup);
        }

        /** What is imported; empty if nothing is. {@link SetupRules} have seen that it can be read. */
        public Optional<ImportSource> importSource() {
            return imported.flatMap(ImportSource::parse);
        }
    }

    /**
     * @param image an alias of {@link MachineImages} or publisher:offer:sku:version; only for a new one
     * @param size such as {@code Standard_B2s_v2}; only for a new one; empty: one of {@link DefaultSizes}
     * @param adminUser who runs the commands on it, and signs in over SSH for that
     * @param sshKey path of an existing private key; empty: one is made for a new machine, and an existing one is
     *     opened by those that {@code ssh} would try
     * @param resourceGroup where it is not the request's own group
     * @param network where a new one lies; means nothing for one that exists
     * @param way by which its commands go
     */
    public record Machine(
            String name,
            boolean create,
            String image,
            String size,
            String adminUser,
            Optional<String> sshKey,
            Optional<String> resourceGroup,
            Network network,
            Way way) {

        /** By SSH on port 22, without a jump host; with a public address, if it is new. */
        public Machine(
                String name,
                boolean create,
                String image,
                String size,
                String adminUser,
                Optional<String> sshKey,
                Optional<String> allowSshFrom,
                Optional<String> resourceGroup) {
            this(
                    name,
                    create,
                    image,
                    size,
                    adminUser,
                    sshKey,
                    resourceGroup,
                    new PublicAddress(allowSshFrom),
                    Ssh.DEFAULT);
        }

        /** The way to its SSH server; empty: its commands go by Run Command. */
        public Optional<Ssh> ssh() {
            return way instanceof Ssh ssh && !byRunCommand() ? Optional.of(ssh) : Optional.empty();
        }

        /**
         * Whether its commands go by Run Command, whatever else reaches it. So they do if the way is left open and
         * nothing else would reach it: no other network is connected with a new one.
         */
        public boolean byRunCommand() {
            return way instanceof RunCommand || isBehindGateway() && way.equals(Ssh.DEFAULT);
        }

        /** Whether it exists and it is left to the program how it is reached, and with which key. */
        public boolean wayIsOpen() {
            return !create && sshKey.isEmpty() && way.equals(Ssh.DEFAULT);
        }

        /** The id of the subnet that a new one is to lie in. */
        public Optional<String> subnet() {
            return network instanceof InSubnet in ? Optional.of(in.id()) : Optional.empty();
        }

        /** Whether a new one is to have no public address. */
        public boolean isPrivate() {
            return !(network instanceof PublicAddress);
        }

        /** Whether a new one is to get a network of its own, out of which a NAT gateway leads. */
        public boolean isBehindGateway() {
            return network instanceof BehindGateway;
        }

        /** From where port 22 of a new one may be reached, if that is said. */
        public Optional<String> allowSshFrom() {
            return network instanceof PublicAddress open ? open.allowSshFrom() : Optional.empty();
        }

        /** Whether port 22 of a new one has to be reached from outside. */
        public boolean needsOpenSsh() {
            return create && !isPrivate() && !byRunCommand();
        }

        /** Whether it is to get a size of {@link DefaultSizes} that the location offers. */
        public boolean sizeIsOpen() {
            return create && size.isEmpty();
        }

        /** The same of a size. @param name Azure's */
        public Machine withSize(String name) {
            return new Machine(this.name, create, image, name, adminUser, sshKey, resourceGroup, network, way);
        }

        /** The same, opened by a key. @param path of a private key; empty: a new one */
        public Machine withSshKey(Optional<String> path) {
            return new Machine(name, create, image, size, adminUser, path, resourceGroup, network, way);
        }

        /** The same, lying elsewhere. */
        public Machine withNetwork(Network other) {
            return new Machine(name, create, image, size, adminUser, sshKey, resourceGroup, other, way);
        }

        /** The same, reached by another way. */
        public Machine withWay(Way other) {
            return new Machine(name, create, image, size, adminUser, sshKey, resourceGroup, network, other);
        }
    }

    /** An existing AKS cluster. @param resourceGroup where it is not the request's own group */
    public record Cluster(String name, Optional<String> resourceGroup) {}

    /**
     * A new virtual machine scale set, with flexible orchestration and a network of its own out of which a NAT gateway
     * leads.
     *
     * @param instances how many virtual machines, 1 to {@link SetupRules#MOST_INSTANCES}
     * @param image as of a new machine
     * @param size as of a new machine
     * @param adminUser whom the key lets in
     * @param sshKey path of an existing private key; empty: one is made
     * @param resourceGroup where it is not the request's own group
     */
    public record ScaleSet(
            String name,
            int instances,
            String image,
            String size,
            String adminUser,
            Optional<String> sshKey,
            Optional<String> resourceGroup) {

        /** Whether it is to get a size of {@link DefaultSizes} that the location offers. */
        public boolean sizeIsOpen() {
            return size.isEmpty();
        }

        /** The same of a size. @param name Azure's */
        public ScaleSet withSize(String name) {
            return new ScaleSet(this.name, instances, image, name, adminUser, sshKey, resourceGroup);
        }

        /** The same, opened by a key. @param path of a private key; empty: a new one */
        public ScaleSet withSshKey(Optional<String> path) {
            return new ScaleSet(name, instances, image, size, adminUser, path, resourceGroup);
        }
    }

    /** Where a new machine lies. */
    public sealed interface Network permits PublicAddress, BehindGateway, InSubnet {}

    /**
     * In a network of its own, with a public address.
     *
     * @param allowSshFrom CIDR from which port 22 may be reached; empty: the caller's own address, or nobody if the
     *     machine's commands go by Run Command
     */
    public record PublicAddress(Optional<String> allowSshFrom) implements Network {}

    /** In a network of its own without a public address, out of which a NAT gateway leads. */
    public record BehindGateway() implements Network {}

    /** In a subnet that exists, without a public address. @param id the subnet's resource id */
    public record InSubnet(String id) implements Network {}

    /** By which way a machine's commands go. */
    public sealed interface Way permits Ssh, RunCommand {}

    /** By Azure's Run Command, without SSH. */
    public record RunCommand() implements Way {}

    /**
     * By SSH.
     *
     * @param address empty: the one that answers; a jump host tries the private one first, everyone else the public one
     * @param port 1 to 65535; only an existing machine has another than 22
     * @param jumpHosts in the order in which they are passed, at most {@link #MOST_JUMP_HOSTS}; empty: none
     * @param addKey whether the user of an existing machine gets the key, by Run Command, if SSH does not take it
     */
    public record Ssh(Optional<Address> address, int port, List<JumpHost> jumpHosts, boolean addKey) implements Way {

        public static final int DEFAULT_PORT = 22;

        public static final int MOST_JUMP_HOSTS = 2;

        public static final Ssh DEFAULT = new Ssh(Optional.empty(), DEFAULT_PORT, List.of());

        public Ssh {
            jumpHosts = List.copyOf(jumpHosts);
        }

        /** A way on which no key is added. */
        public Ssh(Optional<Address> address, int port, List<JumpHost> jumpHosts) {
            this(address, port, jumpHosts, false);
        }

        /** Whether the address, the port and what lies between are left to the program. */
        public boolean isOpen() {
            return address.isEmpty() && port == DEFAULT_PORT && jumpHosts.isEmpty();
        }

        /** Which of a machine's addresses. */
        public enum Address {
            PUBLIC,
            PRIVATE
        }
    }

    /**
     * A computer that connects to machines for those who sign in to it.
     *
     * @param host name or address, as the one before it in the chain knows it
     * @param key path of a private key; empty: the machine's own, or those that {@code ssh} would try
     * @param hostKey the computer's public host key, or its fingerprint; empty: as in the user's known_hosts
     */
    public record JumpHost(String host, int port, String user, Optional<String> key, Optional<String> hostKey) {

        /** For people: {@code ops@bastion.contoso.com}, with the port if it is not 22. */
        public String shown() {
            return user + "@" + host + (port == Ssh.DEFAULT_PORT ? "" : ":" + port);
        }
    }

    /**
     * @param name of a user-assigned identity; empty for a system-assigned one
     * @param create false: the user-assigned identity exists
     * @param resourceGroup where it is not the request's own group
     */
    public record Identity(Kind kind, String name, boolean create, Optional<String> resourceGroup) {

        /** Which of Azure's two kinds of managed identity. */
        public enum Kind {
            USER_ASSIGNED,
            SYSTEM_ASSIGNED
        }
    }

    /** What the machines may do with the registry's images, in the words of the registry's classic roles. */
    public enum Role {
        ACR_PULL("AcrPull"),
        ACR_PUSH("AcrPush");

        private final String azureName;

        Role(String azureName) {
            this.azureName = azureName;
        }

        /** What Azure and the setup file call it. */
        public String azureName() {
            return azureName;
        }
    }

    /**
     * How the machines get at the registry, and what may be done to them for it.
     *
     * @param azureCli whether the first pull goes by the Azure CLI, as in the tutorial, which is installed for it;
     *     false only if {@code credentialHelper} is true, which then does it alone
     * @param credentialHelper whether the machines get a Docker credential helper that asks the identity at each pull;
     *     without it the sign-in to the registry lasts for three hours
     * @param dockerGroup whether the machines' users get into the group docker, which makes them as good as root;
     *     false: Docker and the Azure CLI are run by sudo, and what they store is root's
     * @param startStopped whether an existing machine that is stopped is started, which costs money; false: it is
     *     reported
     */
    public record MachineAccess(boolean azureCli, boolean credentialHelper, boolean dockerGroup, boolean startStopped) {

        public static final MachineAccess DEFAULT = new MachineAccess(true, true, true, false);

        public MachineAccess withStartStopped(boolean wanted) {
            return new MachineAccess(azureCli, credentialHelper, dockerGroup, wanted);
        }
    }

    /** The same in a subscription. @param id its id or name */
    public SetupRequest withSubscription(String id) {
        return with(Optional.of(id), machines, scaleSet, access);
    }

    /** The same with another scale set. */
    public SetupRequest withScaleSet(Optional<ScaleSet> other) {
        return with(subscription, machines, other, access);
    }

    /** The same with other machines. */
    public SetupRequest withMachines(List<Machine> others) {
        return with(subscription, others, scaleSet, access);
    }

    /** The same with another way to the registry. */
    public SetupRequest withAccess(MachineAccess other) {
        return with(subscription, machines, scaleSet, other);
    }

    private SetupRequest with(
            Optional<String> subscription, List<Machine> machines, Optional<ScaleSet> scaleSet, MachineAccess access) {
        return new SetupRequest(
                signIn,
                subscription,
                location,
                resourceGroup,
                registry,
                image,
                machines,
                clusters,
                scaleSet,
                identity,
                role,
                repositories,
                access);
    }

    /** As many existing machines are set up one by one. */
    public static final int MOST_ONE_BY_ONE = 50;

    /** The existing machines that Azure sets up by a script each, because there are many; none if there are few. */
    public List<Machine> batched() {
        List<Machine> some = machines.stream()
                .filter(machine -> !machine.create() && machine.byRunCommand())
                .toList();
        return some.size() > MOST_ONE_BY_ONE ? some : List.of();
    }

    /** The same, where many existing machines whose way is left open go by Run Command. */
    public SetupRequest withBatches() {
        long many = machines.stream()
                .filter(machine -> !machine.create() && machine.byRunCommand() || machine.wayIsOpen())
                .count();
        return many <= MOST_ONE_BY_ONE
                ? this
                : withMachines(machines.stream()
                        .map(machine -> machine.wayIsOpen() ? machine.withWay(new RunCommand()) : machine)
                        .toList());
    }

    /** Whether there is a target that is given an identity: clusters have one. */
    public boolean givesIdentity() {
        return !machines.isEmpty() || scaleSet.isPresent();
    }

    /** Whether anything is made in the request's own group, or looked for there. */
    public boolean usesResourceGroup() {
        return Stream.of(
                        Stream.of(registryGroup()),
                        givesIdentity() && identity.kind() == Identity.Kind.USER_ASSIGNED
                                ? Stream.of(identityGroup())
                                : Stream.<String>empty(),
                        machines.stream().map(this::machineGroup),
                        clusters.stream().map(this::clusterGroup),
                        scaleSet.stream().map(this::scaleSetGroup))
                .flatMap(groups -> groups)
                .anyMatch(resourceGroup.name()::equalsIgnoreCase);
    }

    /** The resource group of the registry. */
    public String registryGroup() {
        return registry.resourceGroup().orElse(resourceGroup.name());
    }

    /**
     * The registry's name for the Azure CLI, which makes registries in lower case only. Azure compares without case.
     */
    public String registryNameByHand() {
        return registry.create() ? registry.name().toLowerCase(Locale.ROOT) : registry.name();
    }

    /**
     * What tells a machine from the others of this request, for people and in the journal: its name, with its resource
     * group where another one has the same name. In Azure it is called by its name.
     */
    public String label(Machine machine) {
        boolean alone = machines.stream()
                        .filter(other -> other.name().equalsIgnoreCase(machine.name()))
                        .limit(2)
                        .count()
                < 2;
        return alone ? machine.name() : machine.name() + " (" + machineGroup(machine) + ")";
    }

    /** The same of a cluster. */
    public String label(Cluster cluster) {
        return isOnlyOne(cluster.name()) ? cluster.name() : cluster.name() + " (AKS, " + clusterGroup(cluster) + ")";
    }

    /** The same of the scale set. */
    public String label(ScaleSet set) {
        return isOnlyOne(set.name()) ? set.name() : set.name() + " (VMSS, " + scaleSetGroup(set) + ")";
    }

    private boolean isOnlyOne(String target) {
        return Stream.of(
                                machines.stream().map(Machine::name),
                                clusters.stream().map(Cluster::name),
                                scaleSet.stream().map(ScaleSet::name))
                        .flatMap(names -> names)
                        .filter(target::equalsIgnoreCase)
                        .limit(2)
                        .count()
                < 2;
    }

    /** The labels of all machines, then of all clusters, in their order, and of the scale set. */
    public List<String> labels() {
        return Stream.of(
                        machines.stream().map(this::label),
                        clusters.stream().map(this::label),
                        scaleSet.stream().map(this::label))
                .flatMap(labels -> labels)
                .toList();
    }

    /** The resource group of a cluster. */
    public String clusterGroup(Cluster cluster) {
        return cluster.resourceGroup().orElse(resourceGroup.name());
    }

    /** The resource group of the scale set. */
    public String scaleSetGroup(ScaleSet set) {
        return set.resourceGroup().orElse(resourceGroup.name());
    }

    /** The resource group of a machine. */
    public String machineGroup(Machine machine) {
        return machine.resourceGroup().orElse(resourceGroup.name());
    }

    /** The resource group of a user-assigned identity. */
    public String identityGroup() {
        return identity.resourceGroup().orElse(resourceGroup.name());
    }
}
