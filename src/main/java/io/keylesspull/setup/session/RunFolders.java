package io.keylesspull.setup.session;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.Timeline;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.journal.JournalOrigin;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.StoredRun.State;
import io.keylesspull.setup.step.cloud.MadeByRun;
import io.keylesspull.text.FileErrors;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The folders of all runs of one kind, practice or real. */
public final class RunFolders implements Runs {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int LATEST = 10;
    private static final int TIME_LENGTH = "yyyyMMdd-HHmmss".length();

    private final Path folder;
    private final boolean practice;
    private final Time time;
    private final RandomGenerator random;
    private final Predicate<Instant> cloudEnded;

    /**
     * @param folder where the folders of all runs are; made when first needed
     * @param practice whether they are runs in practice mode
     * @param random for the ends of ids: two people may begin in the same second
     * @param cloudEnded whether what was set up at an instant was in a practice cloud that has ended
     */
    public RunFolders(Path folder, boolean practice, Time time, RandomGenerator random, Predicate<Instant> cloudEnded) {
        this.folder = folder;
        this.practice = practice;
        this.time = time;
        this.random = random;
        this.cloudEnded = cloudEnded;
    }

    /** Makes the folder of a new run. */
    RunFolder create(SetupRequest request) throws Failure {
        String id = TIME.format(time.now().atOffset(ZoneOffset.UTC)) + "-" + "%05x".formatted(random.nextInt(1 << 20));
        try {
            RunFolder made = new RunFolder(folder.resolve(id));
            made.create(SetupFile.write(request));
            return made;
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", FileErrors.reason(e), folder.toString());
        }
    }

    RunFolder of(StoredRun run) {
        return new RunFolder(run.folder());
    }

    @Override
    public List<StoredRun> list() throws Failure {
        if (Files.notExists(folder)) {
            return List.of();
        }
        List<StoredRun> runs = new ArrayList<>();
        try (Stream<Path> folders = Files.list(folder)) {
            folders.filter(Files::isDirectory)
                    .map(RunFolder::new)
                    .flatMap(each -> read(each).stream())
                    .sorted(Comparator.comparing(StoredRun::started)
                            .thenComparing(StoredRun::id)
                            .reversed())
                    .forEach(runs::add);
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", FileErrors.reason(e), folder.toString());
        }
        return List.copyOf(runs);
    }

    /**
     * The key that an earlier run made for a machine that it made too.
     *
     * @param runs those to look at, as {@link #list} gives them
     * @param machineId the machine's resource id
     * @return empty if none of them made the machine
     */
    Optional<Path> keyOf(List<StoredRun> runs, String machineId) {
        return runs.stream()
                .filter(run -> run.left().resource(machineId).isPresent())
                .map(run -> of(run).newKey())
                .filter(Files::exists)
                .findFirst();
    }

    @Override
    public Report report(StoredRun run) throws Failure {
        if (run.problem().isPresent()) {
            throw new Failure(run.problem().get());
        }
        return of(run).report(run.request().orElseThrow(), practice);
    }

