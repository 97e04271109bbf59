package io.keylesspull.app;

import io.keylesspull.azure.AzureAccount;
import io.keylesspull.azure.AzureCloud;
import io.keylesspull.azure.AzureException;
import io.keylesspull.azure.DeviceCode;
import io.keylesspull.azure.SignInMethod;
import io.keylesspull.azure.Transport;
import io.keylesspull.engine.Failure;
import io.keylesspull.engine.Runner;
import io.keylesspull.practice.Pace;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.Runs;
import io.keylesspull.setup.Session;
import io.keylesspull.setup.Sessions;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.setup.session.AzureSession;
import io.keylesspull.setup.session.RunFolders;
import io.keylesspull.setup.session.SessionSurroundings;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.SshFailures;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Where everything is put together. Practice differs from Azure in the transport alone: where requests and SSH bytes
 * are sent.
 */
public final class Composition implements Sessions, AutoCloseable {

    /** So many machines are worked on at once; each keeps one thread and one SSH connection busy. */
    private static final int MACHINES_AT_ONCE = 50;

    private final Pace pace;
    private final Path dataFolder;
    private final ExecutorService workers;
    private final Time time;
    private PracticeCloud practiceCloud;

    /**
     * @param pace       how fast the practice cloud is, once it is started
     * @param dataFolder where keys and runs are kept
     * @param workers    an executor that lends a thread to every task
     */
    public Composition(Pace pace, Path dataFolder, ExecutorService workers, Time time) {
        this.pace = pace;
        this.dataFolder = dataFolder;
        this.workers = workers;
        this.time = time;
    }

    @Override
    public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt)
            throws Failure, InterruptedException {
        AzureAccount account = signIn(signIn.method(), signIn.tenant(), signIn.cloud(),
                Transport.direct(time, new SecureRandom()), prompt);
        return new AzureSession(account, new SessionSurroundings(SshRoute.direct(), runner(), folders(false),
                Optional.empty(), Optional.empty()));
    }

    @Override
    public Session practice() throws Failure, InterruptedException {
        PracticeCloud cloud = practiceCloud();
        AzureAccount account = signIn(SignInMethod.DEVICE_CODE, Optional.of(cloud.tenantId()), AzureCloud.PUBLIC,
                Transport.routed(cloud.route(), time, new SecureRandom()), code -> { });
        return new AzureSession(account, new SessionSurroundings(routeInto(cloud), runner(), folders(true),
                Optional.of(practiceKey(cloud)), Optional.of(PracticeCloud.CALLER + "/32")));
    }

    private AzureAccount signIn(SignInMethod method, Optional<String> tenant, AzureCloud cloud, Transport transport,
                                Consumer<DeviceCode> prompt) throws Failure, InterruptedException {
        try {
            return AzureAccount.signIn(method, tenant, cloud, transport, prompt, workers);
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.subject.account"), e);
        }
    }

    private synchronized PracticeCloud practiceCloud() {
        if (practiceCloud == null) {
            practiceCloud = PracticeCloud.start(pace, time, new SecureRandom());
        }
        return practiceCloud;
    }

    private static SshRoute routeInto(PracticeCloud cloud) {
        return (host, port, timeout) -> {
            Socket socket = new Socket();
            socket.connect(cloud.sshServer(host, port).orElseThrow(() -> new UnknownHostException(host)),
                    (int) timeout.toMillis());
            return socket;
        };
    }

    private Path practiceKey(PracticeCloud cloud) throws Failure {
        Path file = dataFolder.resolve("practice").resolve("practice_key");
        try {
            // Each practice cloud makes a key of its own; that of an earlier one opens nothing any more.
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling("practice_key.pub"));
            SshKey.parse(cloud.practicePrivateKey(), "practice").save(file);
            return file;
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", String.valueOf(e), file.getParent().toString());
        } catch (SshException e) {
            throw new Failure(SshFailures.problem(e), e);
        }
    }

    private Runner runner() {
        return new Runner(workers, time, MACHINES_AT_ONCE);
    }

    @Override
    public Runs runs(boolean practice) {
        return folders(practice);
    }

    private RunFolders folders(boolean practice) {
        return new RunFolders(dataFolder.resolve(practice ? "practice-runs" : "runs"), practice, time,
                new SecureRandom());
    }

    @Override
    public synchronized void close() {
        if (practiceCloud != null) {
            practiceCloud.close();
            practiceCloud = null;
        }
    }
}
