package io.keylesspull.setup.request;

import static io.keylesspull.setup.request.FileKey.optional;
import static io.keylesspull.setup.request.FileKey.required;
import static io.keylesspull.setup.request.FileKey.withDefault;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.setup.request.FileObject.Clash;
import io.keylesspull.setup.request.FileValue.Choice;
import io.keylesspull.setup.request.FileValue.Flag;
import io.keylesspull.setup.request.FileValue.Items;
import io.keylesspull.setup.request.FileValue.Whole;
import io.keylesspull.setup.request.FileValue.Words;
import io.keylesspull.setup.request.SetupRequest.BehindGateway;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.InSubnet;
import io.keylesspull.setup.request.SetupRequest.JumpHost;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.request.SetupRequest.Network;
import io.keylesspull.setup.request.SetupRequest.PublicAddress;
import io.keylesspull.setup.request.SetupRequest.Registry;
import io.keylesspull.setup.request.SetupRequest.ResourceGroup;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.request.SetupRequest.RunCommand;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.request.SetupRequest.SignIn;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys of a setup file: the one place where they and their defaults are named, for reading and for writing. */
final class SetupFileKeys {

    static final String SIGN_IN_KEY = "signIn";
    static final String MACHINES_KEY = "machines";
    static final String CLUSTERS_KEY = "clusters";
    static final String SCALE_SET_KEY = "scaleSet";
    /** Of those at least one is needed. */
    static final List<String> TARGET_KEYS = List.of(MACHINES_KEY, CLUSTERS_KEY, SCALE_SET_KEY);

    static final String IDENTITY_KEY = "identity";
    static final String IMPORT_KEY = "import";
    static final String REPOSITORIES_KEY = "repositories";

    private static final SignIn NO_SIGN_IN = new SignIn(SignInMethod.BROWSER, Optional.empty(), AzureCloud.PUBLIC);

    private static final String USUAL_IMAGE = "Ubuntu2204";
    private static final String USUAL_USER = "azureuser";

    /** Stands for the identity of machines where there are none. */
    private static final Identity OF_NO_MACHINE =
            new Identity(Identity.Kind.SYSTEM_ASSIGNED, "", false, Optional.empty());

    private SetupFileKeys() {}

