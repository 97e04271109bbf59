package io.keylesspull.app.cli;

import io.keylesspull.app.cli.CommandLineOptions.Output;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.network.NetworkSettingsException;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The command line. It opens the wizard, runs a setup file or shows its plan without a window, works on earlier runs,
 * or serves the practice cloud.
 */
public final class Cli {

    /** How long to wait for a cancelled run: twice the two seconds in which it ends. */
    private static final Duration AFTER_CANCEL = Duration.ofSeconds(4);
    /** Time for that wait and for the last lines that are printed. */
    private static final Duration AFTER_CTRL_C = Duration.ofSeconds(5);

    private final SessionsFactory sessions;
    private final Launcher launcher;
    private final Serving serving;
    private final Texts texts;
    private final Terminal terminal;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Interrupt.ShutdownHooks hooks;
    private final SshCommand.Programs programs;
    private final Usage usage;

    /** @param texts the language of messages; {@code --output json} is always in English */
    public Cli(SessionsFactory sessions, Launcher launcher, Serving serving, Texts texts, Terminal terminal) {
        this(
                sessions,
                launcher,
                serving,
                texts,
                terminal,
                Interrupt.ShutdownHooks.ofProgram(),
                SshCommand.Programs.ofSystem());
    }

    Cli(
            SessionsFactory sessions,
            Launcher launcher,
            Serving serving,
            Texts texts,
            Terminal terminal,
            Interrupt.ShutdownHooks hooks,
            SshCommand.Programs programs) {
        this.sessions = sessions;
        this.launcher = launcher;
        this.serving = serving;
        this.texts = texts;
        this.terminal = terminal;
        this.out = terminal.out();
        this.err = terminal.err();
        this.hooks = hooks;
        this.programs = programs;
        this.usage = new Usage(texts);
    }

    /**
     * Does what the arguments say and blocks until it is done. An interrupt of the thread cancels the work.
     *
     * @return the program's exit status: 0 proven or shown, 1 failed or its output is lost, 2 misused, 130 cancelled;
     *     for a session on a machine, that of {@code ssh}
     */
    public int run(String... args) {
        int status = work(args);
        if (out.checkError()) {
            say(Text.of("app.outputLost"));
            return status == ExitStatus.PROVEN ? ExitStatus.FAILED : status;
        }
        return status;
    }

    private int work(String... args) {
        if (args.length > 0 && args[0].equals(SshCommand.NAME)) {
            RunPrinter printer = new TextPrinter(out, err, texts, ZoneId.systemDefault(), false, "");
            return new SshCommand(sessions, printer, programs, terminal, usage)
                    .run(Arrays.copyOfRange(args, 1, args.length));
        }
        CommandLineOptions options = new CommandLineOptions();
        CommandLine commandLine = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
        try {
            commandLine.parseArgs(args);
        } catch (ParameterException e) {
            err.println(usage.misuse(e));
            err.flush();
            return ExitStatus.MISUSED;
        }
        if (commandLine.isUsageHelpRequested()) {
            out.print(usage.help(commandLine));
            out.flush();
            return ExitStatus.PROVEN;
        }
        if (commandLine.isVersionHelpRequested()) {
            out.println(usage.version());
            out.flush();
            return ExitStatus.PROVEN;
        }
        Optional<String> unmatched = options.unmatched();
        if (unmatched.isPresent()) {
            err.println(usage.unmatched(unmatched.get()));
            err.flush();
            return ExitStatus.MISUSED;
        }
        Optional<CommandLineOptions.Idle> idle = options.idle();
        if (idle.isPresent()) {
            err.println(usage.idle(idle.get()));
            err.flush();
            return ExitStatus.MISUSED;
        }
        Optional<String> blankRun = options.blankRun();
        if (blankRun.isPresent()) {
            err.println(usage.blankRun(blankRun.get()));
            err.flush();
            return ExitStatus.MISUSED;
        }
        Optional<String> blankValue = options.blankValue();
        if (blankValue.isPresent()) {
            err.println(usage.blankValue(blankValue.get()));
            err.flush();
            return ExitStatus.MISUSED;
        }
        if (options.serverPort().isPresent()) {
            return interruptibly(() -> serving.serve(
                    options.practice().orElse(Pace.FAST), options.serverPort().get()));
        }
        SessionOptions session;
        try {
            session = options.sessions();
        } catch (NetworkSettingsException e) {
            printer(options).problem(AzureFailures.failure(e).problem());
            return ExitStatus.MISUSED;
        }
        Optional<Path> file = options.run().or(options::plan).or(options::check);
        if (file.isPresent()) {
            return unattended(file.get(), options, session);
        }
        if (options.runs()
                || options.resume().or(options::undo).or(options::remove).isPresent()) {
            return unattended(options, session, (unattended, printer) -> stored(options, session, unattended, printer));
        }
        launcher.launch(session, options.setup());
        return ExitStatus.PROVEN;
    }

    private int stored(CommandLineOptions options, SessionOptions session, Unattended unattended, RunPrinter printer) {
        StoredRuns runs = new StoredRuns(
                sessions, session, unattended, printer, new Confirmation(terminal.in(), err, terminal.echoes(), texts));
        return options.resume()
                .map(runs::resume)
                .or(() -> options.undo().map(run -> runs.undo(run, options.yes(), options.restoreMachines())))
                .or(() -> options.remove().map(run -> runs.remove(run, options.yes())))
                .orElseGet(runs::list);
    }

    private int unattended(Path file, CommandLineOptions options, SessionOptions session) {
        SetupFile.Reading reading = SetupFile.read(file, options.practice().isPresent());
        if (reading instanceof SetupFile.Read read) {
            return unattended(
                    options,
                    session,
                    (unattended, printer) -> options.plan().isPresent()
                            ? options.export()
                                    .map(format -> unattended.export(read.request(), format, this::print))
                                    .orElseGet(() -> unattended.plan(read.request(), options.script()))
                            : options.check().isPresent()
                                    ? unattended.check(read.request())
                                    : unattended.run(read.request()));
        }
        printer(options).invalid(file, ((SetupFile.Refused) reading).violations());
        return ExitStatus.MISUSED;
    }

    /** Work without a window. Returns the exit status. */
    @FunctionalInterface
    private interface UnattendedWork {
        int with(Unattended unattended, RunPrinter printer);
    }

    private int unattended(CommandLineOptions options, SessionOptions session, UnattendedWork work) {
        RunPrinter printer = printer(options);
        Unattended unattended = new Unattended(
                sessions,
                session,
                printer,
                this::prompt,
                new Passphrases(terminal.passphrases(), texts),
                options.report(),
                texts,
                AFTER_CANCEL);
        return interruptibly(() -> work.with(unattended, printer));
    }

    private RunPrinter printer(CommandLineOptions options) {
        return options.output() == Output.JSON
                ? new JsonPrinter(out)
                : new TextPrinter(
                        out,
                        err,
                        texts,
                        ZoneId.systemDefault(),
                        options.practice().isPresent(),
                        options.again());
    }

    private int interruptibly(IntSupplier work) {
        try (Interrupt watching = Interrupt.watch(hooks, AFTER_CTRL_C)) {
            return work.getAsInt();
        }
    }

    private void prompt(DeviceCode code) {
        say(Text.of("app.deviceCode", code.verificationUri().toString(), code.userCode()));
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    private void say(Text text) {
        err.println(texts.render(text));
        err.flush();
    }
}
