package io.keylesspull.app;

import io.keylesspull.app.cli.Cli;
import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.app.cli.Launcher;
import io.keylesspull.app.cli.Serving;
import io.keylesspull.app.cli.SessionOptions;
import io.keylesspull.app.cli.SessionsFactory;
import io.keylesspull.app.cli.Terminal;
import io.keylesspull.azure.signin.Browser;
import io.keylesspull.network.Network;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Once;
import io.keylesspull.time.Time;
import io.keylesspull.ui.settings.Settings;
import io.keylesspull.ui.settings.SettingsHost;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.ProxySelector;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The program as a process: its streams, its language, its folder, its threads. */
public final class Program {

    private Program() {}

    /** Runs until the work is done or the window is closed. @return the process's exit status */
    public static int run(String... args) {
        Network.prepareJava();
        String system = System.getProperty("os.name");
        Locale language = Locale.getDefault();
        WindowStart start;
        try {
            start = start(system, Path.of(System.getProperty("user.home")), language);
        } catch (InvalidPathException notInThisLocale) {
            writer(System.err).println(new Texts(language).render("app.notAPath", notInThisLocale.getInput()));
            return ExitStatus.FAILED;
        }
        return run(new Texts(SpokenLanguage.of(start.kept(), language)), system, start, args);
    }

    private static WindowStart start(String system, Path home, Locale language) {
        Path settings = DataFolder.settings(system, home, System.getenv());
        Path arrangement = settings.resolveSibling("window.txt");
        Map<String, String> kept = ArrangementFile.read(arrangement);
        Path standard = DataFolder.of(system, home, System.getenv());
        Optional<String> fixedBy = DataFolder.fixedBy(system, System.getenv());
        Path data =
                Settings.dataFolder(kept).filter(chosen -> fixedBy.isEmpty()).orElse(standard);
        return new WindowStart(
                arrangement,
                kept,
                language,
                new SettingsHost.Data(data, standard, fixedBy, arrangement.resolveSibling("")),
                settings);
    }

    private static int run(Texts texts, String system, WindowStart start, String... args) {
        Path data = start.data().now();
        Path settings = start.settings();
        ExecutorService workers = Executors.newCachedThreadPool(Program::worker);
        try {
            Browser browser = new SystemBrowser(system)::open;
            SessionsFactory sessions = options -> open(options, browser, texts, data, settings, workers);
            // Created on first use: it takes longer than everything else before JavaFX starts.
            Once<SecureRandom> random = new Once<>(SecureRandom::new);
            Launcher wizard = new FxLauncher(
                    sessions, texts, Time.system(), () -> random.get().nextLong(), start);
            if (args.length == 0) {
                // Started from the menu: there is nothing to parse, and loading picocli would delay the window.
                wizard.launch(SessionOptions.NONE, Optional.empty());
                return ExitStatus.PROVEN;
            }
            Serving serving = new PracticeServing(
                    data,
                    Time.system(),
                    new SecureRandom(),
                    texts,
                    ShellDialect.of(system),
                    writer(System.out),
                    writer(System.err));
            Browser inTerminal = new TerminalBrowser(browser, System.console() != null, writer(System.err), texts);
            Cli cli = new Cli(
                    options -> open(options, inTerminal, texts, data, settings, workers),
                    wizard,
                    serving,
                    texts,
                    new Terminal(
                            reader(System.in),
                            writer(System.out),
                            writer(System.err),
                            System.console() == null,
                            Program::passphrase));
            return cli.run(args);
        } catch (WindowUnavailable e) {
            writer(System.err).println(texts.render("app.noWindow", String.valueOf(e.getMessage())));
            return ExitStatus.FAILED;
        } finally {
            workers.shutdownNow();
        }
    }

    private static SessionsFactory.OpenSessions open(
            SessionOptions options, Browser browser, Texts texts, Path data, Path settings, ExecutorService workers) {
        Pace pace = options.practice().orElse(Pace.FAST);
        Composition composition = new Composition(
                () -> PracticeAccess.to(PracticeCloud.start(pace, Time.system(), new SecureRandom())),
                () -> Network.open(options.network(), settings, System.getenv(), ProxySelector.getDefault()),
                texts,
                browser,
                data,
                workers,
                Time.system());
        return new SessionsFactory.OpenSessions(composition, composition::prepare, composition::close);
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        return thread;
    }

    /** Empty if there is no terminal: its input or output goes elsewhere. */
    private static Optional<char[]> passphrase(String question) {
        return Optional.ofNullable(System.console()).map(console -> console.readPassword("%s", question));
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, Charset.defaultCharset()));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