    static FileObject<SetupRequest> file() {
        FileKey<SetupRequest, Integer> version = required("version", new FileValue.Version(1), r -> 1);
        FileKey<SetupRequest, SignIn> signIn = withDefault(SIGN_IN_KEY, signIn(), NO_SIGN_IN, SetupRequest::signIn);
        FileKey<SetupRequest, String> subscription = optional("subscription", new Words(), SetupRequest::subscription);
        FileKey<SetupRequest, String> location = required("location", new Words(), SetupRequest::location);
        FileKey<SetupRequest, ResourceGroup> group =
                required("resourceGroup", resourceGroup(), SetupRequest::resourceGroup);
        FileKey<SetupRequest, Registry> registry = required("registry", registry(), SetupRequest::registry);
        FileKey<SetupRequest, String> image = required("image", new Words(), SetupRequest::image);
        FileKey<SetupRequest, List<Machine>> machines = optional(
                MACHINES_KEY,
                new Items<>(machine(), SetupRules.MOST_MACHINES, SetupRules.TOO_MANY_MACHINES),
                request -> Optional.of(request.machines()).filter(some -> !some.isEmpty()));
        FileKey<SetupRequest, List<Cluster>> clusters = optional(
                CLUSTERS_KEY,
                new Items<>(cluster(), SetupRules.MOST_CLUSTERS, SetupRules.TOO_MANY_CLUSTERS),
                request -> Optional.of(request.clusters()).filter(some -> !some.isEmpty()));
        FileKey<SetupRequest, ScaleSet> scaleSet = optional(SCALE_SET_KEY, scaleSet(), SetupRequest::scaleSet);
        FileKey<SetupRequest, Identity> identity =
                withDefault(IDENTITY_KEY, identity(), OF_NO_MACHINE, SetupRequest::identity);
        FileKey<SetupRequest, Role> role = withDefault(
                "role",
                choice(Map.entry("AcrPull", Role.ACR_PULL), Map.entry("AcrPush", Role.ACR_PUSH)),
                Role.ACR_PULL,
                SetupRequest::role);
        FileKey<SetupRequest, List<String>> repositories = optional(
                REPOSITORIES_KEY,
                new Items<>(new Words(), RepositoryScope.MOST, SetupRules.TOO_MANY_REPOSITORIES),
                request -> Optional.of(request.repositories().patterns()).filter(some -> !some.isEmpty()));
        FileKey<SetupRequest, Boolean> keepSignedIn = withDefault(
                "keepSignedIn", new Flag(), true, request -> request.access().credentialHelper());
        FileKey<SetupRequest, Boolean> azureCli = withDefault(
                "azureCli", new Flag(), true, request -> request.access().azureCli());
        FileKey<SetupRequest, Boolean> dockerGroup = withDefault(
                "dockerGroup", new Flag(), true, request -> request.access().dockerGroup());
        FileKey<SetupRequest, Boolean> startStopped = withDefault(
                "startStopped", new Flag(), false, request -> request.access().startStopped());
        return new FileObject<>(
                List.of(
                        version,
                        signIn,
                        subscription,
                        location,
                        group,
                        registry,
                        image,
                        machines,
                        clusters,
                        scaleSet,
                        identity,
                        role,
                        repositories,
                        keepSignedIn,
                        azureCli,
                        dockerGroup,
                        startStopped),
                v -> new SetupRequest(
                        v.get(signIn),
                        v.find(subscription),
                        v.get(location),
                        v.get(group),
                        v.get(registry),
                        v.get(image),
                        v.find(machines).orElse(List.of()),
                        v.find(clusters).orElse(List.of()),
                        v.find(scaleSet),
                        v.get(identity),
                        v.get(role),
                        v.find(repositories).map(RepositoryScope::new).orElse(RepositoryScope.ALL),
                        new MachineAccess(
                                v.get(azureCli), v.get(keepSignedIn), v.get(dockerGroup), v.get(startStopped))));
    }

    private static FileObject<Cluster> cluster() {
        FileKey<Cluster, String> name = required("name", new Words(), Cluster::name);
        FileKey<Cluster, String> group = optional("resourceGroup", new Words(), Cluster::resourceGroup);
        return new FileObject<>(List.of(name, group), v -> new Cluster(v.get(name), v.find(group)));
    }

    private static FileObject<ScaleSet> scaleSet() {
        FileKey<ScaleSet, String> name = required("name", new Words(), ScaleSet::name);
        FileKey<ScaleSet, Integer> instances = required(
                "instances", new Whole(1, SetupRules.MOST_INSTANCES, 1, SetupRules.INSTANCES), ScaleSet::instances);
        FileKey<ScaleSet, String> image = withDefault("image", new Words(), USUAL_IMAGE, ScaleSet::image);
        FileKey<ScaleSet, String> size = optional("size", new Words(), set -> given(set.size()));
        FileKey<ScaleSet, String> user = withDefault("adminUser", new Words(), USUAL_USER, ScaleSet::adminUser);
        FileKey<ScaleSet, String> key = optional("sshKey", new Words(), ScaleSet::sshKey);
        FileKey<ScaleSet, String> group = optional("resourceGroup", new Words(), ScaleSet::resourceGroup);
        return new FileObject<>(
                List.of(name, instances, image, size, user, key, group),
                v -> new ScaleSet(
                        v.get(name),
                        v.get(instances),
                        v.get(image),
                        v.find(size).orElse(""),
                        v.get(user),
                        v.find(key),
                        v.find(group)));
    }

    private static FileObject<SignIn> signIn() {
        FileKey<SignIn, SignInMethod> method = withDefault(
                "method", choice(SignInMethod.values(), SignInMethod::fileName), NO_SIGN_IN.method(), SignIn::method);
        FileKey<SignIn, String> tenant = optional("tenant", new Words(), SignIn::tenant);
        FileKey<SignIn, AzureCloud> cloud = withDefault(
                "cloud", choice(AzureCloud.values(), AzureCloud::fileName), NO_SIGN_IN.cloud(), SignIn::cloud);
        return new FileObject<>(
                List.of(method, tenant, cloud), v -> new SignIn(v.get(method), v.find(tenant), v.get(cloud)));
    }

