package io.keylesspull.real;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.AzureResourceManager;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineIdentity;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.GuardedCredential;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.run.Run;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.practice.InMemoryHttpClient;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.Wire;
import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.remote.HostKey;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.remote.key.KeyFiles;
import io.keylesspull.setup.cost.PriceMemory;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.AzureSession;
import io.keylesspull.setup.session.RunFolders;
import io.keylesspull.setup.session.SessionDependencies;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.connection.InAStep;
import io.keylesspull.setup.step.connection.JumpHosts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.RunCommandWay;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshWay;
import io.keylesspull.setup.step.connection.Way;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The product, put together as its own composition does it, at work in a practice cloud; and what an administrator or
 * bad luck does there beside it. What differs between kinds of machines is in the two kinds of benches.
 */
abstract class Bench implements AutoCloseable {

    static final String ADMIN = "azureuser";
    static final String GROUP = "practiceMachines";
    private static final String REGISTRIES = "practiceRegistries";

    /** What a machine may have before the product comes. */
    enum Part {
        DOCKER,
        AZURE_CLI,
        DOCKER_GROUP
    }

    static final String USER_ASSIGNED =
            "{\"kind\": \"user-assigned\", \"name\": \"practiceIdentity\", \"create\": false}";
    static final String SYSTEM_ASSIGNED = "{\"kind\": \"system-assigned\"}";

    /** The first, in a request that leaves the Azure CLI out. */
    static final String WITHOUT_AZURE_CLI = USER_ASSIGNED + ", \"azureCli\": false";

    /** The second, by sudo alone. */
    static final String BY_SUDO = SYSTEM_ASSIGNED + ", \"dockerGroup\": false";

    private static final String LOCATION = "japaneast";
    private static final long LONGEST_RUN_MINUTES = 30;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final PracticeCloud cloud;
    private final Hypervisor hardware;
    private final ClockInHand clock;
    private final Path folder;
    private final Time time;
    private final HttpClient sdk;
    private final SshKey key;
    private final AzureSubscription azure;
    private final RunFolders folders;
    private final AzureSession session;
    private final List<String> called = new CopyOnWriteArrayList<>();

    /** @param folder where the product keeps keys and runs @param time the product's own clock */
    Bench(PracticeCloud cloud, Hypervisor hardware, ClockInHand clock, Path folder, Time time)
            throws AzureException, InterruptedException, IOException, SshException {
        this.cloud = cloud;
        this.hardware = hardware;
        this.clock = clock;
        this.folder = folder;
        this.time = time;
        this.sdk = new InMemoryHttpClient(new Wire(cloud.route()));
        this.key = SshKey.parse(cloud.practicePrivateKey(), "practice");
        Path keyFile = folder.resolve("key");
        key.save(keyFile);
        AzureAccount account = new SignIns(
                        Transport.routed(cloud.route(), time, new Random(7)),
                        workers,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.of(cloud.tenantId()), AzureCloud.PUBLIC, code -> {});
        this.azure = account.subscription(cloud.subscriptionId());
        this.folders = new RunFolders(folder.resolve("runs"), true, time, new Random(7), began -> false);
        this.session = new AzureSession(
                account,
                new SessionDependencies(
                        this::connect,
                        KeyFiles.only(),
                        new Runner(workers, time, 10),
                        workers,
                        new Random(7),
                        folders,
                        new Texts(Locale.ENGLISH),
                        Optional.of(keyFile),
                        Optional.of("203.0.113.24/32"),
                        io.keylesspull.setup.plan.Durations.inAzure(),
                        new PriceMemory(folder.resolve("prices.json")),
                        folder,
                        folder.resolve("known_hosts")));
    }

    private Socket connect(String host, int port, Duration timeout) throws IOException {
        called.add(host);
        Socket socket = new Socket();
        socket.connect(cloud.sshServer(host, port).orElseThrow(() -> new UnknownHostException(host)), (int)
                timeout.toMillis());
        return socket;
    }

    /** Gives a new machine these parts and no others. */
    abstract void prepare(String machineId, Set<Part> parts);

    /** Keeps apt's lock taken from now on for so long, as an unattended upgrade does. */
    abstract void holdAptLock(String machineId, AptLock.File file, Duration duration);

