package io.keylesspull.app;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.AzureSession;
import io.keylesspull.setup.session.RunFolders;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SessionSurroundings;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.machine.SshFailures;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where everything is put together. Practice differs from Azure in the transport alone: where requests and SSH bytes
 * are sent.
 */
public final class Composition implements Sessions, AutoCloseable {

    /** So many machines are worked on at once; each keeps one thread and one SSH connection busy. */
    private static final int MACHINES_AT_ONCE = 50;

    private final Supplier<PracticeAccess> practice;
    private final Texts texts;
    private final Path dataFolder;
    private final ExecutorService workers;
    private final Time time;
    private final Once<SecureRandom> random = new Once<>(SecureRandom::new);
    private SignIns real;
    private PracticeAccess practiceCloud;

    /**
     * @param practice   starts a practice cloud, the first time that one is wanted
     * @param texts      the language of the runs' logs
     * @param dataFolder where keys and runs are kept
     * @param workers    an executor that lends a thread to every task
     */
    public Composition(Supplier<PracticeAccess> practice, Texts texts, Path dataFolder, ExecutorService workers,
                       Time time) {
        this.practice = practice;
        this.texts = texts;
        this.dataFolder = dataFolder;
        this.workers = workers;
        this.time = time;
    }

    @Override
    public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt)
            throws Failure, InterruptedException {
        AzureAccount account = account(() -> real().signIn(signIn.method(), signIn.tenant(), signIn.cloud(), prompt));
        return new AzureSession(account, new SessionSurroundings(SshRoute.direct(), runner(), folders(false), texts,
                Optional.empty(), Optional.empty()));
    }

    @Override
    public Session practice() throws Failure, InterruptedException {
        PracticeAccess cloud = practiceCloud();
        SignIns visitor = new SignIns(Transport.routed(cloud.http(), time, random.get()), workers, Optional.empty());
        AzureAccount account = account(() -> visitor.signIn(SignInMethod.DEVICE_CODE, Optional.of(cloud.tenantId()),
                AzureCloud.PUBLIC, code -> { }));
        return new AzureSession(account, new SessionSurroundings(cloud.ssh(), runner(), folders(true), texts,
                Optional.of(practiceKey(cloud)), Optional.of(cloud.callerAddress())));
    }

    @Override
    public void signOut() throws Failure {
        try {
            real().signOut();
        } catch (AzureException e) {
            throw Failure.of("setup.dataFolder", e.getMessage(), signInFolder().toString());
        }
    }

    /** Loads what the first sign-in needs of the Azure SDK; asks Azure nothing. */
    public void prepare() {
        real().prepare();
    }

    /**
     * Made when it is first asked for: the Azure SDK comes with it, which no window waits for. Not by a lambda, whose type
     * would load the class where it is made.
     */
    private synchronized SignIns real() {
        if (real == null) {
            real = new SignIns(Transport.direct(time, random.get()), workers, Optional.of(signInFolder()));
        }
        return real;
    }

    private static AzureAccount account(SignIn signIn) throws Failure, InterruptedException {
        try {
            return signIn.account();
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.subject.account"), e);
        }
    }

    @FunctionalInterface
    private interface SignIn {
        AzureAccount account() throws AzureException, InterruptedException;
    }

    private Path signInFolder() {
        return dataFolder.resolve("sign-in");
    }

    private synchronized PracticeAccess practiceCloud() {
        if (practiceCloud == null) {
            practiceCloud = practice.get();
        }
        return practiceCloud;
    }

    private Path practiceKey(PracticeAccess cloud) throws Failure {
        Path file = dataFolder.resolve("practice").resolve("practice_key");
        try {
            // Each practice cloud makes a key of its own; that of an earlier one opens nothing any more.
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling("practice_key.pub"));
            SshKey.parse(cloud.machineKey(), "practice").save(file);
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
        return new RunFolders(dataFolder.resolve(practice ? "practice-runs" : "runs"), practice, time, random.get());
    }

    @Override
    public synchronized void close() {
        if (practiceCloud != null) {
            practiceCloud.release().run();
            practiceCloud = null;
        }
    }
}
