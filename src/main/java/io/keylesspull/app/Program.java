package io.keylesspull.app;

import io.keylesspull.practice.Pace;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The program as a process: its streams, its language, its folder, its threads. */
public final class Program {

    private Program() {
    }

    /** Runs until the work is done or the window is closed. @return the process's exit status */
    public static int run(String... args) {
        Texts texts = new Texts(Locale.getDefault());
        Path data = DataFolder.of(System.getProperty("os.name"), Path.of(System.getProperty("user.home")),
                System.getenv());
        ExecutorService workers = Executors.newCachedThreadPool(Program::worker);
        try {
            SessionsFactory sessions = practice -> open(practice.orElse(Pace.FAST), data, workers);
            Cli cli = new Cli(sessions, practice -> { }, texts, writer(System.out), writer(System.err));
            return cli.run(args);
        } finally {
            workers.shutdownNow();
        }
    }

    private static SessionsFactory.Open open(Pace pace, Path data, ExecutorService workers) {
        Composition composition = new Composition(pace, data, workers, Time.system());
        return new SessionsFactory.Open(composition, composition::close);
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        return thread;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