    /** Lets Docker keep images in containerd, as it does by itself from 29 on: it words refusals otherwise then. */
    abstract void keepImagesInContainerd(String machineId);

    /** Takes the power away in the middle of whatever a machine does, and gives it back. */
    abstract void cutPower(String machineId);

    /** As after a reinstallation. */
    abstract void replaceHostKeys(String machineId);

    /** Lets a machine's SSH server open no connections to other machines. */
    abstract void forbidForwarding(String machineId);

    /** Leaves no room for packages. */
    abstract void fillDisk(String machineId);

    /** Puts an Azure CLI of this version in place of the machine's, and in Microsoft's repository. */
    abstract void haveAzureCli(String machineId, String version);

    AzureSubscription azure() {
        return azure;
    }

    /** Takes a user-assigned identity away from a machine behind the product's back. */
    void detachIdentity(String machineId, String identityId) {
        administrator()
                .virtualMachines()
                .getById(machineId)
                .update()
                .withoutUserAssignedManagedServiceIdentity(identityId)
                .apply();
    }

    /** Closes a registry to the public network behind the product's back. */
    void lockRegistry(String name) {
        administrator()
                .containerRegistries()
                .getByResourceGroup(REGISTRIES, name)
                .update()
                .disablePublicNetworkAccess()
                .apply();
    }

    private AzureResourceManager administrator() {
        TokenCredential credential = GuardedCredential.deviceCode(cloud.tenantId(), sdk, code -> {});
        return AzureResourceManager.configure()
                .withHttpClient(sdk)
                .authenticate(
                        credential, new AzureProfile(cloud.tenantId(), cloud.subscriptionId(), AzureEnvironment.AZURE))
                .withSubscription(cloud.subscriptionId());
    }

    /** The cloud's. */
    ClockInHand clock() {
        return clock;
    }

    Hypervisor hardware() {
        return hardware;
    }

    /** A new Debian machine without an identity, there before the product comes. @return its ARM id */
    String makeMachine(String name) throws AzureException, InterruptedException {
        return makeMachine(
                name,
                azure.networks()
                        .ensure(GROUP, LOCATION, name, Optional.of("203.0.113.24/32"), ResourceListener.none()));
    }

    /** The same without a public address, in the network of another one. */
    String makePrivateMachine(String name, String neighbour) throws AzureException, InterruptedException {
        String subnet = "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/virtualNetworks/%3$sVNET"
                + "/subnets/%3$sSubnet";
        return makeMachine(
                name,
                azure.networks()
                        .ensurePrivate(
                                GROUP,
                                LOCATION,
                                name,
                                subnet.formatted(azure.id(), GROUP, neighbour),
                                ResourceListener.none()));
    }

    /** The public address of a machine. */
    String address(String machine) throws AzureException, InterruptedException {
        return azure.machines().find(GROUP, machine).orElseThrow().publicIp().orElseThrow();
    }

    private String makeMachine(String name, NetworkInfo network) throws AzureException, InterruptedException {
        return azure.machines()
                .create(
                        new NewMachine(
                                GROUP,
                                name,
                                LOCATION,
                                "Standard_B2s",
                                NewMachine.Image.withoutPlan(
                                        MachineImages.resolve("Debian12").orElseThrow()),
                                new NewMachine.Administrator(ADMIN, key.publicKeyLine()),
                                network,
                                MachineIdentity.none()),
                        ResourceListener.none())
                .id();
    }

    /** What an administrator does on a machine beside the product. @throws IllegalStateException status not 0 */
    void onMachine(String machineId, String... script) {
        Hypervisor.CommandOutput output = tryOnMachine(machineId, script);
        if (output.exitStatus() != 0) {
            throw new IllegalStateException(String.join("; ", script) + " ended with status " + output.exitStatus()
                    + ": " + output.stdout() + output.stderr());
        }
    }

    /** The same where it may fail. */
    Hypervisor.CommandOutput tryOnMachine(String machineId, String... script) {
        return hardware.runCommand(machineId, List.of(script));
    }

    /** Pulls an image anew, as root and as the machine's user. @throws IllegalStateException where either may not */
    void pullAgain(String machineId, String image) {
        for (String user : List.of("root", ADMIN)) {
            onMachine(machineId, "docker image rm " + image, "sudo -H -u " + user + " docker pull " + image);
        }
    }

