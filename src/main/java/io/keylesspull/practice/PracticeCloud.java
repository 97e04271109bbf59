package io.keylesspull.practice;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.ArmState;
import io.keylesspull.practice.arm.ControlPlane;
import io.keylesspull.practice.arm.ControlPlane.Owner;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.cluster.Clusters;
import io.keylesspull.practice.directory.AccessCheck;
import io.keylesspull.practice.directory.Caller;
import io.keylesspull.practice.directory.IdentityProvider;
import io.keylesspull.practice.directory.Imds;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.directory.PracticeTenant;
import io.keylesspull.practice.directory.PracticeUser;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.machine.host.PracticeMachine;
import io.keylesspull.practice.machine.host.PracticeMachines;
import io.keylesspull.practice.price.PriceList;
import io.keylesspull.practice.registry.ImageStore;
import io.keylesspull.practice.registry.PracticeRegistries;
import io.keylesspull.practice.sshkey.PracticeKey;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.LoopbackHttpServer;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.practice.wire.VirtualHosts;
import io.keylesspull.time.Once;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A small Azure inside the program, reached by wire protocols only: HTTP at {@link #route()}, with the header
 * {@code Forwarded: host=…;proto=https} naming Azure's host, and SSH at {@link #sshServer}. It cannot be reached from
 * other computers, and nothing of it remains when it is closed. Safe for use by many threads.
 */
public final class PracticeCloud implements AutoCloseable {

    /** The address that all clients but the machines seem to come from: one for documentation (RFC 5737). */
    public static final String CALLER = "203.0.113.24";

    private static final String TENANT = "3f0c6b1e-58d4-4a0b-9c7e-8a2d51f4e6b7";
    private static final String SUBSCRIPTION = "6a1d2c3b-7e4f-4b58-8f90-1c2d3e4f5a6b";
    private static final String EMPTY_SUBSCRIPTION = "0d9e8c7b-6a5f-4e3d-9c2b-1a0f9e8d7c6b";
    private static final PracticeUser USER = new PracticeUser(
            "a4c1e7d2-93b5-4f68-8e0a-5b7c9d1f2e34", "Practice User", "admin@practice.onmicrosoft.com", TENANT);
    private static final PracticeTenant HOME =
            new PracticeTenant("Practice directory", "practice.onmicrosoft.com", USER);
    /** A directory in which the user is a guest. */
    private static final PracticeTenant PARTNER = new PracticeTenant(
            "Partner directory",
            "partner.onmicrosoft.com",
            new PracticeUser(
                    "7c2e9f40-1b6d-4a83-b5e7-0d4f8a6c2b19",
                    USER.name(),
                    USER.userPrincipalName(),
                    "b17d4e92-6c3f-4058-a9e1-2f7c5d8b0a64"));

    private static final String PARTNER_SUBSCRIPTION = "94e0b6d3-2a7f-4c15-8d9b-6f3e1a5c7048";

    private final Time time;
    private final Instant started;
    private final ArmState state;
    private final PracticeRegistries registries;
    private final Hypervisor hypervisor;
    private final Clusters clusters;
    private final Pace pace;
    private final ControlPlane controlPlane;
    private final PracticeKey key = PracticeKey.generate();
    private final VirtualHosts hosts = new VirtualHosts();
    private final LoopbackHttpServer server;
    private final Seed seed;
    private final Once<Boolean> manyMachines;
    /** How many there are in the subscription with many. */
    private volatile int many = 60;

    /** Starts a practice cloud with some resources in it. */
    public static PracticeCloud start(Pace pace, Time time, RandomGenerator random) {
        return start(pace, time, random, Hooks.NONE);
    }

    static PracticeCloud start(Pace pace, Time time, RandomGenerator random, Hooks hooks) {
        RandomGenerator shared = new SharedRandom(random);
        return new PracticeCloud(
                pace, time, shared, hooks, internet -> new PracticeMachines(pace, time, internet, shared, hooks.ssh()));
    }

    /** @param hypervisor makes the machines, given what they reach by HTTP */
    PracticeCloud(
            Pace pace, Time time, RandomGenerator random, Hooks hooks, Function<HttpService, Hypervisor> hypervisor) {
        RandomGenerator shared = new SharedRandom(random);
        Tokens tokens = new Tokens(shared, time, hooks.tokens());
        this.time = time;
        this.pace = pace;
        started = time.now();
        state = new ArmState(pace, time, shared, TENANT, hooks.arm());
        registries = new PracticeRegistries(state.permissions(), state.registryNetwork(CALLER), tokens, time, shared);
        MachineNetwork network = new MachineNetwork(hosts, state);
        HttpService internet = request -> hooks.http().answer(request, network).response();
        this.hypervisor = hypervisor.apply(internet);
        clusters = new Clusters(internet, state.clock(), hooks.clusters());
        controlPlane = ControlPlane.of(state, tokens, registries, this.hypervisor, clusters);
        manyMachines = new Once<>(() -> {
            addMachines(tokens, many);
            return true;
        });
        hosts.add("management.azure.com", this::azure);
        hosts.add("login.microsoftonline.com", new IdentityProvider(tokens, List.of(HOME, PARTNER))::handle);
        hosts.add(MachineNetwork.METADATA, new Imds(tokens, state.identities(), state::tenantOf)::handle);
        hosts.add(PriceList.HOST, new PriceList());
        hosts.add(registries::serves, registries::handle);
        seed = seed(tokens);
        server = LoopbackHttpServer.open(hosts, hooks.http(), time);
    }

    private Seed seed(Tokens tokens) {
        controlPlane.addTenant(HOME);
        controlPlane.addTenant(PARTNER);
        Owner user = new Owner(USER.objectId(), "");
        Owner app = new Owner(PracticeApp.OBJECT_ID, PracticeApp.CLIENT_ID);
        List<Owner> owners = List.of(user, app);
        controlPlane.addSubscription(SUBSCRIPTION, "Practice subscription", owners);
        controlPlane.addUnusedSubscription(EMPTY_SUBSCRIPTION, "Empty practice subscription", owners);
        for (Situation situation : Situation.values()) {
            situation.make(controlPlane, user, List.of(app));
        }
        controlPlane.addSubscription(PARTNER_SUBSCRIPTION, "Partner subscription", PARTNER);
        String token = token(tokens, USER);
        Seed planted = new Seed(controlPlane::handle, token, SUBSCRIPTION);
        planted.groups();
        planted.registries(registries);
        planted.identity();
        planted.machines(key.publicLine());
        planted.privateRegistries(registries);
        planted.clusters(USER.objectId());
        new Seed(controlPlane::handle, token, Situation.POLICY_AND_LOCK.id()).lockedGroup("sharedServices");
        new Seed(controlPlane::handle, token(tokens, PARTNER.account()), PARTNER_SUBSCRIPTION)
                .partnerRegistry(registries);
        controlPlane.open();
        return planted;
    }

    /** The many machines are made when somebody looks into their subscription: most people and tests never do. */
    private Response azure(Request request) {
        if (request.uri().getPath().contains(Situation.MANY_MACHINES.id() + "/")) {
            manyMachines.get();
        }
        return controlPlane.handle(request);
    }

    /** Makes the machines of the subscription with many, before anybody has looked into it. */
    void manyMachines(int number) {
        many = number;
        manyMachines.get();
    }

    private void addMachines(Tokens tokens, int number) {
        String token = token(tokens, USER);
        controlPlane.before(() -> new Seed(controlPlane::handle, token, Situation.MANY_MACHINES.id())
                .manyMachines(number, key.publicLine()));
    }

    private static String token(Tokens tokens, PracticeUser account) {
        return tokens.issue(new Caller(account.objectId(), account.tenantId(), Tokens.ARM, ""), Duration.ofMinutes(5));
    }

    /** Where it serves HTTP, such as {@code http://127.0.0.1:49152}. */
    public URI route() {
        return server.route();
    }

    /**
     * Serves other programs than the product, until the result is closed.
     *
     * @param port of the loopback interface; 0 for a free one
     * @throws java.net.BindException if the port is taken, or not allowed for this user
     */
    public PracticeServer serve(int port, SecureRandom keys) throws IOException {
        return PracticeServer.open(server, hosts, this::sshServer, port, keys, time);
    }

    ControlPlane controlPlane() {
        return controlPlane;
    }

    ImageStore imageStore() {
        return registries;
    }

    LoopbackHttpServer server() {
        return server;
    }

    /**
     * One machine, to be changed from inside.
     *
     * @param id compared without case
     * @throws NoSuchElementException if there is none with this id
     */
    public PracticeMachine machine(String id) {
        if (hypervisor instanceof PracticeMachines machines) {
            return machines.machine(id);
        }
        throw new NoSuchElementException("there are no practice machines");
    }

    /**
     * Where the SSH server with an address of the practice cloud really listens, for a client at {@link #CALLER}; empty
     * if nothing answers there.
     */
    public Optional<InetSocketAddress> sshServer(String host, int port) {
        String address = state.addressOf(host).orElse(host);
        return state.admits(CALLER, address, port) ? hypervisor.sshServer(address, port) : Optional.empty();
    }

    /**
     * The host key of the machine {@code practiceJump}, through which its neighbour {@code practicePrivate} is reached,
     * as the text of a {@code known_hosts} file.
     */
    public String knownHosts() {
        return hypervisor instanceof PracticeMachines machines
                ? Seed.JUMP_HOST + "," + Seed.JUMP_HOST_INSIDE + " "
                        + machines.machine(seed.machineId(Seed.JUMP_MACHINE))
                                .state()
                                .hostKeys()
                                .ed25519Line()
                        + "\n"
                : "";
    }

    /**
     * The private key of {@code azureuser} on the machines that are there from the start, as the text of an OpenSSH
     * file.
     */
    public String practicePrivateKey() {
        return key.privateText();
    }

    /** How long things take here. */
    public Pace pace() {
        return pace;
    }

    /** When it began, with nothing in it but what every practice cloud has. */
    public Instant started() {
        return started;
    }

    /** The GUID of the directory. */
    public String tenantId() {
        return TENANT;
    }

    /** The id and the domain of the directory in which the user is a guest. */
    public List<String> guestDirectory() {
        return List.of(PARTNER.id(), PARTNER.domain());
    }

    /** The GUID of the subscription that has resources. */
    public String subscriptionId() {
        return SUBSCRIPTION;
    }

    /** Who may do what. */
    public AccessCheck permissions() {
        return state.permissions();
    }

    /** A copy of a resource or resource group as it is now. @param id compared without case */
    public Optional<JsonNode> resource(String id) {
        return state.resource(id);
    }

    /** The ids of all resources and resource groups, in order. */
    public Stream<String> resourceIds() {
        return state.resourceIds().stream();
    }

    /** Copies of all role assignments, in the order in which they were made. */
    public List<JsonNode> roleAssignments() {
        return state.roleAssignments();
    }

    /** The content of the registries, one line for each manifest and each tag. */
    public Stream<String> images() {
        return registries.inventory();
    }

    /** What was made in the clusters, one line for each namespace and each pod. */
    public Stream<String> clusterInventory() {
        return clusters.inventory();
    }

    @Override
    public void close() {
        server.close();
        hypervisor.close();
    }
}
