package io.keylesspull.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.ProgramInPractice;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.remote.SshKey;
import io.keylesspull.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A practice cloud in this process and a data folder, and over both the program: in this process, or in one that is
 * killed while cloud and folder live on.
 */
final class Stage implements AutoCloseable {

    private static final int KEPT_LINES = 40;
    private static final long LOOK_MILLIS = 5;

    private final Example example;
    private final ChildJvm jvm;
    private final Path folder;
    private final ProgramInPractice program;
    private final PracticeServer server;

    Stage(Example example, Path folder, Pace pace, ChildJvm jvm) throws IOException {
        this.example = example;
        this.jvm = jvm;
        this.folder = Files.createDirectories(folder);
        this.program = new ProgramInPractice(folder, pace, Time.system());
        program.signIn();
        this.server = program.cloud().serve(0, new SecureRandom());
        Files.writeString(keyFile(), program.cloud().practicePrivateKey());
        SshKey.generate("other").save(otherKey());
        example.prepare(program);
    }

    private Path otherKey() {
        return folder.resolve("other_key");
    }

    private Path keyFile() {
        return folder.resolve("machine_key");
    }

    PracticeCloud cloud() {
        return program.cloud();
    }

    /** Writes the setup file of a run. @return its path */
    String setup() throws IOException {
        return Files.writeString(folder.resolve("setup.json"), example.setup(otherKey()))
                .toString();
    }

    /** Runs the program in this process; it has to succeed. */
    void succeeds(String... commandLine) {
        int status = program.run("", commandLine);
        assertThat(status)
                .as("%s:%n%s", String.join(" ", commandLine), program.printed())
                .isZero();
    }

    /** Sets up in a process of its own, which leaves an archive of its classes behind for those that follow. */
    void makeArchive() throws IOException, InterruptedException {
        try (Child child = new Child(true, HaltingWriter.NEVER, "--run", setup())) {
            child.status();
        }
    }

    /** Runs the program in a process of its own to its end; it has to succeed. */
    void succeedsInChild(String... commandLine) throws IOException, InterruptedException {
        try (Child child = new Child(false, HaltingWriter.NEVER, commandLine)) {
            assertThat(child.status())
                    .as("%s:%n%s", String.join(" ", commandLine), child.printed)
                    .isZero();
        }
    }

    /**
     * Runs the program in a process of its own, and kills that.
     *
     * @param records when the journal has so many; at the end of a run that writes fewer
     * @return the journal that it left
     */
    List<String> killedAt(int records, String... commandLine) throws IOException, InterruptedException {
        try (Child child = new Child(false, records, commandLine)) {
            int reached = child.untilReached();
            child.kill();
            List<String> journal = journal();
            assertThat(journal)
                    .as("the journal when the program was killed")
                    .hasSize(reached)
                    .satisfiesAnyOf(
                            written -> assertThat(written).hasSizeGreaterThanOrEqualTo(records),
                            written -> assertThat(written).last().matches(HaltingWriter::endsRun));
            return journal;
        }
    }

    /**
     * Runs the program in a process of its own, and kills that in the middle of something.
     *
     * @param when looked at again and again until it is true
     * @return the journal that it left
     */
    List<String> killedWhen(BooleanSupplier when, String... commandLine) throws IOException, InterruptedException {
        try (Child child = new Child(false, HaltingWriter.NEVER, commandLine)) {
            while (!when.getAsBoolean()) {
                child.goesOn();
            }
            child.kill();
            return journal();
        }
    }

    /** The lines of the only run's journal; none where it has none yet. */
    List<String> journal() throws IOException {
        if (Files.notExists(program.runs())) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(program.runs())) {
            Optional<Path> journal = runs.map(run -> run.resolve("journal.jsonl"))
                    .filter(Files::exists)
                    .findFirst();
            return journal.isPresent() ? Files.readAllLines(journal.get()) : List.of();
        }
    }

    /** How many resources of a type there are in the group that the examples make. @param type with its namespace */
    long made(String type) {
        return cloud().resourceIds()
                .filter(id -> id.contains("/myResourceGroup/providers/" + type + "/"))
                .count();
    }

    Snapshot snapshot() {
        return Snapshot.of(cloud());
    }

    @Override
    public void close() {
        server.close();
        program.close();
    }

    private final class Child implements AutoCloseable {

        private final Process process;
        private final BufferedReader out;
        private final Deque<String> printed = new ArrayDeque<>();

        Child(boolean makesArchive, int stop, String... commandLine) throws IOException {
            List<String> command = new ArrayList<>(jvm.command(makesArchive));
            command.addAll(List.of(
                    ProgramToKill.class.getName(),
                    cloud().route().toString(),
                    server.proxy().toString(),
                    cloud().tenantId(),
                    PracticeCloud.CALLER + "/32",
                    keyFile().toString(),
                    program.runs().getParent().toString(),
                    String.valueOf(stop),
                    "--practice",
                    "--output",
                    "json"));
            command.addAll(List.of(commandLine));
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        private String next() throws IOException {
            String line = out.readLine();
            if (line != null) {
                printed.add(line);
                if (printed.size() > KEPT_LINES) {
                    printed.remove();
                }
            }
            return line;
        }

        /** @return how many records the journal had then */
        int untilReached() throws IOException {
            for (String line = next(); line != null; line = next()) {
                if (line.startsWith(HaltingWriter.REACHED)) {
                    return Integer.parseInt(line.substring(HaltingWriter.REACHED.length()));
                }
            }
            throw new AssertionError("the program ended before it was to be killed: " + printed);
        }

        /** Lets it go on for a moment. */
        void goesOn() throws IOException, InterruptedException {
            while (out.ready()) {
                next();
            }
            assertThat(process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS))
                    .as("the program ended before it was to be killed: %s", printed)
                    .isFalse();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        int status() throws IOException, InterruptedException {
            String line;
            do {
                line = next();
            } while (line != null);
            return process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
