package io.keylesspull.setup.session;

import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.disk.Undisturbed;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.journal.JournalOrigin;
import io.keylesspull.setup.log.RunLog;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The folder of one run and the paths in it. */
record RunFolder(Path path) {

    /** The run's id. */
    String id() {
        return path.getFileName().toString();
    }

    Path setup() {
        return path.resolve("setup.json");
    }

    Path journal() {
        return path.resolve("journal.jsonl");
    }

    Path newKey() {
        return path.resolve("id_ed25519");
    }

    Path log() {
        return path.resolve("log.txt");
    }

    /** What the machines' host keys are, in the form that {@code ssh} reads. */
    Path knownHosts() {
        return path.resolve("known_hosts");
    }

    /** Creates a new run's files. @param setup the text of its setup file */
    void create(String setup) throws IOException {
        PrivateFiles.createDirectories(path);
        // Before the setup file: one without a journal shows that somebody took the journal away.
        PrivateFiles.create(journal());
        PrivateFiles.create(log());
        PrivateFiles.writeNew(setup(), setup.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What the run has done so far.
     *
     * @throws Failure if the journal cannot be read, is damaged or missing, or is that of another run
     */
    FileJournal.History history() throws Failure {
        if (Files.notExists(journal())) {
            throw Failure.of("engine.journalMissing", "", journal().toString());
        }
        FileJournal.History history = FileJournal.read(journal());
        if (history.events().isEmpty() && hasBegun()) {
            throw Failure.of("engine.journalMissing", "", journal().toString());
        }
        Optional<String> other = history.origin().map(JournalOrigin::run).filter(run -> !run.equals(id()));
        if (other.isPresent()) {
            throw Failure.of("engine.journalOfAnother", "", journal().toString(), other.get());
        }
        return history;
    }

    /** @param practice whether it is a run in practice mode */
    Report report(SetupRequest request, boolean practice) throws Failure {
        List<RunEvent> events = history().events();
        if (events.isEmpty()) {
            throw Failure.of("setup.nothingToReport", "", id());
        }
        return new Report(id(), practice, request, events);
    }

    /** Whether there are files that exist only after the journal's first line was written. */
    private boolean hasBegun() throws Failure {
        try {
            return Files.exists(newKey()) || Files.exists(knownHosts()) || Files.exists(log()) && Files.size(log()) > 0;
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", FileErrors.reason(e), path.toString());
        }
    }

    private Path lock() {
        return path.resolve("lock");
    }

    /**
     * Held while a program works on the run. The system releases the lock when the program ends, even if it crashes.
     */
    static final class Open implements AutoCloseable {

        private final FileChannel lock;
        private final FileJournal journal;
        private final RunLog log;

        private Open(FileChannel lock, FileJournal journal, RunLog log) {
            this.lock = lock;
            this.journal = journal;
            this.log = log;
        }

        RunLog log() {
            return log;
        }

        Journal journal() {
            return journal;
        }

        @Override
        public void close() {
            journal.close();
            log.close();
            closed(lock);
        }
    }

    /**
     * Locks the run, so that nobody else works on it. An interrupt of the calling thread does not prevent that.
     *
     * @param texts the language of the log
     * @throws Failure if another program or window has the lock, or the journal cannot be used: see {@link #history}
     */
    Open open(Texts texts) throws Failure {
        try {
            return Undisturbed.run(Failure.class, () -> opened(texts));
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", String.valueOf(e), path.toString());
        }
    }

    private Open opened(Texts texts) throws Failure, IOException {
        FileChannel lock = lockedHere();
        try {
            boolean first = history().events().isEmpty();
            if (Files.notExists(log())) {
                PrivateFiles.create(log());
            }
            FileJournal journal = FileJournal.open(
                    journal(),
                    first ? Optional.of(new JournalOrigin(id(), Files.readString(setup()))) : Optional.empty());
            Open open = new Open(lock, journal, RunLog.open(log(), texts, ZoneId.systemDefault()));
            lock = null;
            return open;
        } finally {
            if (lock != null) {
                closed(lock);
            }
        }
    }

    /** @throws Failure where another program, or another window of this one, works on the run */
    FileChannel locked() throws Failure {
        try {
            return Undisturbed.run(Failure.class, this::lockedHere);
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", FileErrors.reason(e), path.toString());
        }
    }

    private FileChannel lockedHere() throws Failure, IOException {
        FileChannel channel = lockFile();
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProgram) {
            // Reported below, like a lock of another program.
        } finally {
            if (!taken) {
                closed(channel);
            }
        }
        if (!taken) {
            throw Failure.of("setup.runInUse", "", id());
        }
        return channel;
    }

    private FileChannel lockFile() throws IOException {
        try {
            PrivateFiles.create(lock());
        } catch (FileAlreadyExistsException fromAnEarlierTry) {
            // It is only ever locked, never written to.
        }
        return FileChannel.open(lock(), StandardOpenOption.WRITE);
    }

    static void closed(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException nothingWasWrittenThere) {
            return;
        }
    }
}
