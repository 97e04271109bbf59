package io.keylesspull.app.cli;

import io.keylesspull.network.NetworkOptions;
import io.keylesspull.network.NetworkSettingsException;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.export.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of the command line. picocli sets the fields. */
@Command(
        name = CommandLineOptions.NAME,
        mixinStandardHelpOptions = false,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class CommandLineOptions {

    /** What the program is called on a command line. */
    static final String NAME = "keyless-pull";

    /** How events are printed. */
    enum Output {
        TEXT,
        JSON
    }

    /** What to do. Only one of these options can be given. */
    static final class Mode {
        @Option(names = "--run", descriptionKey = "option.run", paramLabel = "SETUP.json")
        @Nullable
        Path run;

        @Option(names = "--plan", descriptionKey = "option.plan", paramLabel = "SETUP.json")
        @Nullable
        Path plan;

        @Option(names = "--check", descriptionKey = "option.check", paramLabel = "SETUP.json")
        @Nullable
        Path check;

        @Option(names = "--runs", descriptionKey = "option.runs")
        boolean runs;

        @Option(names = "--resume", descriptionKey = "option.resume", paramLabel = "RUN")
        @Nullable
        String resume;

        @Option(names = "--undo", descriptionKey = "option.undo", paramLabel = "RUN")
        @Nullable
        String undo;

        @Option(names = "--remove", descriptionKey = "option.remove", paramLabel = "RUN")
        @Nullable
        String remove;

        @Option(
                names = "--practice-server",
                descriptionKey = "option.practice-server",
                arity = "0..1",
                fallbackValue = "0",
                paramLabel = "PORT",
                converter = PortNumber.class)
        @Nullable
        Integer serverPort;
    }

    @Option(
            names = "--practice",
            descriptionKey = "option.practice",
            arity = "0..1",
            fallbackValue = "FAST",
            paramLabel = "realistic|fast|instant")
    private @Nullable Pace practice;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private @Nullable Mode mode;

    @Parameters(arity = "0..1", descriptionKey = "option.setup", paramLabel = "SETUP.json")
    private @Nullable Path setup;

    @Option(names = "--proxy", descriptionKey = "option.proxy", paramLabel = "URL")
    private @Nullable String proxy;

    @Option(names = "--ssh-proxy", descriptionKey = "option.sshProxy", paramLabel = "URL")
    private @Nullable String sshProxy;

    @Option(names = "--ca-file", descriptionKey = "option.caFile", paramLabel = "FILE")
    private @Nullable Path caFile;

    @Option(names = "--script", descriptionKey = "option.script", paramLabel = "FILE")
    private @Nullable Path script;

    @Option(
            names = "--export",
            descriptionKey = "option.export",
            paramLabel = "arm|bicep|terraform|cloud-init|bash|powershell",
            converter = FormatOption.class)
    private @Nullable Format export;

    @Option(names = "--report", descriptionKey = "option.report", paramLabel = "FILE")
    private @Nullable Path report;

    @Option(names = "--yes", descriptionKey = "option.yes")
    private boolean yes;

    @Option(names = "--restore-machines", descriptionKey = "option.restoreMachines")
    private boolean restoreMachines;

    @Option(names = "--output", descriptionKey = "option.output", paramLabel = "text|json")
    private @Nullable Output output;

    @Option(
            names = {"-V", "--version"},
            descriptionKey = "option.version",
            versionHelp = true)
    @SuppressWarnings("UnusedVariable") // picocli reads the option itself
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            descriptionKey = "option.help",
            usageHelp = true)
    @SuppressWarnings("UnusedVariable") // picocli reads the option itself
    private boolean help;

    Optional<Pace> practice() {
        return Optional.ofNullable(practice);
    }

    /** @throws NetworkSettingsException if a proxy is malformed, or a file that an option names cannot be used */
    SessionOptions sessions() throws NetworkSettingsException {
        return new SessionOptions(
                practice(),
                NetworkOptions.of(
                        Optional.ofNullable(proxy), Optional.ofNullable(sshProxy), Optional.ofNullable(caFile)));
    }

    /** The setup file to open in the window; empty for none. */
    Optional<Path> setup() {
        return Optional.ofNullable(setup);
    }

    /** A word that is neither an option nor a setup file that the window can open; empty if there is none. */
    Optional<String> unmatched() {
        return setup().filter(file -> mode != null || Files.notExists(file)).map(Path::toString);
    }

    Optional<Path> run() {
        return Optional.ofNullable(mode).map(chosen -> chosen.run);
    }

    Optional<Path> plan() {
        return Optional.ofNullable(mode).map(chosen -> chosen.plan);
    }

    Optional<Path> check() {
        return Optional.ofNullable(mode).map(chosen -> chosen.check);
    }

    /** The file to save the plan's shell script to. */
    Optional<Path> script() {
        return Optional.ofNullable(script);
    }

    /** As what the plan is printed, instead of showing it. */
    Optional<Format> export() {
        return Optional.ofNullable(export);
    }

    /** The file to write a report of the run to. */
    Optional<Path> report() {
        return Optional.ofNullable(report);
    }

    boolean runs() {
        return mode != null && mode.runs;
    }

    Optional<String> resume() {
        return Optional.ofNullable(mode).map(chosen -> chosen.resume);
    }

    Optional<String> undo() {
        return Optional.ofNullable(mode).map(chosen -> chosen.undo);
    }

    Optional<String> remove() {
        return Optional.ofNullable(mode).map(chosen -> chosen.remove);
    }

    /** Whether to go ahead without asking. */
    boolean yes() {
        return yes;
    }

    /**
     * What another command needs to reach the same runs and machines, with a blank at its end; may be empty. A proxy's
     * login is left out, as it may have a password.
     */
    String again() {
        return PracticeOption.prefix(practice())
                + Stream.of(
                                again("--proxy", withoutLogin(proxy)),
                                again("--ssh-proxy", withoutLogin(sshProxy)),
                                again("--ca-file", caFile == null ? null : caFile.toString()))
                        .collect(Collectors.joining());
    }

    private static String again(String option, @Nullable String value) {
        if (value == null) {
            return "";
        }
        return option + " " + (value.indexOf(' ') < 0 ? value : '"' + value + '"') + " ";
    }

    /** A password may have a slash or an at sign itself: the host begins behind the last one. */
    private static @Nullable String withoutLogin(@Nullable String proxy) {
        return proxy == null ? null : proxy.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1");
    }

    boolean restoreMachines() {
        return restoreMachines;
    }

    /** The port of the practice server, 0 for any free port; empty if no server is wanted. */
    Optional<Integer> serverPort() {
        return Optional.ofNullable(mode).map(chosen -> chosen.serverPort);
    }

    Output output() {
        return output == null ? Output.TEXT : output;
    }

    /** The option that names a run by a blank text, as a script does with an unset variable; empty if none does. */
    Optional<String> blankRun() {
        return blank(Stream.of(
                Map.entry("--resume", resume()), Map.entry("--undo", undo()), Map.entry("--remove", remove())));
    }

    /** The same of an option with any other value. */
    Optional<String> blankValue() {
        return blank(Stream.of(
                Map.entry("--run", run().map(Path::toString)),
                Map.entry("--plan", plan().map(Path::toString)),
                Map.entry("--check", check().map(Path::toString)),
                Map.entry("--script", script().map(Path::toString)),
                Map.entry("--report", report().map(Path::toString)),
                Map.entry("--ca-file", Optional.ofNullable(caFile).map(Path::toString)),
                Map.entry("--proxy", Optional.ofNullable(proxy)),
                Map.entry("--ssh-proxy", Optional.ofNullable(sshProxy))));
    }

    private static Optional<String> blank(Stream<Map.Entry<String, Optional<String>>> values) {
        return values.filter(option -> option.getValue().filter(String::isBlank).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Why an option has no effect.
     *
     * @param because the key of a message: it goes with another one, or has no effect with it
     * @param other that one, or those
     */
    record Idle(String option, String because, String other) {

        static Idle needs(String option, String needed) {
            return new Idle(option, "usage.needs", needed);
        }
    }

    /** The first option that has no effect with the others as they are given; empty if there is none. */
    Optional<Idle> idle() {
        boolean undo = undo().isPresent();
        boolean server = serverPort().isPresent();
        if (practice != null || server) {
            // The practice cloud and its machines are on this computer.
            Optional<String> ofNetwork = proxy != null
                    ? Optional.of("--proxy")
                    : sshProxy != null
                            ? Optional.of("--ssh-proxy")
                            : caFile != null ? Optional.of("--ca-file") : Optional.empty();
            if (ofNetwork.isPresent()) {
                String other = server ? "--practice-server" : "--practice";
                return ofNetwork.map(option -> new Idle(option, "usage.notWith", other));
            }
        }
        if (script != null && plan().isEmpty()) {
            return Optional.of(Idle.needs("--script", "--plan"));
        }
        if (export != null && plan().isEmpty()) {
            return Optional.of(Idle.needs("--export", "--plan"));
        }
        if (export != null && (script != null || output != null)) {
            return Optional.of(new Idle(script != null ? "--script" : "--output", "usage.exportAlone", "--export"));
        }
        if (report != null && !undo && run().isEmpty() && resume().isEmpty()) {
            return Optional.of(Idle.needs("--report", "--run / --resume / --undo"));
        }
        if (restoreMachines && !(undo && yes)) {
            return Optional.of(Idle.needs("--restore-machines", "--undo --yes"));
        }
        if (yes && !undo && remove().isEmpty()) {
            return Optional.of(Idle.needs("--yes", "--undo / --remove"));
        }
        if (output != null && (mode == null || serverPort().isPresent())) {
            return Optional.of(
                    Idle.needs("--output", "--run / --plan / --check / --runs / --resume / --undo / --remove"));
        }
        return Optional.empty();
    }
}