    private static FileObject<ResourceGroup> resourceGroup() {
        FileKey<ResourceGroup, String> name = required("name", new Words(), ResourceGroup::name);
        FileKey<ResourceGroup, Boolean> create = withDefault("create", new Flag(), true, ResourceGroup::create);
        return new FileObject<>(List.of(name, create), v -> new ResourceGroup(v.get(name), v.get(create)));
    }

    private static FileObject<Registry> registry() {
        FileKey<Registry, String> name = required("name", new Words(), Registry::name);
        FileKey<Registry, Boolean> create = withDefault("create", new Flag(), true, Registry::create);
        FileKey<Registry, String> sku = withDefault(
                "sku", choice(SetupRules.SKUS.toArray(String[]::new), Function.identity()), "Basic", Registry::sku);
        String sampleImage = ImportSource.SAMPLE.toString();
        FileKey<Registry, Boolean> sample = withDefault(
                "importSample",
                new Flag(),
                false,
                registry -> registry.imported().filter(sampleImage::equals).isPresent());
        FileKey<Registry, String> imported = optional(
                IMPORT_KEY, new Words(), registry -> registry.imported().filter(source -> !source.equals(sampleImage)));
        FileKey<Registry, String> group = optional("resourceGroup", new Words(), Registry::resourceGroup);
        return new FileObject<>(
                List.of(name, create, sku, sample, imported, group),
                v -> new Registry(
                        v.get(name),
                        v.get(create),
                        v.get(sku),
                        v.get(sample) ? Optional.of(sampleImage) : v.find(imported),
                        v.find(group)));
    }

    private static FileObject<Machine> machine() {
        FileKey<Machine, String> name = required("name", new Words(), Machine::name);
        FileKey<Machine, Boolean> create = withDefault("create", new Flag(), true, Machine::create);
        FileKey<Machine, String> image = withDefault("image", new Words(), USUAL_IMAGE, Machine::image);
        FileKey<Machine, String> size = optional("size", new Words(), machine -> given(machine.size()));
        FileKey<Machine, String> user = withDefault("adminUser", new Words(), USUAL_USER, Machine::adminUser);
        FileKey<Machine, String> key = optional(
                "sshKey",
                new Words(),
                machine -> machine.sshKey().filter(path -> machine.create() || !machine.byRunCommand()));
        FileKey<Machine, String> from = optional("allowSshFrom", new Words(), Machine::allowSshFrom);
        FileKey<Machine, String> group = optional("resourceGroup", new Words(), Machine::resourceGroup);
        FileKey<Machine, Ssh> ssh =
                optional("ssh", ssh(), machine -> machine.ssh().filter(way -> !way.equals(Ssh.DEFAULT)));
        FileKey<Machine, Boolean> runCommand =
                withDefault("runCommand", new Flag(), false, machine -> machine.way() instanceof RunCommand);
        FileKey<Machine, String> subnet = optional("subnet", new Words(), Machine::subnet);
        FileKey<Machine, Boolean> publicAddress =
                withDefault("publicAddress", new Flag(), true, machine -> !machine.isPrivate());
        return new FileObject<>(
                List.of(name, create, image, size, user, key, from, group, subnet, publicAddress, runCommand, ssh),
                List.of(
                        new Clash<>(
                                runCommand,
                                v -> v.get(runCommand)
                                        && !v.find(ssh).orElse(Ssh.DEFAULT).equals(Ssh.DEFAULT),
                                Text.of("setup.file.runCommand.ssh")),
                        new Clash<>(
                                key, v -> v.get(runCommand) && !v.get(create), Text.of("setup.file.runCommand.sshKey")),
                        new Clash<>(from, v -> !v.get(create), Text.of("setup.file.existing.allowSshFrom")),
                        new Clash<>(
                                from,
                                v -> v.get(create) && v.find(subnet).isPresent(),
                                Text.of("setup.file.subnet.allowSshFrom")),
                        new Clash<>(
                                publicAddress,
                                v -> v.get(publicAddress) && v.find(subnet).isPresent(),
                                Text.of("setup.file.subnet.publicAddress")),
                        new Clash<>(
                                from,
                                v -> v.get(create)
                                        && !v.get(publicAddress)
                                        && v.find(subnet).isEmpty(),
                                Text.of("setup.file.publicAddress.allowSshFrom"))),
                v -> new Machine(
                        v.get(name),
                        v.get(create),
                        v.get(image),
                        v.find(size).orElse(""),
                        v.get(user),
                        v.find(key),
                        v.find(group),
                        v.find(subnet)
                                .<Network>map(InSubnet::new)
                                .orElseGet(() ->
                                        v.get(publicAddress) ? new PublicAddress(v.find(from)) : new BehindGateway()),
                        v.get(runCommand) ? new RunCommand() : v.find(ssh).orElse(Ssh.DEFAULT)));
    }

