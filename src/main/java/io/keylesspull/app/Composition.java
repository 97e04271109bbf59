package io.keylesspull.app;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.signin.Browser;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.network.Network;
import io.keylesspull.network.NetworkSettingsException;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.agent.SshAgent;
import io.keylesspull.remote.key.PrivateKeys;
import io.keylesspull.setup.cost.PriceMemory;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.AzureSession;
import io.keylesspull.setup.session.RunFolders;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SessionDependencies;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: creates and connects the parts. Practice mode differs from Azure only in the transport: where
 * requests and SSH bytes are sent.
 */
public final class Composition implements Sessions, AutoCloseable {

    /** How many machines are worked on at once. Each uses one thread and one SSH connection. */
    private static final int MACHINES_AT_ONCE = 50;

    private final Supplier<PracticeAccess> practice;
    private final Network.Opener network;
    private final Texts texts;
    private final Browser browser;
    private final Path dataFolder;
    private final ExecutorService workers;
    private final Time time;
    private final Once<SecureRandom> random = new Once<>(SecureRandom::new);
    private final PrivateKeys privateKeys = new PrivateKeys(
            SshAgent.of(System.getenv(), System.getProperty("os.name").startsWith("Windows")),
            Optional.of(sshFolder()));
    private @Nullable Network openNetwork;
    private @Nullable SignIns azureSignIns;
    private @Nullable PracticeAccess practiceCloud;

    /**
     * @param practice starts a practice cloud when one is first needed
     * @param texts the language of the runs' logs
     * @param browser opens the page to sign in on
     * @param dataFolder the folder for keys and runs
     * @param workers an unbounded executor
     */
    public Composition(
            Supplier<PracticeAccess> practice,
            Network.Opener network,
            Texts texts,
            Browser browser,
            Path dataFolder,
            ExecutorService workers,
            Time time) {
        this.practice = practice;
        this.network = network;
        this.texts = texts;
        this.browser = browser;
        this.dataFolder = dataFolder;
        this.workers = workers;
        this.time = time;
    }

    @Override
    public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) throws Failure, InterruptedException {
        SignIns signIns = azureSignIns();
        AzureAccount account = account(() -> signIns.signIn(signIn.method(), signIn.tenant(), signIn.cloud(), prompt));
        return new AzureSession(
                account,
                new SessionDependencies(
                        network().sshProxy().map(SshRoute::through).orElseGet(SshRoute::direct),
                        privateKeys,
                        runner(),
                        workers,
                        random.get(),
                        folders(false),
                        texts,
                        Optional.empty(),
                        Optional.empty(),
                        Durations.inAzure(),
                        new PriceMemory(dataFolder.resolve("prices.json")),
                        home(),
                        sshFolder().resolve("known_hosts")));
    }

    @Override
    public Session practice(Optional<String> tenant) throws Failure, InterruptedException {
        PracticeAccess cloud = practiceCloud();
        SignIns practiceSignIns = new SignIns(
                Transport.routed(cloud.http(), time, random.get()),
                workers,
                SignInEnvironment.bare(),
                Optional.empty());
        AzureAccount account = account(() -> practiceSignIns.signIn(
                SignInMethod.DEVICE_CODE, Optional.of(cloud.tenant(tenant)), AzureCloud.PUBLIC, code -> {}));
        return new AzureSession(
                account,
                new SessionDependencies(
                        cloud.ssh(),
                        privateKeys,
                        runner(),
                        workers,
                        random.get(),
                        folders(true),
                        texts,
                        Optional.of(practiceKey(cloud)),
                        Optional.of(cloud.callerAddress()),
                        Durations.inAzure().each(cloud.pace()::of),
                        new PriceMemory(dataFolder.resolve("practice-prices.json")),
                        home(),
                        practiceKnownHosts(cloud)));
    }

    @Override
    public void signOut() throws Failure {
        try {
            azureSignIns().signOut();
        } catch (AzureException e) {
            throw Failure.of("setup.dataFolder", e.getMessage(), signInFolder().toString());
        }
    }

    /** Loads the classes of the Azure SDK that the first sign-in needs; sends no request. */
    public void prepare() {
        try {
            azureSignIns().prepare();
        } catch (Failure wrongSettings) {
            // The sign-in reports it.
        }
    }

    /**
     * Made on first use, because it loads the Azure SDK and the window should not wait for that. Not a {@link Once}:
     * the lambda's type would load the class in the constructor.
     */
    private synchronized SignIns azureSignIns() throws Failure {
        if (azureSignIns == null) {
            azureSignIns = new SignIns(
                    Transport.over(network(), time, random.get()),
                    workers,
                    new SignInEnvironment(browser, System.getenv(), texts),
                    Optional.of(signInFolder()));
        }
        return azureSignIns;
    }

    private synchronized Network network() throws Failure {
        if (openNetwork == null) {
            try {
                openNetwork = network.open();
            } catch (NetworkSettingsException e) {
                throw AzureFailures.failure(e);
            }
        }
        return openNetwork;
    }

    private static AzureAccount account(AccountSupplier signIn) throws Failure, InterruptedException {
        try {
            return signIn.get();
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.subject.account"), e);
        }
    }

    @FunctionalInterface
    private interface AccountSupplier {
        AzureAccount get() throws AzureException, InterruptedException;
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    private static Path sshFolder() {
        return home().resolve(".ssh");
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
        Path file = keyFile(cloud);
        try {
            deleteKey(file);
            SshKey.parse(cloud.machineKey(), "practice").save(file);
            return file;
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", FileErrors.reason(e), String.valueOf(file.getParent()));
        } catch (SshException e) {
            throw new IllegalStateException("the practice cloud's own key cannot be read", e);
        }
    }

    /** In place of the user's own: the host key of the practice cloud's jump host. */
    private Path practiceKnownHosts(PracticeAccess cloud) throws Failure {
        Path file = knownHostsFile(cloud);
        try {
            PrivateFiles.createFolderOf(file);
            PrivateFiles.write(file, cloud.knownHosts().getBytes(StandardCharsets.US_ASCII));
            return file;
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", FileErrors.reason(e), String.valueOf(file.getParent()));
        }
    }

    private Path knownHostsFile(PracticeAccess cloud) {
        return keyFile(cloud)
                .resolveSibling("practice_known_hosts_" + cloud.http().getPort());
    }

    /** Each practice cloud generates its own key. The port is in the name because several may run at once. */
    private Path keyFile(PracticeAccess cloud) {
        return dataFolder
                .resolve("practice")
                .resolve("practice_key_" + cloud.http().getPort());
    }

    private static void deleteKey(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".pub"));
    }

    private Runner runner() {
        return new Runner(workers, time, MACHINES_AT_ONCE);
    }

    @Override
    public Runs runs(boolean practice) {
        return folders(practice);
    }

    private RunFolders folders(boolean practice) {
        return practice
                ? new RunFolders(dataFolder.resolve("practice-runs"), true, time, random.get(), this::cloudEnded)
                : new RunFolders(dataFolder.resolve("runs"), false, time, random.get(), began -> false);
    }

    /** Each program has a practice cloud of its own, which begins when it is first needed. */
    private synchronized boolean cloudEnded(Instant setUp) {
        return practiceCloud == null || setUp.isBefore(practiceCloud.started());
    }

    @Override
    public synchronized void close() {
        if (practiceCloud != null) {
            practiceCloud.release().run();
            try {
                deleteKey(keyFile(practiceCloud));
                Files.deleteIfExists(knownHostsFile(practiceCloud));
            } catch (IOException opensNothingAnyMore) {
                // The machines are gone.
            }
            practiceCloud = null;
        }
    }
}
