package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.app.cli.Cli;
import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.app.cli.SessionsFactory;
import io.keylesspull.app.cli.Terminal;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.network.NoNetwork;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with names as odd as the rules let them be: what it typed on the machine, read back by a real shell. */
@Timeout(120)
class OddNamesTest {

    private static final String SETUP = """
            {"version": 1, "location": "japaneast",
             "resourceGroup": {"name": "-gr(ou)p._x-", "create": true},
             "registry": {"name": "Odd9Registry", "create": true, "importSample": true},
             "image": "team/odd__repo/a.b-c:V1.0_x-rc.1",
             "machines": [{"name": "my.Docker-VM9", "create": true, "adminUser": "_odd_user-x"}],
             "identity": {"kind": "user-assigned", "name": "My_Id-9", "create": true}, "role": "AcrPull"}
            """;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everyValueReachesTheMachineAsOneWholeArgument(@TempDir Path folder) throws Exception {
        List<List<String>> typed = typed(commandsOf(folder));

        assertThat(typed)
                .contains(
                        List.of("sudo", "usermod", "-aG", "docker", "_odd_user-x"),
                        List.of("docker", "pull", "odd9registry.azurecr.io/team/odd__repo/a.b-c:V1.0_x-rc.1"));
        assertThat(typed)
                .anySatisfy(argv -> assertThat(argv)
                        .startsWith("az", "login", "--identity")
                        .anySatisfy(argument -> assertThat(argument)
                                .contains("/resourcegroups/-gr(ou)p._x-/")
                                .endsWith("/My_Id-9")));
        assertThat(typed)
                .as("no command hands a line to another shell, but the one that is always the same")
                .filteredOn(argv -> !argv.contains("cat > \"$1\""))
                .noneMatch(argv -> argv.contains("-c") || argv.contains("eval"));
    }

    private static List<String> commandsOf(Path folder) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Texts english = new Texts(Locale.ENGLISH);
        ExecutorService workers = Executors.newCachedThreadPool();
        try (Composition cloud = new Composition(
                () -> PracticeAccess.to(PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(9))),
                NoNetwork::open,
                english,
                SignInEnvironment.bare().browser(),
                folder.resolve("data"),
                workers,
                Time.system())) {
            Path file = Files.writeString(folder.resolve("setup.json"), SETUP);
            int status = new Cli(
                            practice -> new SessionsFactory.OpenSessions(cloud, () -> {}, () -> {}),
                            (options, setup) -> {},
                            (pace, port) -> 1,
                            english,
                            new Terminal(
                                    new BufferedReader(new StringReader("")),
                                    new PrintWriter(out),
                                    new PrintWriter(err)))
                    .run("--practice", "--run", file.toString(), "--output", "json");
            assertThat(status).as(out + "\n" + err).isEqualTo(ExitStatus.PROVEN);
        } finally {
            workers.shutdownNow();
        }
        List<String> commands = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            JsonNode event = new ObjectMapper().readTree(line);
            if (event.path("type").asText().equals("commandStarted")) {
                commands.add(event.path("command").asText());
            }
        }
        return commands;
    }

    private static List<List<String>> typed(List<String> commands) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("said() { printf '%s\\001' \"$@\"; printf '\\002'; }\n");
        commands.forEach(command -> script.append("said ").append(command).append('\n'));
        Process shell = new ProcessBuilder("/bin/sh").redirectErrorStream(true).start();
        try (var in = shell.getOutputStream()) {
            in.write(script.toString().getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        List<List<String>> argvs = Arrays.stream(said.split("\u0002"))
                .map(argv -> List.of(argv.split("\u0001", -1)))
                .map(argv -> argv.subList(0, argv.size() - 1))
                .toList();
        assertThat(argvs).as(said).hasSameSizeAs(commands);
        return argvs;
    }
}
