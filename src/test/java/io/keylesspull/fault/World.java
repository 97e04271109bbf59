package io.keylesspull.fault;

import static org.awaitility.Awaitility.await;

import io.keylesspull.app.ProgramInPractice;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.host.PracticeMachine;
import io.keylesspull.practice.machine.ssh.CommandHook;
import io.keylesspull.practice.machine.ssh.SshFault;
import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.remote.SshKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A practice cloud, the program over it, the time that both live in, and what goes wrong in the one until mended. */
final class World implements AutoCloseable {

    /** After so long, what was cached would be too old. */
    private static final Duration FIT = Duration.ofMinutes(40);

    private final VirtualTime time = new VirtualTime();
    private final Deque<Runnable> mending = new ConcurrentLinkedDeque<>();
    private final Queue<Fault> met = new ConcurrentLinkedQueue<>();
    private final FullDisk disk = new FullDisk();
    private final Path folder;
    private final ProgramInPractice program;
    private final Pace pace;
    private final boolean smallDisk;
    private final boolean many;
    private final State first;
    private final Instant begun;
    private Setup setup;

    /** @param folder for the setup file and, where that is on no small disk, for the program's data */
    World(Setup setup, Path folder) {
        this.folder = folder;
        this.pace = setup.pace();
        this.smallDisk = setup.smallDisk();
        this.program = new ProgramInPractice(folder, smallDisk ? disk.folder() : folder.resolve("data"), pace, time);
        this.many = setup == Setup.MANY;
        if (many) {
            faults().manyMachines(ManyRows.MACHINES);
        }
        this.first = state();
        this.begun = time.now();
    }

    /** Whether everything is as it was when it began, so that it will do for this too. */
    boolean isFitFor(Setup other) {
        return pace == other.pace()
                && smallDisk == other.smallDisk()
                && (other == Setup.MANY) == many
                && mending.isEmpty()
                && time.now().isBefore(begun.plus(FIT))
                && state().equals(first);
    }

    /** Lets a fault happen. */
    Seen meet(Row row) {
        setup = row.setup();
        // The ids of runs begin with the second.
        time.pass(Duration.ofSeconds(1));
        if (pace == Pace.INSTANT) {
            // Not even the blink that it takes at this pace: the clock may stand still until it is needed.
            faults().arm().rolesWithoutEffectFor(Duration.ZERO);
        }
        return Seen.of(row, this);
    }

    VirtualTime time() {
        return time;
    }

    PracticeCloud cloud() {
        return program.cloud();
    }

    Faults faults() {
        return program.faults();
    }

    State state() {
        return State.of(cloud());
    }

    /** How many runs there are. */
    long runs() {
        try (Stream<Path> runs = Files.list(program.runs())) {
            return runs.count();
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a run. @return the exit status */
    int setUp() {
        try {
            Path otherKey = folder.resolve("other_key");
            if (Files.notExists(otherKey)) {
                SshKey.generate("other").save(otherKey);
            }
            return run(
                    "--run",
                    Files.writeString(folder.resolve("setup.json"), setup.text(otherKey))
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the last run back. @return the exit status */
    int undo() {
        return run("--undo", "last", "--yes", "--restore-machines");
    }

    private int run(String... what) {
        return program.run(
                "",
                Stream.concat(Stream.of("--output", "json"), Stream.of(what)).toArray(String[]::new));
    }

    String printed() {
        return program.printed();
    }

    /** Lets requests go wrong until {@link #mend}. */
    Fault http(RequestMatcher which, Occasions when, HttpFault what) {
        return untilMended(faults().http().add(which, when, what));
    }

    /** Lets something happen just before a request, the first of its kind. */
    Fault before(RequestMatcher which, Runnable act) {
        return untilMended(faults().http().before(which, Occasions.first(1), act));
    }

    /** Lets somebody cancel a deployment of the run when it is looked at. @param look the first, or a later one */
    Fault cancelDeployment(int look) {
        return untilMended(faults().http()
                .watch(
                        RequestMatcher.to("management.azure.com").method("GET").path("/deployments/keyless-pull-"),
                        Occasions.only(look),
                        asked -> faults().arm().cancelDeployment(asked.uri().getPath())));
    }

    /** Lets commands go wrong until {@link #mend}. @param line regular expression, found anywhere in it */
    Fault command(String line, Occasions when, CommandHook what) {
        return untilMended(faults().machines().command("*", line, when, what));
    }

    /** Lets something happen just before a command, the first of its kind. */
    Fault beforeCommand(String line, Runnable act) {
        return untilMended(faults().machines().beforeCommand("*", line, Occasions.first(1), act));
    }

    /** Lets SSH connections go wrong until {@link #mend}. */
    Fault ssh(Occasions when, SshFault what) {
        return untilMended(faults().machines().ssh("*", when, what));
    }

    /** The machine that is set up. */
    PracticeMachine machine() {
        String name = switch (setup) {
            case THERE, BY_RUN_COMMAND, ADDED_KEY -> "/practiceBare";
            case SHARED -> "/practiceDocker";
            case THROUGH_JUMP_HOST -> "/practicePrivate";
            default -> "/myDockerVM";
        };
        return cloud().machine(cloud().resourceIds()
                .filter(id -> id.endsWith(name))
                .findFirst()
                .orElseThrow());
    }

    /** The machine through which practicePrivate is reached. */
    PracticeMachine jumpHost() {
        return cloud().machine(id("/virtualMachines/practiceJump"));
    }

    /** Puts a file of the machine's user into a folder that is not there yet. */
    void withFile(String folder, String name, String text) {
        FileTree files = machine().state().files();
        files.makeDirectory(folder, "azureuser", 0700);
        files.put(folder + "/" + name, text.getBytes(StandardCharsets.UTF_8), "azureuser", 0600);
        whenMended(() -> files.remove(folder));
    }

    /** The id of the one resource whose id ends so. */
    String id(String end) {
        return cloud().resourceIds().filter(id -> id.endsWith(end)).findFirst().orElseThrow();
    }

    /** Waits until the run has made this. @param names as in the column of what is left behind */
    void awaitMade(String... names) {
        await().until(() -> state().since(first).containsAll(List.of(names)));
    }

    /** Leaves no room for the program's data. */
    void fillDisk() {
        disk.fill();
        whenMended(disk::free);
    }

    Fault untilMended(Fault fault) {
        met.add(fault);
        whenMended(fault::remove);
        return fault;
    }

    void whenMended(Runnable mend) {
        mending.push(mend);
    }

    /** How often something went wrong: by that fault which struck most often, as some only let others begin. */
    int met() {
        return met.stream().mapToInt(Fault::fired).max().orElse(0);
    }

    /** From now on everything goes well. */
    void mend() {
        while (!mending.isEmpty()) {
            mending.pop().run();
        }
        met.clear();
    }

    @Override
    public void close() {
        program.close();
    }
}