    /** Switches a machine off and on again. */
    void reboot(String machineId) {
        hardware.stop(machineId);
        hardware.start(machineId, Instant.now());
    }

    /** Signs a machine in by an identity of this kind and pulls an image of a registry that is there. */
    static String setup(String machine, String identity, String registry, String image) {
        return setup(machine, "", identity, registry, image);
    }

    /** The same. @param way more keys of the machine, such as {@code "runCommand": true} */
    static String setup(String machine, String way, String identity, String registry, String image) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "%s", "create": false, "importSample": false,
                              "resourceGroup": "practiceRegistries"},
                 "image": "%s", "machines": [{"name": "%s", "create": false%s}], "identity": %s, "role": "AcrPull"}
                """.formatted(registry, image, machine, way.isEmpty() ? "" : ", " + way, identity);
    }

    /** Carries out a setup file to its end. @param listener also receives every event */
    Account run(String setup, Consumer<RunEvent> listener)
            throws Failure, InterruptedException, TimeoutException, ExecutionException {
        SetupRequest request = ((SetupFile.Read) SetupFile.read(setup, true)).request();
        return account(listener, events -> session.start(request, events));
    }

    /** Undoes the only run, with everything that undo asks about. */
    Account undo() throws Failure, InterruptedException, TimeoutException, ExecutionException {
        List<StoredRun> all = folders.list();
        if (all.size() != 1) {
            throw new IllegalStateException("the runs are " + all);
        }
        Set<UndoChoice> everything = session.undoList(all.get(0)).asked().stream()
                .map(UndoList.Option::choice)
                .collect(Collectors.toSet());
        return account(event -> {}, events -> session.undo(all.get(0), everything, events));
    }

    @FunctionalInterface
    private interface Start {
        SetupRun with(Consumer<RunEvent> events) throws Failure, InterruptedException;
    }

    private static Account account(Consumer<RunEvent> listener, Start start)
            throws Failure, InterruptedException, TimeoutException, ExecutionException {
        Account account = new Account();
        SetupRun run = start.with(event -> {
            account.add(event);
            listener.accept(event);
        });
        run.result().get(LONGEST_RUN_MINUTES, TimeUnit.MINUTES);
        return account;
    }

    /** Uses Run Command, as a step does. */
    Run byRunCommand(String machine, InAStep.Work work, Consumer<RunEvent> events)
            throws AzureException, InterruptedException {
        return inAStep(
                machine,
                new RunCommandWay(machine, azure.machines().find(GROUP, machine).orElseThrow(), ADMIN, azure),
                work,
                events);
    }

    /** Uses SSH, as a step does. */
    Run bySsh(String machine, InAStep.Work work, Consumer<RunEvent> events)
            throws AzureException, InterruptedException, SshException {
        HostKey hostKey = HostKey.parse(hostKey(machine));
        SshTarget target = new SshTarget(address(machine), 22, ADMIN, key, List.of(hostKey), Duration.ofSeconds(15));
        JumpHosts none = new JumpHosts(this::connect, List.of(), new SshKeys(folder, folder, KeyFiles.only()));
        return inAStep(machine, new SshWay(target, true, none, this::connect), work, events);
    }

    private Run inAStep(String machine, Way way, InAStep.Work work, Consumer<RunEvent> events) {
        MachineConnection connection = new MachineConnection(machine, List.of(way), false, time);
        return InAStep.start(connection, work, workers, time, events);
    }

    /** A machine's host key, as in {@code known_hosts}. */
    String hostKey(String machine) throws AzureException, InterruptedException {
        String id = azure.machines().find(GROUP, machine).orElseThrow().id();
        String[] words = tryOnMachine(id, "cat /etc/ssh/ssh_host_ed25519_key.pub")
                .stdout()
                .split("\\s+");
        return words[0] + " " + words[1];
    }

    /** The ids of everything in Azure. */
    List<String> resources() {
        return cloud.resourceIds().toList();
    }

    /** The hosts to which the product has opened SSH connections, or tried to. */
    List<String> called() {
        return List.copyOf(called);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        cloud.close();
    }
}
