package io.keylesspull.practice.machine;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.Imds;
import io.keylesspull.practice.directory.ManagedIdentities.Attached;
import io.keylesspull.practice.directory.ManagedIdentities.Managed;
import io.keylesspull.practice.directory.TokenHook;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.machine.host.PracticeMachine;
import io.keylesspull.practice.machine.host.PracticeMachines;
import io.keylesspull.practice.machine.program.apt.PackageServers;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.practice.registry.ImageStore.PermissionMode;
import io.keylesspull.practice.registry.PracticeRegistries;
import io.keylesspull.practice.registry.RegistryImage;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A machine in a small internet of real registries and identities, and a key to get in. */
final class Rig implements AutoCloseable {

    static final String VM = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/myDockerVM";
    static final String IDENTITY =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity" + "/userAssignedIdentities/myACRId";
    static final String CLIENT_ID = "11111111-1111-1111-1111-111111111111";
    static final String REGISTRY = "mycontainerregistry.azurecr.io";
    static final String ADDRESS = "20.0.0.4";
    private static final String REGISTRY_ID = "/subscriptions/s/resourceGroups/g/providers"
            + "/Microsoft.ContainerRegistry/registries/myContainerRegistry";

    final Set<String> allowed = ConcurrentHashMap.newKeySet();
    final List<Managed> attached = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final MachineFaults faults = new MachineFaults();
    final PracticeMachines machines;
    final PracticeRegistries registries;
    /** The machine's address, if the registry refuses it. */
    volatile Optional<String> refused = Optional.empty();

    private final KeyPair key;
    private final Imds imds;
    /** Whether the machine's network leads nowhere. */
    volatile boolean noWayOut;

    private final List<Session> sessions = new ArrayList<>();

    Rig() {
        this(Pace.INSTANT, "ubuntu-22.04", Set.of());
    }

    Rig(Pace pace, String release, Set<String> packages) {
        Time time = Time.system();
        Tokens tokens = new Tokens(new Random(1), time, TokenHook.NONE);
        registries = new PracticeRegistries(
                (who, action, scope) -> who.equals("principal") && allowed.contains(action),
                (registry, request) -> refused,
                tokens,
                time,
                new Random(2));
        registries.addRegistry(REGISTRY_ID, REGISTRY, PermissionMode.LEGACY_REGISTRY_PERMISSIONS);
        registries.copy(
                new RegistryImage("mcr.microsoft.com", "azuredocs/aci-helloworld", "latest"),
                new RegistryImage(REGISTRY, "aci-helloworld", "v1"));
        imds = new Imds(
                tokens,
                vm -> vm.equalsIgnoreCase(VM)
                        ? new Attached(Optional.empty(), attached)
                        : new Attached(Optional.empty(), List.of()),
                vm -> "tenant");
        machines = new PracticeMachines(pace, time, this::send, new Random(3), faults);
        try {
            key = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
        } catch (JSchException e) {
            throw new IllegalStateException(e);
        }
        machines.add(new Hypervisor.Spec(
                VM,
                "myDockerVM",
                ADDRESS,
                "10.0.0.4",
                "network",
                release,
                "azureuser",
                List.of(publicKey(key)),
                packages,
                ""));
        machines.start(VM, Instant.now());
    }

    static String publicKey(KeyPair key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        key.writePublicKey(bytes, "test");
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Response send(Request request) {
        String host = request.uri().getHost();
        requests.add(request.method() + " " + host + request.uri().getPath());
        if (host.equals("169.254.169.254")) {
            return imds.handle(request);
        }
        if (noWayOut) {
            throw new UncheckedIOException(new SocketTimeoutException("192.0.2.1"));
        }
        if (host.equals("management.azure.com")) {
            return new Response(200, Map.of(), "{\"value\":[]}".getBytes(StandardCharsets.UTF_8));
        }
        if (PackageServers.has(host)) {
            return PackageServers.answer(request);
        }
        if (registries.serves(host)) {
            return registries.handle(request);
        }
        throw new UncheckedIOException(new UnknownHostException(host));
    }

    void attachIdentity() {
        attached.add(new Managed(IDENTITY, CLIENT_ID, "principal"));
    }

    void allow(String... actions) {
        for (String action : actions) {
            allowed.add("Microsoft.ContainerRegistry/registries/" + action);
        }
    }

    PracticeMachine machine() {
        return machines.machine(VM);
    }

    Ssh ssh() throws JSchException {
        return ssh("azureuser", key);
    }

    Ssh ssh(String user, KeyPair with) throws JSchException {
        InetSocketAddress address = machines.sshServer(ADDRESS, 22).orElseThrow();
        JSch jsch = new JSch();
        ByteArrayOutputStream privateKey = new ByteArrayOutputStream();
        with.writeOpenSSHv1PrivateKey(privateKey, null);
        jsch.addIdentity("test", privateKey.toByteArray(), null, null);
        Session session = jsch.getSession(user, address.getHostString(), address.getPort());
        session.setConfig("StrictHostKeyChecking", "no");
        session.setConfig("PreferredAuthentications", "publickey");
        session.connect(10_000);
        sessions.add(session);
        return new Ssh(session);
    }

    @Override
    public void close() {
        sessions.forEach(Session::disconnect);
        machines.close();
    }
}
