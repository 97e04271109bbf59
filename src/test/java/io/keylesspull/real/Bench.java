package io.keylesspull.real;

import io.keylesspull.azure.AzureAccount;
import io.keylesspull.azure.AzureCloud;
import io.keylesspull.azure.AzureException;
import io.keylesspull.azure.AzureSubscription;
import io.keylesspull.azure.MachineIdentity;
import io.keylesspull.azure.NetworkInfo;
import io.keylesspull.azure.NewMachine;
import io.keylesspull.azure.ResourceListener;
import io.keylesspull.azure.SignInMethod;
import io.keylesspull.azure.Transport;
import io.keylesspull.engine.Failure;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.engine.Runner;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.machine.Hardware;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.setup.MachineImages;
import io.keylesspull.setup.SetupFile;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.setup.SetupRun;
import io.keylesspull.setup.session.AzureSession;
import io.keylesspull.setup.session.RunFolders;
import io.keylesspull.setup.session.SessionSurroundings;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The product, put together as its own composition does it, at work in a practice cloud with machines of any kind. */
final class Bench implements AutoCloseable {

    static final String ADMIN = "azureuser";
    static final String GROUP = "practiceMachines";

    private static final String LOCATION = "japaneast";
    private static final long LONGEST_RUN_MINUTES = 10;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final PracticeCloud cloud;
    private final Hardware hardware;
    private final SshKey key;
    private final AzureSubscription azure;
    private final AzureSession session;

    /** @param folder where the product keeps keys and runs @param time the product's; the cloud may have another */
    Bench(PracticeCloud cloud, Hardware hardware, Path folder, Time time)
            throws AzureException, InterruptedException, IOException, SshException {
        this.cloud = cloud;
        this.hardware = hardware;
        this.key = SshKey.parse(cloud.practicePrivateKey(), "practice");
        Path keyFile = folder.resolve("key");
        key.save(keyFile);
        AzureAccount account = AzureAccount.signIn(SignInMethod.DEVICE_CODE, Optional.of(cloud.tenantId()),
                AzureCloud.PUBLIC, Transport.routed(cloud.route()), code -> { }, workers);
        this.azure = account.subscription(cloud.subscriptionId());
        this.session = new AzureSession(account, new SessionSurroundings(this::connect,
                new Runner(workers, time, 10), new RunFolders(folder.resolve("runs"), time), Optional.of(keyFile),
                Optional.of("203.0.113.24/32")));
    }

    private Socket connect(String host, int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        socket.connect(cloud.sshServer(host, port).orElseThrow(() -> new UnknownHostException(host)),
                (int) timeout.toMillis());
        return socket;
    }

    AzureSubscription azure() {
        return azure;
    }

    /** A new Debian machine without an identity, there before the product comes. @return its ARM id */
    String makeMachine(String name) throws AzureException, InterruptedException {
        NetworkInfo network = azure.networks().ensure(GROUP, LOCATION, name, "203.0.113.24/32",
                ResourceListener.none());
        return azure.machines().create(new NewMachine(GROUP, name, LOCATION, "Standard_B2s",
                MachineImages.resolve("Debian12").orElseThrow(), ADMIN, key.publicKeyLine(), network.nicId(),
                MachineIdentity.none()), ResourceListener.none()).id();
    }

    /** What an administrator does on a machine beside the product. @throws IllegalStateException status not 0 */
    void onMachine(String machineId, String... script) {
        Hardware.CommandOutput output = hardware.runCommand(machineId, List.of(script));
        if (output.exitStatus() != 0) {
            throw new IllegalStateException(String.join("; ", script) + " ended with status " + output.exitStatus()
                    + ": " + output.stdout() + output.stderr());
        }
    }

    /** Carries out a setup file to its end. @param listener told of every event beside */
    Account run(String setup, Consumer<RunEvent> listener)
            throws Failure, InterruptedException, TimeoutException, ExecutionException {
        SetupRequest request = ((SetupFile.Read) SetupFile.read(setup, true)).request();
        Account account = new Account();
        SetupRun run = session.start(request, event -> {
            account.add(event);
            listener.accept(event);
        });
        run.result().get(LONGEST_RUN_MINUTES, TimeUnit.MINUTES);
        return account;
    }

    @Override
    public void close() {
        session.close();
        workers.shutdownNow();
    }
}
