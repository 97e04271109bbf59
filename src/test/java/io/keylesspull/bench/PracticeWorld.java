package io.keylesspull.bench;

import io.keylesspull.app.PracticeAccess;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.fault.VirtualTime;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.key.KeyFiles;
import io.keylesspull.setup.cost.PriceMemory;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.plan.SetupPlan;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.AzureSession;
import io.keylesspull.setup.session.RunFolders;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SessionDependencies;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.fleet.Sampling;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A practice cloud in which everything takes as long as in Azure, on a clock of its own, and the program signed in. */
final class PracticeWorld implements AutoCloseable {

    /** As many as the program works on at once. */
    static final int MACHINES_AT_ONCE = 50;

    /** Where {@link #fill} puts images. */
    static final String CROWDED_REPOSITORY = "crowd";

    private static final String CROWDED_REGISTRY = "practiceclassic.azurecr.io";

    private final Path folder;
    private final VirtualTime time = new VirtualTime();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Faults faults = new Faults();
    private final PracticeCloud cloud;
    private final PracticeAccess access;
    private final AzureAccount account;
    private final Fault throttled;
    private final Path key;
    private final RequestCount requests = new RequestCount();
    private volatile Duration latency = Duration.ZERO;

    /** @param folder for keys, journals and logs */
    PracticeWorld(Path folder) throws IOException, AzureException, SshException, InterruptedException {
        this.folder = folder;
        cloud = faults.start(Pace.REALISTIC, time, new Random(7));
        access = PracticeAccess.to(cloud);
        faults.http().watch(RequestMatcher.to("*").ofClients(), Occasions.always(), this::asked);
        throttled = faults.arm().throttled();
        account = account(time);
        key = folder.resolve("practice_key");
        SshKey.parse(access.machineKey(), "practice").save(key);
    }

    VirtualTime time() {
        return time;
    }

    /** From now on every request of the program takes so long, besides what it asks for. */
    void answerAfter(Duration latency) {
        this.latency = latency;
    }

    private void asked(Request request) {
        requests.add(request);
        if (!latency.isZero()) {
            try {
                time.sleep(latency);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Fills it as a large company's directory is, and lets time go by until everything has effect. */
    void fill(int subscriptions, int machines, int registries, int tags) throws AzureException, InterruptedException {
        for (int i = 1; i < subscriptions; i++) {
            faults.arm().subscription(new UUID(7, i).toString(), "Subscription %03d".formatted(i));
        }
        faults.arm()
                .copy(
                        "practiceBare",
                        IntStream.range(0, machines)
                                .mapToObj("crowd%04d"::formatted)
                                .toList());
        faults.arm()
                .copy(
                        "practicelabelled",
                        IntStream.range(0, registries)
                                .mapToObj("many%04d"::formatted)
                                .toList());
        account.subscription(subscriptionId()).resourceGroups().create("flock", "japaneast", ResourceListener.none());
        faults.arm()
                .copy(
                        "flock",
                        IntStream.range(0, registries)
                                .mapToObj("group%04d"::formatted)
                                .toList());
        IntStream.range(0, tags).forEach(i -> faults.image(CROWDED_REGISTRY, CROWDED_REPOSITORY, "v%05d".formatted(i)));
        time.pass(Duration.ofMinutes(5));
    }

    /** How many machines the subscription for many of them has. */
    void manyMachines(int number) {
        faults.manyMachines(number);
    }

    /** How many requests Azure Resource Manager has refused because there were too many. */
    int throttled() {
        return throttled.fired();
    }

    /** What the program has asked for since the last {@link RequestCount#reset}. */
    RequestCount requests() {
        return requests;
    }

    /** Signs in. @param waits by which operations are waited for */
    AzureAccount account(Time waits) throws AzureException, InterruptedException {
        return new SignIns(
                        Transport.routed(access.http(), waits, new Random(7)),
                        workers,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.of(access.tenantId()), AzureCloud.PUBLIC, code -> {});
    }

    String subscriptionId() {
        return cloud.subscriptionId();
    }

    /** The public half of the key that opens the machines that are there. */
    String publicKeyLine() throws SshException {
        return SshKey.load(key).publicKeyLine();
    }

    /** The program's own session, log and all. */
    Session session() {
        return new AzureSession(
                account,
                new SessionDependencies(
                        access.ssh(),
                        KeyFiles.only(),
                        new Runner(workers, time, MACHINES_AT_ONCE),
                        workers,
                        new Random(7),
                        new RunFolders(folder.resolve("runs"), true, time, new Random(7), began -> false),
                        new Texts(Locale.ENGLISH),
                        Optional.of(key),
                        Optional.of(access.callerAddress()),
                        Durations.inAzure(),
                        new PriceMemory(folder.resolve("prices.json")),
                        folder,
                        folder.resolve("known_hosts")));
    }

    /** The same steps as the program's, in whatever plan is made of them. */
    Timeline run(String setup, UnaryOperator<Plan> planned) throws IOException, Failure, InterruptedException {
        Path run = Files.createTempDirectory(folder, "run");
        Plan plan = planned.apply(plan(setup, run));
        Timeline timeline = new Timeline();
        try (FileJournal journal = FileJournal.open(run.resolve("journal.jsonl"))) {
            RunResult result = new Runner(workers, time, MACHINES_AT_ONCE)
                    .start(plan, new Facts(), journal, timeline)
                    .await();
            if (result != RunResult.SUCCEEDED) {
                throw new IllegalStateException("the run " + result + ": " + timeline.problems());
            }
        }
        return timeline;
    }

    /** The program's plan. @param run the run's folder */
    Plan plan(String setup, Path run) {
        SshKeys keys = new SshKeys(run.resolve("id_ed25519"), run.resolve("known_hosts"), KeyFiles.only());
        return new SetupPlan(
                        request(setup),
                        account.subscription(subscriptionId())
                                .markedFor(run.getFileName().toString()),
                        access.ssh(),
                        keys,
                        Optional.of(access.callerAddress()),
                        new Sampling(workers, new Random(7)))
                .plan();
    }

    /** @param setup the text of a setup file that names an address for SSH and no key */
    SetupRequest request(String setup) {
        if (!(SetupFile.read(setup, true) instanceof SetupFile.Read read)) {
            throw new IllegalArgumentException(SetupFile.read(setup, true).toString());
        }
        return read.request();
    }

    @Override
    public void close() {
        cloud.close();
        workers.shutdownNow();
    }
}