    /** What happened in the latest runs; of one that cannot be read, nothing. */
    List<List<RunEvent>> latest() {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> started(each.getFileName().toString()).isPresent())
                    .sorted(Comparator.reverseOrder())
                    .limit(LATEST)
                    .map(each -> events(new RunFolder(each)))
                    .toList();
        } catch (IOException | UncheckedIOException none) {
            return List.of();
        }
    }

    private static List<RunEvent> events(RunFolder each) {
        try {
            return each.history().events();
        } catch (Failure unreadable) {
            return List.of();
        }
    }

    private boolean cloudEnded(List<RunEvent> events) {
        return events.stream()
                .filter(event -> event instanceof RunStarted started && started.purpose() == Purpose.SETUP)
                .map(RunEvent::at)
                .reduce((earlier, later) -> later)
                .filter(cloudEnded)
                .isPresent();
    }

    /** Empty where the folder is not that of a run. */
    private Optional<StoredRun> read(RunFolder each) {
        Optional<Instant> started = started(each.id());
        if (started.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileJournal.History history = each.history();
            Optional<SetupRequest> request = request(each, history.origin());
            StoredRun run = stored(each, started.get(), request, state(history.events()), history.events());
            return Optional.of(mismatch(each, run).map(why -> damaged(run, why)).orElse(run));
        } catch (Failure e) {
            return Optional.of(
                    damaged(stored(each, started.get(), request(each, Optional.empty()), State.DAMAGED, List.of()), e));
        }
    }

    /** The journal's own copy counts: the file may have been edited or lost since. */
    private Optional<SetupRequest> request(RunFolder each, Optional<JournalOrigin> origin) {
        return read(origin.map(known -> SetupFile.readBegun(known.setup(), practice))
                .orElseGet(() -> SetupFile.readBegun(each.setup(), practice)));
    }

    private static Optional<SetupRequest> read(SetupFile.Reading setup) {
        return setup instanceof SetupFile.Read read ? Optional.of(read.request()) : Optional.empty();
    }

    /** Why the journal and the setup file are not of one run. A journal that has a copy of the file needs no other. */
    private static Optional<Failure> mismatch(RunFolder each, StoredRun run) {
        if (run.request().isEmpty()) {
            return Optional.of(Failure.of("setup.runUnread", "", each.setup().toString()));
        }
        MadeByRun made = new MadeByRun(run.left());
        return run.left().changes().stream()
                .flatMap(changed -> changed.machine().stream())
                .filter(label ->
                        !made.machine(label) && !run.request().get().labels().contains(label))
                .findFirst()
                .map(label -> Failure.of("setup.runOther", "", each.setup().toString(), label));
    }

    private static StoredRun damaged(StoredRun run, Failure why) {
        return new StoredRun(
                run.id(),
                run.folder(),
                run.started(),
                run.request(),
                State.DAMAGED,
                run.done(),
                run.steps(),
                run.left(),
                run.cloudEnded(),
                Optional.of(why.problem()));
    }

    /** @throws Failure if the run's setup file says something else than what the run was begun with */
    void requireUnchanged(StoredRun run) throws Failure {
        Path setup = of(run).setup();
        if (Files.exists(setup) && !read(SetupFile.readBegun(setup, practice)).equals(run.request())) {
            throw Failure.of("setup.runChanged", "", setup.toString());
        }
    }

    private StoredRun stored(
            RunFolder each, Instant started, Optional<SetupRequest> request, State state, List<RunEvent> events) {
        List<RunEvent> last = Timeline.lastAttempt(events);
        int steps = last.isEmpty() ? 0 : ((RunStarted) last.get(0)).steps().size();
        int done = (int) last.stream().filter(StepSucceeded.class::isInstance).count();
        // An id tells the second; two runs may have begun in one.
        Instant begun = events.isEmpty() ? started : events.get(0).at();
        boolean over = cloudEnded(events);
        return new StoredRun(
                each.id(),
                each.path(),
                begun,
                request,
                state,
                done,
                steps,
                over ? new RunState() : RunState.of(events),
                over,
                Optional.empty());
    }

    private static State state(List<RunEvent> events) {
        List<RunEvent> last = Timeline.lastAttempt(events);
        if (last.isEmpty()) {
            return State.UNFINISHED;
        }
        boolean succeeded = last.stream()
                .anyMatch(event -> event instanceof RunEnded ended && ended.result() == RunResult.SUCCEEDED);
        return ((RunStarted) last.get(0)).purpose() == Purpose.UNDO
                ? succeeded ? State.UNDONE : State.UNDOING
                : succeeded ? State.PROVEN : State.UNFINISHED;
    }

    private static Optional<Instant> started(String id) {
        try {
            return id.length() < TIME_LENGTH
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse(id.substring(0, TIME_LENGTH), TIME)
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException notARun) {
            return Optional.empty();
        }
    }

    /** A later run on a machine that this one made opens it with the key in this one's folder. */
    private void requireKeyUnused(StoredRun run) throws Failure {
        Path key = of(run).newKey().toAbsolutePath();
        for (StoredRun other : list()) {
            Optional<String> machine = other.state() == State.UNDONE
                            || other.cloudEnded()
                            || other.id().equals(run.id())
                    ? Optional.empty()
                    : other.request().flatMap(request -> openedWith(key.toString(), request));
            if (machine.isPresent()) {
                throw Failure.of("setup.runKeyUsed", "", run.id(), other.id(), machine.get());
            }
        }
    }

    /** A machine or scale set that a request opens with this key. */
    private static Optional<String> openedWith(String key, SetupRequest request) {
        Stream<String> machines = request.machines().stream()
                .filter(one -> one.sshKey().filter(key::equals).isPresent())
                .map(SetupRequest.Machine::name);
        Stream<String> sets = request.scaleSet().stream()
                .filter(set -> set.sshKey().filter(key::equals).isPresent())
                .map(SetupRequest.ScaleSet::name);
        return Stream.concat(machines, sets).findFirst();
    }

    @Override
    public void remove(StoredRun run) throws Failure {
        RunFolder gone = of(run);
        requireKeyUnused(run);
        FileChannel lock = gone.locked();
        RunFolder.closed(lock);
        try {
            Files.walkFileTree(gone.path(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failed) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw Failure.of(
                    "setup.runNotRemoved", FileErrors.reason(e), gone.path().toString());
        }
    }
}