    private static FileObject<Ssh> ssh() {
        FileKey<Ssh, Ssh.Address> address = optional(
                "address",
                choice(Map.entry("public", Ssh.Address.PUBLIC), Map.entry("private", Ssh.Address.PRIVATE)),
                Ssh::address);
        FileKey<Ssh, Integer> port = withDefault("port", Whole.port(), Ssh.DEFAULT_PORT, Ssh::port);
        FileKey<Ssh, List<JumpHost>> jumpHosts = optional(
                "jumpHosts",
                new Items<>(jumpHost(), Ssh.MOST_JUMP_HOSTS, SetupRules.TOO_MANY_JUMP_HOSTS),
                way -> Optional.of(way.jumpHosts()).filter(chain -> !chain.isEmpty()));
        FileKey<Ssh, Boolean> addKey = withDefault("addKey", new Flag(), false, Ssh::addKey);
        return new FileObject<>(
                List.of(address, port, addKey, jumpHosts),
                v -> new Ssh(v.find(address), v.get(port), v.find(jumpHosts).orElse(List.of()), v.get(addKey)));
    }

    private static FileObject<JumpHost> jumpHost() {
        FileKey<JumpHost, String> host = required("host", new Words(), JumpHost::host);
        FileKey<JumpHost, Integer> port = withDefault("port", Whole.port(), Ssh.DEFAULT_PORT, JumpHost::port);
        FileKey<JumpHost, String> user = required("user", new Words(), JumpHost::user);
        FileKey<JumpHost, String> key = optional("key", new Words(), JumpHost::key);
        FileKey<JumpHost, String> hostKey = optional("hostKey", new Words(), JumpHost::hostKey);
        return new FileObject<>(
                List.of(host, port, user, key, hostKey),
                v -> new JumpHost(v.get(host), v.get(port), v.get(user), v.find(key), v.find(hostKey)));
    }

    private static Optional<String> given(String value) {
        return Optional.of(value).filter(some -> !some.isEmpty());
    }

    private static FileObject<Identity> identity() {
        FileKey<Identity, Identity.Kind> kind = required(
                "kind",
                choice(
                        Map.entry("user-assigned", Identity.Kind.USER_ASSIGNED),
                        Map.entry("system-assigned", Identity.Kind.SYSTEM_ASSIGNED)),
                Identity::kind);
        FileKey<Identity, String> name = optional("name", new Words(), identity -> given(identity.name()));
        FileKey<Identity, Boolean> create = withDefault("create", new Flag(), true, Identity::create);
        FileKey<Identity, String> group = optional("resourceGroup", new Words(), Identity::resourceGroup);
        return new FileObject<>(
                List.of(kind, name, create, group),
                v -> new Identity(v.get(kind), v.find(name).orElse(""), v.get(create), v.find(group)));
    }

    private static <V> Choice<V> choice(V[] values, Function<V, String> name) {
        Map<String, V> words = new LinkedHashMap<>();
        for (V value : values) {
            words.put(name.apply(value), value);
        }
        return new Choice<>(words);
    }

    @SafeVarargs
    private static <V> Choice<V> choice(Map.Entry<String, V>... entries) {
        Map<String, V> words = new LinkedHashMap<>();
        for (Map.Entry<String, V> entry : entries) {
            words.put(entry.getKey(), entry.getValue());
        }
        return new Choice<>(words);
    }
}
