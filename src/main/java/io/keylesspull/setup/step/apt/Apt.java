package io.keylesspull.setup.step.apt;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls apt-get without prompts, and waits for locks that other processes hold. */
public final class Apt {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    /** The upgrades of a machine's first minutes take a few of them. */
    private static final Retry UNTIL_UNLOCKED =
            new Retry(Duration.ofMinutes(15), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5)));
    /**
     * In English, since what apt says is read; without questions; and with a list of the services that should be
     * restarted in place of a restart without a word (needrestart 3.6 takes its mode from there).
     */
    private static final List<String> ENVIRONMENT =
            List.of("LC_ALL=C", "DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_MODE=l");
    /** dpkg asks about an edited configuration file whatever the frontend: it is kept. */
    private static final List<String> KEEP_CONFIGURATION = List.of("--force-confdef", "--force-confold");

    /** Prints what {@link #hasSource} looks for. */
    public static final Command SOURCES =
            Command.of("apt-get", "indextargets", "--no-release-info", "--format", "$(REPO_URI) $(RELEASE)");

    /** It does not name the server. */
    private static final String CURL_TIMED_OUT = "curl: (28)";

    /** What apt says of a package if it has no lists, or old ones. */
    private static final Pattern LISTS_MISSING =
            Pattern.compile("Unable to locate package|has no installation candidate");

    private static final String INTERRUPTED = "dpkg was interrupted";

    private final MachineConnection connection;
    private final StepContext context;
    /** Of the last update. */
    private String warnings = "";

    public Apt(MachineConnection connection, StepContext context) {
        this.connection = connection;
        this.context = context;
    }

    public void update() throws Failure, InterruptedException {
        context.progress(Text.of("setup.apt.updating"));
        // A server that is not reached is no error: the lists that are there already may be enough.
        warnings = run("update").stderr().strip();
    }

    /**
     * Whether one of apt's sources that are switched on names a repository, as apt itself reads them.
     *
     * @param repository host and path, without a slash at the end
     * @param suite such as {@code jammy}
     */
    public boolean hasSource(String repository, String suite) throws Failure, InterruptedException {
        String targets = connection.require(context, SOURCES).stdout();
        return targets.lines()
                .map(line -> line.replaceFirst("^[a-z+]+://", ""))
                .anyMatch(line -> line.equals(repository + "/ " + suite));
    }

    /**
     * Installs packages. Each new package, including dependencies, is reported before.
     *
     * @throws Failure also if an installed package would be removed or downgraded; then nothing is installed
     */
    public void install(String... packages) throws Failure, InterruptedException {
        context.progress(Text.of("setup.apt.installing", String.join(", ", packages)));
        try {
            simulateAndInstall(packages);
        } catch (Failure failure) {
            throw explained(failure);
        }
    }

    /** Work that downloads from a server of packages by curl. */
    @FunctionalInterface
    public interface Download {
        void run() throws Failure, InterruptedException;
    }

    /** Downloads. @throws Failure that names the server, if it is not reached */
    public void fetching(String server, Download download) throws Failure, InterruptedException {
        try {
            download.run();
        } catch (Failure failure) {
            String details = failure.problem().details();
            throw details.contains(CURL_TIMED_OUT)
                    ? PackageServer.unreached(connection.machine(), server, details)
                    : explained(failure);
        }
    }

    /** What the last command failed for, if that is a server that the machine does not reach. */
    private Failure explained(Failure failure) {
        String output = failure.problem().details();
        String details = LISTS_MISSING.matcher(output).find() ? (output + "\n" + warnings).strip() : output;
        return MachineConnection.isLost(failure)
                ? failure
                : PackageServer.unreachedIn(details)
                        .map(server -> PackageServer.unreached(connection.machine(), server, details))
                        .orElse(failure);
    }

    private void simulateAndInstall(String... packages) throws Failure, InterruptedException {
        CommandResult simulated = simulate("install", packages);
        AptSimulation plan = AptSimulation.parse(simulated.stdout());
        if (!plan.lost().isEmpty()) {
            throw Failure.of(
                    "setup.packages.wouldGo",
                    simulated.stdout().strip(),
                    connection.machine(),
                    String.join(", ", packages),
                    String.join(", ", plan.lost()));
        }
        // What dpkg was cut off in is not new to it any more, though it is to the machine.
        List<Change> changes = Stream.concat(
                        plan.added().stream().map(ChangeKind.PACKAGE::of),
                        Stream.of(packages).map(ChangeKind.PACKAGE::of).filter(context::cutOff))
                .distinct()
                .toList();
        context.change(changes, () -> run("install", "-y", packages));
    }

    /** Whether this run was cut off while it installed the package: then its commands may be there, half set up. */
    public static boolean cutOff(StepContext context, String name) {
        return context.cutOff(ChangeKind.PACKAGE.of(name));
    }

    /**
     * Removes packages, unless something else on the machine needs them.
     *
     * @return those that would have gone with them; empty where the packages are gone
     */
    public List<String> remove(List<String> packages) throws Failure, InterruptedException {
        String[] names = packages.toArray(String[]::new);
        List<String> others = new ArrayList<>(
                AptSimulation.parse(simulate("remove", names).stdout()).removed());
        others.removeAll(packages);
        if (others.isEmpty()) {
            context.progress(Text.of("setup.apt.removing", String.join(", ", packages)));
            run("remove", "-y", names);
        }
        return List.copyOf(others);
    }

    private CommandResult simulate(String verb, String... packages) throws Failure, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("env", "LC_ALL=C", "apt-get", "--simulate", verb));
        argv.addAll(List.of(packages));
        return connection.require(context, Command.of(argv.toArray(String[]::new)));
    }

    private CommandResult run(String verb, String option, String... packages) throws Failure, InterruptedException {
        return run(Stream.concat(Stream.of(verb, option), Stream.of(packages)).toArray(String[]::new));
    }

    private CommandResult run(String... arguments) throws Failure, InterruptedException {
        Command command = aptGet(arguments);
        CommandResult result = whenUnlocked(command);
        if (!result.ok() && result.stderr().contains(INTERRUPTED)) {
            // An installation was cut off in the middle, perhaps one of this run's; dpkg names the way on itself.
            Command configure = configure();
            CommandResult configured = whenUnlocked(configure);
            if (!configured.ok()) {
                throw new Failure(connection.failed(configure, configured));
            }
            result = whenUnlocked(command);
        }
        if (!result.ok()) {
            throw new Failure(connection.failed(command, result));
        }
        return result;
    }

    private CommandResult whenUnlocked(Command command) throws Failure, InterruptedException {
        return context.retry(UNTIL_UNLOCKED, () -> {
            CommandResult result = connection.run(context, command);
            Optional<PackageLock> lock = PackageLock.in(result);
            if (lock.isPresent()) {
                throw lock.get()
                        .notYet(connection.machine(), UNTIL_UNLOCKED.bound(), MachineConnection.lastOutput(result));
            }
            return result;
        });
    }

    /** What finishes an interrupted run of dpkg, for a shell. */
    public static String configuring() {
        return configure().withoutSudo().shellLine();
    }

    /** The same as a person would type it, unless a program is there. A person sees if apt does not wait for a lock. */
    public static void byHand(Script script, String program, String arguments) {
        script.remoteUnlessThere(
                program,
                "sudo " + String.join(" ", ENVIRONMENT) + " apt-get -o DPkg::Lock::Timeout=600 --no-remove "
                        + KEEP_CONFIGURATION.stream()
                                .map(option -> "-o Dpkg::Options::=" + option + " ")
                                .collect(Collectors.joining())
                        + arguments);
    }

    private static Command aptGet(String... arguments) {
        return asRoot(Stream.of(
                        Stream.of("apt-get"),
                        KEEP_CONFIGURATION.stream().flatMap(option -> Stream.of("-o", "Dpkg::Options::=" + option)),
                        Stream.of(arguments))
                .flatMap(words -> words));
    }

    /** Finishes an interrupted run of dpkg. */
    private static Command configure() {
        return asRoot(Stream.of(Stream.of("dpkg"), KEEP_CONFIGURATION.stream(), Stream.of("--configure", "-a"))
                .flatMap(words -> words));
    }

    private static Command asRoot(Stream<String> words) {
        String[] argv = Stream.of(Stream.of("env"), ENVIRONMENT.stream(), words)
                .flatMap(all -> all)
                .toArray(String[]::new);
        return Command.of(argv).asRoot().withTimeout(TIMEOUT);
    }
}
