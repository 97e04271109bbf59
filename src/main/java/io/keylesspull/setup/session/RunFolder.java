package io.keylesspull.setup.session;

import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.setup.log.RunLog;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.List;

/** What is where in the folder of one run. */
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

    private Path lock() {
        return path.resolve("lock");
    }

    /** Held while a program works on the run; the system lets go of the lock when the program ends, however it does. */
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
     * Takes the run, so that nobody else works on it.
     *
     * @param texts the language of the log
     * @throws Failure where somebody else does, or the journal cannot be gone on with
     */
    Open open(Texts texts) throws Failure {
        FileChannel lock = locked();
        try {
            for (Path file : List.of(journal(), log())) {
                if (Files.notExists(file)) {
                    PrivateFiles.create(file);
                }
            }
            FileJournal journal = FileJournal.open(journal());
            Open open = new Open(lock, journal, RunLog.open(log(), texts, ZoneId.systemDefault()));
            lock = null;
            return open;
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", String.valueOf(e), path.toString());
        } finally {
            if (lock != null) {
                closed(lock);
            }
        }
    }

    /** @throws Failure where another program, or another window of this one, works on the run */
    FileChannel locked() throws Failure {
        try {
            FileChannel channel = FileChannel.open(lock(), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException heldByThisProgram) {
                closed(channel);
                throw Failure.of("setup.runInUse", "", id());
            }
            closed(channel);
            throw Failure.of("setup.runInUse", "", id());
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", String.valueOf(e), path.toString());
        }
    }

    static void closed(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException nothingWasWrittenThere) {
            return;
        }
    }
}
