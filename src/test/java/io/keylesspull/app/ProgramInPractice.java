package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.app.cli.Cli;
import io.keylesspull.app.cli.SessionsFactory;
import io.keylesspull.app.cli.Terminal;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.network.NoNetwork;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The program as it runs on the command line, again and again over one practice cloud and one data folder. */
public final class ProgramInPractice implements AutoCloseable {

    private final Path folder;
    private final Path data;
    private final Faults faults = new Faults();
    private final PracticeCloud cloud;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Composition composition;
    private final Deque<String> passphrases = new ArrayDeque<>();
    private Printed printed = new Printed();
    private Runnable whenClosed = () -> {};

    /** As below, in the system's time. */
    ProgramInPractice() {
        this(Time.system());
    }

    /** With a practice cloud in which things take no time, and a folder of its own, which goes when it is closed. */
    ProgramInPractice(Time time) {
        this(TemporaryFolder.make(), time);
    }

    private ProgramInPractice(TemporaryFolder temporary, Time time) {
        this(temporary.path(), Pace.INSTANT, time);
        whenClosed = temporary::close;
    }

    public ProgramInPractice(Path folder, Pace pace, Time time) {
        this(folder, folder.resolve("data"), pace, time);
    }

    /** @param data where the program keeps its runs; may be on any file system */
    public ProgramInPractice(Path folder, Path data, Pace pace, Time time) {
        this.folder = folder;
        this.data = data;
        this.cloud = faults.start(pace, time, new Random());
        this.composition = new Composition(
                () -> PracticeAccess.to(cloud),
                NoNetwork::open,
                new Texts(Locale.ENGLISH),
                SignInEnvironment.bare().browser(),
                data,
                workers,
                time);
    }

    public PracticeCloud cloud() {
        return cloud;
    }

    /** Signs in before the first run, so that runs of other processes over the same cloud are not taken for ended. */
    public void signIn() {
        try {
            composition.practice(Optional.empty());
        } catch (Failure e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The ways to make things go wrong in the practice cloud. */
    public Faults faults() {
        return faults;
    }

    /**
     * Lets each pull on each machine fail at once, so that a run stops after most of its steps, until it is removed.
     */
    Fault failPulls() {
        return faults.machines()
                .command(
                        MachineFaults.ANY,
                        "docker pull",
                        Occasions.always(),
                        CommandFault.ends(1, "Error response from daemon: no space left on device"));
    }

    /** Carries out a setup file with the given text. @return the exit status */
    public int setUp(String setup) {
        try {
            return run(
                    "",
                    "--run",
                    Files.writeString(folder.resolve("setup.json"), setup).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param typed what somebody types @return the exit status */
    public int run(String typed, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "--practice";
        System.arraycopy(args, 0, all, 1, args.length);
        return called(typed, all);
    }

    /** What somebody types who is asked for passphrases, one after another. */
    public void answers(String... passphrases) {
        this.passphrases.addAll(List.of(passphrases));
    }

    /** As {@link #run}, without {@code --practice}: only for what asks nothing of Azure. */
    int inAzure(String... args) {
        return called("", args);
    }

    private int called(String typed, String... args) {
        printed = new Printed();
        SessionsFactory sessions = practice -> new SessionsFactory.OpenSessions(composition, () -> {}, () -> {});
        PrintWriter writer = new PrintWriter(printed);
        Cli cli = new Cli(
                sessions,
                (options, setup) -> {},
                (pace, port) -> 1,
                new Texts(Locale.ENGLISH),
                new Terminal(new BufferedReader(new StringReader(typed)), writer, writer, true, question -> {
                    writer.println(question);
                    return Optional.ofNullable(passphrases.poll()).map(String::toCharArray);
                }));
        return cli.run(args);
    }

    /** What the last call printed, errors too; of very much, only the beginning and the end. */
    public String printed() {
        return printed.toString();
    }

    public Path runs() {
        return data.resolve("practice-runs");
    }

    /** The practice user's session, as the wizard has it. */
    Session session() throws Failure, InterruptedException {
        return composition.practice(Optional.empty());
    }

    /** The only run so far. */
    StoredRun stored() throws Failure {
        List<StoredRun> runs = composition.runs(true).list();
        if (runs.size() != 1) {
            throw new IllegalStateException("the runs are " + runs);
        }
        return runs.get(0);
    }

    public List<String> resources() {
        return cloud.resourceIds().toList();
    }

    /** The checks of a setup file, with texts in any language. */
    List<Check> checks(Path setup) throws Failure, InterruptedException {
        SetupFile.Reading reading = SetupFile.read(setup, true);
        if (!(reading instanceof SetupFile.Read read)) {
            throw new IllegalArgumentException(reading.toString());
        }
        return composition.practice(read.request().signIn().tenant()).check(read.request());
    }

    /** Lets no more work begin. @return whether what was running has ended */
    boolean ends() throws InterruptedException {
        workers.shutdown();
        return workers.awaitTermination(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        composition.close();
        cloud.close();
        workers.shutdownNow();
        whenClosed.run();
    }

    /** That what is wrong has a command that remedies it, or a reason why there is none. @param check as JSON */
    static void assertRemedied(JsonNode check) {
        boolean good = check.path("verdict").asText().equals("good");
        JsonNode problem = check.path("problem");
        assertThat(problem.isMissingNode()).as(check.toString()).isEqualTo(good);
        assertThat(problem.has("command") != problem.has("noCommand"))
                .as(check.toString())
                .isEqualTo(!good);
        assertThat(problem.path("code").asText().startsWith("KP-")).isEqualTo(!good);
        assertThat(problem.path("command").asText()).doesNotContain("{", "“");
    }
}
