package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.ManagedRunCommands.Result;
import io.keylesspull.azure.resource.ManagedRunCommands.Script;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.run.Run;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.connection.InAStep;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Run Command on real machines, whose scripts agent.py runs: beside that of practice machines, and beside SSH. Not
 * compared, since steps do not depend on it: by SSH a command also lasts until what it has left in the background
 * closes its output, and the locale and the user's umask are those of a session instead of a service.
 */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class RunCommandOnRealMachineIT {

    private static final String MACHINE = "tried";
    private static final Duration LONG = Duration.ofMinutes(1);

    /** As the service is asked, without the product's wrapping. */
    private static final Map<String, Script> SCRIPTS = new LinkedHashMap<>();

    /** As steps have them. */
    private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

    static {
        script("exit status", "echo out; echo err >&2; exit 3");
        script("no output", "true");
        script("no such program", "no-such-program 2>/dev/null; exit $?");
        script("more than is kept", "seq 1 2000; seq 1 3000 >&2");
        script("cut inside a character", "printf %s " + "練".repeat(1400));
        script("not UTF-8", "printf 'a\\377b'");
        script("standard input", "cat; echo end");
        script("user", "id -un; id -gn");
        script("home", "echo \"HOME is $HOME\"");
        script(
                "named parameters",
                "printf '%s|' \"$ONE\" \"$TWO\"",
                Map.of("ONE", "it's $HOME \"x\" 練\nnext", "TWO", ""));
        script("an argument is words of a shell", "printf '%s|' \"$@\"", Map.of("", "one 'two three' 4"));
        script("shell", "#!/bin/sh\necho \"$0\" | sed 's:.*/::'; echo $#");
        SCRIPTS.put("too long", new Script("echo begun; sleep 60", Map.of(), Duration.ofSeconds(1)));

        command("exit status", Command.of("sh", "-c", "echo out; echo err >&2; exit 3"));
        command("no output", Command.of("true"));
        command("no such program", Command.of("sh", "-c", "no-such-program 2>/dev/null"));
        command("more than is kept", Command.of("sh", "-c", "seq 1 20000; seq 1 30000 >&2; exit 7"));
        command("not UTF-8", Command.of("printf", "a\\377b\\303"));
        command("input", Command.of("cat").withStdin("it's $HOME and \"quotes\" \\ and 練習\n\n\nend\n\n"));
        command("long input", Command.of("cat").withStdin("0123456789 練習\n".repeat(3000)));
        command("no input", Command.of("cat"));
        command("input of root", Command.of("cat").asRoot().withStdin("for root\n"));
        command("arguments", Command.of("printf", "%s|", "a b", "", "it's", "$HOME", "*", "~", "-n", "練"));
        command("user", Command.of("id", "-un"));
        command("root", Command.of("id", "-un").asRoot());
        command("home", Command.of("sh", "-c", "echo \"$HOME $USER $LOGNAME\""));
        command("home of root", Command.of("sh", "-c", "echo \"$HOME\"").asRoot());
        command("secret variables", Command.of("sh", "-c", "echo \"$KEYLESS_PULL_LINE $KEYLESS_PULL_ID\""));
    }

    /** Of the same kind, but practice machines lack what they ask for. */
    private static final Map<String, Command> REAL_ONLY = Map.of(
            "directory", Command.of("pwd"),
            "directory of root", Command.of("sh", "-c", "cd; pwd").asRoot(),
            "umask of root", Command.of("sh", "-c", "umask").asRoot(),
            "terminal", Command.of("tty"),
            "in the background", Command.of("sh", "-c", "sleep 300 > /dev/null 2>&1 & echo begun"),
            "groups", Command.of("id", "-Gn"));

    @TempDir
    private Path folder;

    private static void script(String name, String text) {
        script(name, text, Map.of());
    }

    private static void script(String name, String text, Map<String, String> parameters) {
        SCRIPTS.put(name, new Script(text, parameters, LONG));
    }

    private static void command(String name, Command command) {
        COMMANDS.put(name, command.withTimeout(LONG));
    }

    static Stream<Suite> whole() {
        return Suite.tried().filter(Suite::whole);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("whole")
    void scriptsEndAlikeOnBothKindsOfMachines(Suite suite, RealWorld world) throws Exception {
        Disk disk = world.bare(suite);
        Map<String, String> real;
        Map<String, String> practised;
        try (Bench bench = RealBench.in(world, disk, Pace.INSTANT, newFolder("real"), Time.system())) {
            real = scripts(bench);
        }
        try (Bench bench =
                PracticeBench.of(disk.azureCli().version(), Pace.INSTANT, newFolder("practice"), Time.system())) {
            practised = scripts(bench);
        }
        SoftAssertions all = new SoftAssertions();
        real.forEach(
                (name, result) -> all.assertThat(practised.get(name)).as(name).isEqualTo(result));
        all.assertAll();
    }

    private static Map<String, String> scripts(Bench bench) throws Exception {
        bench.makeMachine(MACHINE);
        MachineInfo machine =
                bench.azure().machines().find(Bench.GROUP, MACHINE).orElseThrow();
        Map<String, String> results = new LinkedHashMap<>();
        for (Map.Entry<String, Script> script : SCRIPTS.entrySet()) {
            Result result = bench.azure()
                    .runCommands()
                    .run(machine, "script-" + results.size(), script.getValue(), ResourceListener.none());
            results.put(script.getKey(), result.toString());
        }
        return results;
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("whole")
    void commandsEndAlikeBySshAndByRunCommandOnBothKindsOfMachines(Suite suite, RealWorld world) throws Exception {
        Disk disk = world.bare(suite);
        SoftAssertions all = new SoftAssertions();
        try (Bench bench = RealBench.in(world, disk, Pace.INSTANT, newFolder("real"), Time.system());
                Bench practice = PracticeBench.of(
                        disk.azureCli().version(), Pace.INSTANT, newFolder("practice"), Time.system())) {
            bench.makeMachine(MACHINE);
            practice.makeMachine(MACHINE);
            Map<String, String> bySsh = bySsh(bench, COMMANDS);
            all.assertThat(byRunCommand(bench, COMMANDS)).isEqualTo(bySsh);
            all.assertThat(byRunCommand(practice, COMMANDS)).isEqualTo(bySsh);
            all.assertThat(bySsh(practice, COMMANDS)).isEqualTo(bySsh);
            all.assertThat(byRunCommand(bench, REAL_ONLY)).isEqualTo(bySsh(bench, REAL_ONLY));
        }
        all.assertAll();
    }

    private static Map<String, String> bySsh(Bench bench, Map<String, Command> commands) throws Exception {
        Map<String, String> results = new LinkedHashMap<>();
        List<RunEvent> events = new ArrayList<>();
        ended(bench.bySsh(MACHINE, running(commands, results), events::add), events);
        return results;
    }

    private static Map<String, String> byRunCommand(Bench bench, Map<String, Command> commands) throws Exception {
        Map<String, String> results = new LinkedHashMap<>();
        List<RunEvent> events = new ArrayList<>();
        ended(bench.byRunCommand(MACHINE, running(commands, results), events::add), events);
        return results;
    }

    private static void ended(Run run, List<RunEvent> events) throws Exception {
        assertThat(run.await()).as(events.toString()).isEqualTo(RunResult.SUCCEEDED);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("whole")
    void aCommandThatIsStoppedLeavesTheMachineUsable(Suite suite, RealWorld world) throws Exception {
        List<RunEvent> events = new CopyOnWriteArrayList<>();
        try (Bench bench = RealBench.in(world, world.bare(suite), Pace.INSTANT, newFolder("real"), Time.system())) {
            String machine = bench.makeMachine(MACHINE);
            Command late = Command.of("sleep", "601").withTimeout(Duration.ofSeconds(1));
            assertThat(bench.byRunCommand(MACHINE, running(Map.of("late", late), new LinkedHashMap<>()), events::add)
                            .await())
                    .isEqualTo(RunResult.FAILED);
            assertThat(events.toString()).contains("setup.runCommand.timedOut");

            Command endless = Command.of("sleep", "602");
            Run run = bench.byRunCommand(
                    MACHINE, running(Map.of("endless", endless), new LinkedHashMap<>()), events::add);
            await().until(() ->
                    bench.tryOnMachine(machine, "pgrep -x -f 'sleep 602'").exitStatus() == 0);
            run.cancel();
            assertThat(run.await()).isEqualTo(RunResult.CANCELLED);
            // By force, so that it cannot remove its folder: that is in the journal, for undo.
            bench.onMachine(machine, "[ -d /run/keyless-pull ]");
            assertThat(RunState.of(events).changes())
                    .extracting(RunState.Changed::change)
                    .contains(ChangeKind.SCRIPT_FOLDER.of("/run/keyless-pull"));

            assertThat(byRunCommand(bench, Map.of("next", Command.of("echo", "free"))))
                    .containsEntry("next", "0 out: free\n err: ");
            assertThat(bench.resources()).noneMatch(id -> id.contains("/runCommands/"));
            bench.onMachine(machine, "[ ! -e /run/keyless-pull ]");
        }
    }

    private static InAStep.Work running(Map<String, Command> commands, Map<String, String> results) {
        return (context, connection) -> {
            for (Map.Entry<String, Command> command : commands.entrySet()) {
                results.put(command.getKey(), shown(connection.run(context, command.getValue())));
            }
        };
    }

    private static String shown(CommandResult result) {
        return result.exitStatus() + " out: " + brief(result.stdout()) + " err: " + brief(result.stderr());
    }

    private static String brief(String text) {
        return text.length() < 200 ? text : text.length() + " " + text.hashCode();
    }

    private Path newFolder(String name) throws Exception {
        return Files.createDirectory(folder.resolve(name));
    }
}
