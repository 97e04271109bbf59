package io.keylesspull.kill;

import io.keylesspull.app.Composition;
import io.keylesspull.app.PracticeAccess;
import io.keylesspull.app.cli.Cli;
import io.keylesspull.app.cli.SessionsFactory;
import io.keylesspull.app.cli.Terminal;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.network.NoNetwork;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The product's command line in a process of its own, put together as {@code Program} does it, but for a practice cloud
 * that lives on in the process that started this one. What it prints goes through {@link HaltingWriter}.
 */
public final class ProgramToKill {

    /** How many arguments come before those of the command line. */
    static final int OWN_ARGUMENTS = 7;

    private ProgramToKill() {}

    /** @param args as {@link Stage} gives them, then the command line's */
    public static void main(String[] args) throws IOException, Failure, InterruptedException {
        endWithParent();
        Path data = Path.of(args[5]);
        PracticeAccess access = new PracticeAccess(
                URI.create(args[0]),
                new TunnelRoute(URI.create(args[1])),
                args[2],
                List.of(),
                args[3],
                Files.readString(Path.of(args[4])),
                "",
                Instant.EPOCH,
                io.keylesspull.practice.clock.Pace.FAST,
                () -> {});
        ExecutorService workers = Executors.newCachedThreadPool(ProgramToKill::worker);
        Texts texts = new Texts(Locale.ENGLISH);
        Composition composition = new Composition(
                () -> access, NoNetwork::open, texts, SignInEnvironment.bare().browser(), data, workers, Time.system());
        // Its runs are in the practice cloud that lives on, not in one that has ended.
        composition.practice(Optional.empty());
        SessionsFactory sessions = practice -> new SessionsFactory.OpenSessions(composition, () -> {}, () -> {});
        PrintWriter out = new PrintWriter(new HaltingWriter(
                new OutputStreamWriter(System.out, StandardCharsets.UTF_8), data, Integer.parseInt(args[6])));
        Cli cli = new Cli(
                sessions,
                (options, setup) -> {},
                (pace, port) -> 1,
                texts,
                new Terminal(new BufferedReader(Reader.nullReader()), out, out));
        int status = cli.run(Arrays.copyOfRange(args, OWN_ARGUMENTS, args.length));
        workers.shutdownNow();
        System.exit(status);
    }

    /** Whoever started this holds its standard input open for as long as it lives. */
    private static void endWithParent() {
        Thread watcher = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException closed) {
                        // That is what was waited for.
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        return thread;
    }
}
