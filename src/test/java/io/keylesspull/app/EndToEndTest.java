package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.Cli;
import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.app.cli.SessionsFactory;
import io.keylesspull.app.cli.Terminal;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.fault.VirtualTime;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole job by {@code --run}: real SDK calls, real SSH, against the practice cloud. */
@Timeout(120)
class EndToEndTest {

    private static final String NEW_REGISTRY =
            "{\"name\": \"myContainerRegistry\", \"create\": true, \"importSample\": true}";
    private static final String CLASSIC_REGISTRY = existingRegistry("practiceclassic");
    private static final String ABAC_REGISTRY = existingRegistry("practiceabac");

    private static final String NEW_MACHINE = "{\"name\": \"myDockerVM\", \"create\": true}";
    private static final String BARE_MACHINE = existingMachine("practiceBare");
    private static final String DOCKER_MACHINE = existingMachine("practiceDocker");

    private static final String USER_ASSIGNED =
            "{\"kind\": \"user-assigned\", \"name\": \"myACRId\", \"create\": true}";
    private static final String EXISTING_IDENTITY = "{\"kind\": \"user-assigned\", \"name\": \"practiceIdentity\", "
            + "\"create\": false, \"resourceGroup\": \"practiceMachines\"}";
    private static final String SYSTEM_ASSIGNED = "{\"kind\": \"system-assigned\"}";

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    @TempDir
    private Path folder;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stopWorkers() {
        workers.shutdownNow();
    }

    static Stream<Arguments> everyCase() {
        return Stream.of(USER_ASSIGNED, SYSTEM_ASSIGNED)
                .flatMap(identity -> Stream.of(NEW_MACHINE, BARE_MACHINE, DOCKER_MACHINE)
                        .flatMap(machine -> Stream.of(NEW_REGISTRY, CLASSIC_REGISTRY, ABAC_REGISTRY)
                                .map(registry -> Arguments.of(identity, machine, registry))));
    }

    @ParameterizedTest
    @MethodSource("everyCase")
    void bothExamplesAreProvenForEveryKindOfMachineAndRegistry(String identity, String machine, String registry)
            throws IOException {
        int status = run("--run", setup(registry, "aci-helloworld:v1", machine, identity, "AcrPull"));

        assertThat(status).as(out + "\n" + err).isEqualTo(ExitStatus.PROVEN);
        assertThat(out.toString()).endsWith("Proven.\n");
        assertThat(DIGEST.matcher(lastStepLine("proof")).find()).isTrue();
        assertThat(lastStepLine("role"))
                .contains(registry.equals(ABAC_REGISTRY) ? "Container Registry Repository Reader" : "AcrPull");
    }

    @Test
    void severalMachinesAreSetUpInOneRun() throws IOException {
        int status = run(
                "--run",
                setup(
                        NEW_REGISTRY,
                        "aci-helloworld:v1",
                        NEW_MACHINE + ", " + BARE_MACHINE + ", " + DOCKER_MACHINE,
                        USER_ASSIGNED,
                        "AcrPush"));

        assertThat(status).as(out + "\n" + err).isEqualTo(ExitStatus.PROVEN);
        assertThat(out.toString().lines().filter(line -> line.contains("  proof ") && line.contains("done:")))
                .hasSize(3);
        assertThat(lastStepLine("role")).contains("AcrPush");
    }

    @Test
    void runAgainEverythingIsFoundAndLeftAlone() throws IOException {
        String setup = setup(NEW_REGISTRY, "aci-helloworld:v1", NEW_MACHINE, USER_ASSIGNED, "AcrPull");
        try (Composition cloud = composition(Pace.INSTANT, Time.system())) {
            assertThat(run(cloud, "--run", setup)).isEqualTo(ExitStatus.PROVEN);
            out.getBuffer().setLength(0);

            // The key of the first run is the one that opens the machine.
            String key = keyOfTheOnlyRun().toString().replace("\\", "\\\\");
            int again = run(
                    cloud,
                    "--run",
                    setup.replace("\"create\": true}]", "\"create\": true, \"sshKey\": \"" + key + "\"}]"));

            assertThat(again).as(out + "\n" + err).isEqualTo(ExitStatus.PROVEN);
            assertThat(out.toString())
                    .doesNotContain("creating /subscriptions")
                    .doesNotContain("created:")
                    .doesNotContain("changed:")
                    .doesNotContain("apt-get");
        }
    }

    @Test
    void aRoleThatHasNotTakenEffectIsWaitedForWithThatReason() throws IOException {
        try (Composition cloud = composition(Pace.FAST, new VirtualTime())) {
            assertThat(run(
                            cloud,
                            "--run",
                            setup(CLASSIC_REGISTRY, "aci-helloworld:v1", DOCKER_MACHINE, USER_ASSIGNED, "AcrPull")))
                    .as(out + "\n" + err)
                    .isEqualTo(ExitStatus.PROVEN);
            out.getBuffer().setLength(0);

            // Docker and the CLI are there now, so the new identity's role is needed before it has taken effect.
            assertThat(run(
                            cloud,
                            "--run",
                            setup(CLASSIC_REGISTRY, "aci-helloworld:v1", DOCKER_MACHINE, SYSTEM_ASSIGNED, "AcrPull")))
                    .as(out + "\n" + err)
                    .isEqualTo(ExitStatus.PROVEN);
            assertThat(out.toString())
                    .contains("the role has not taken effect yet; try 1, next in 5 s")
                    .contains("ERROR: (SubscriptionNotFound) The subscription");
            String afterTheWait = out.toString().split("next in 5 s", 2)[1];
            // What the sign-in before the wait has seen is too old by then.
            assertThat(afterTheWait.indexOf("az login --identity")).isBetween(0, afterTheWait.indexOf("az acr login"));
        }
    }

    @Test
    void anIdentityThatExistsIsFoundAndUsed() throws IOException {
        int status =
                run("--run", setup(CLASSIC_REGISTRY, "web/frontend:1.1", BARE_MACHINE, EXISTING_IDENTITY, "AcrPull"));

        assertThat(status).as(out + "\n" + err).isEqualTo(ExitStatus.PROVEN);
        assertThat(lastStepLine("identity")).contains("found");
    }

    @Test
    void anImageThatDoesNotExistIsReportedBeforeAnythingIsMade() throws IOException {
        refused(
                setup(CLASSIC_REGISTRY, "web/frontend:9.9", NEW_MACHINE, USER_ASSIGNED, "AcrPull"),
                "Registry practiceclassic.azurecr.io has no image “web/frontend:9.9”.");
    }

    @Test
    void aRegistryThatDoesNotExistIsReportedBeforeAnythingIsMade() throws IOException {
        refused(
                setup(existingRegistry("nosuchregistry"), "aci-helloworld:v1", NEW_MACHINE, USER_ASSIGNED, "AcrPull"),
                "There is no container registry “nosuchregistry” in resource group “practiceRegistries”.");
    }

    @Test
    void aLockedDownRegistryIsReportedBeforeAnythingIsMade() throws IOException {
        refused(
                setup(existingRegistry("practicelocked"), "secret/ledger:7.0", NEW_MACHINE, USER_ASSIGNED, "AcrPull"),
                "Nobody reaches registry “practicelocked”.");
    }

    @Test
    void aStoppedMachineIsReportedBeforeAnythingIsMade() throws IOException {
        refused(
                setup(NEW_REGISTRY, "aci-helloworld:v1", existingMachine("practiceStopped"), USER_ASSIGNED, "AcrPull"),
                "Machine “practiceStopped” is not running.");
    }

    @Test
    void aSizeThatIsNotAvailableIsReportedBeforeAnythingIsMade() throws IOException {
        refused(
                setup(
                        NEW_REGISTRY,
                        "aci-helloworld:v1",
                        "{\"name\": \"vm\", \"create\": true, \"size\": \"Standard_Nonsense\"}",
                        USER_ASSIGNED,
                        "AcrPull"),
                "Size Standard_Nonsense is not available in japaneast.");
    }

    @Test
    void aWrongKeyIsReportedAtTheStepConcerned() throws IOException {
        Path key = folder.resolve("other_key");
        io.keylesspull.remote.SshKey.generate("somebody").save(key);
        int status = run(
                "--run",
                setup(
                        CLASSIC_REGISTRY,
                        "aci-helloworld:v1",
                        "{\"name\": \"practiceBare\", \"create\": false, \"resourceGroup\": \"practiceMachines\", "
                                + "\"sshKey\": \""
                                + key.toString().replace("\\", "\\\\") + "\"}",
                        USER_ASSIGNED,
                        "AcrPull"));

        assertThat(status).isEqualTo(ExitStatus.FAILED);
        assertThat(lastStepLine("connect")).isNotEmpty();
        assertThat(out.toString()).contains("does not accept the user azureuser");
    }

    @Test
    void aPlanShowsTheWorkAndChangesNothing() throws IOException {
        int status = run("--plan", setup(NEW_REGISTRY, "aci-helloworld:v1", NEW_MACHINE, USER_ASSIGNED, "AcrPull"));

        assertThat(status).as(out + "\n" + err).isZero();
        assertThat(out.toString())
                .contains("create")
                .contains("Container registry myContainerRegistry")
                .contains("az acr create")
                .contains("docker pull");
        assertThat(folder.resolve("data").resolve("practice-runs")).doesNotExist();
    }

    private void refused(String setup, String why) throws IOException {
        assertThat(run("--run", setup)).as(out + "\n" + err).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString() + err).contains(why).doesNotContain("creating /subscriptions");
        assertThat(folder.resolve("data").resolve("practice-runs")).doesNotExist();
    }

    private int run(String option, String setup) throws IOException {
        try (Composition cloud = composition(Pace.INSTANT, Time.system())) {
            return run(cloud, option, setup);
        }
    }

    private int run(Composition cloud, String option, String setup) throws IOException {
        Path file = Files.writeString(folder.resolve("setup.json"), setup);
        SessionsFactory sessions = practice -> new SessionsFactory.OpenSessions(cloud, () -> {}, () -> {});
        Cli cli = new Cli(
                sessions,
                (options, opened) -> {},
                (pace, port) -> 1,
                new Texts(Locale.ENGLISH),
                new Terminal(new BufferedReader(new StringReader("")), new PrintWriter(out), new PrintWriter(err)));
        return cli.run("--practice", option, file.toString());
    }

    private Composition composition(Pace pace, Time time) {
        return new Composition(
                () -> PracticeAccess.to(PracticeCloud.start(pace, time, new Random())),
                NoNetwork::open,
                new Texts(Locale.ENGLISH),
                SignInEnvironment.bare().browser(),
                folder.resolve("data"),
                workers,
                time);
    }

    private Path keyOfTheOnlyRun() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("data").resolve("practice-runs"))) {
            return runs.findFirst().orElseThrow().resolve("id_ed25519");
        }
    }

    private String lastStepLine(String step) {
        return out.toString()
                .lines()
                .filter(line -> line.contains("  " + step + " "))
                .reduce("", (before, line) -> line);
    }

    private static String setup(String registry, String image, String machines, String identity, String role) {
        return """
                {"version": 1, "location": "japaneast",
                 "resourceGroup": {"name": "myResourceGroup", "create": true},
                 "registry": %s, "image": "%s", "machines": [%s], "identity": %s, "role": "%s"}
                """.formatted(registry, image, machines, identity, role);
    }

    private static String existingRegistry(String name) {
        return "{\"name\": \"" + name + "\", \"create\": false, \"importSample\": false, "
                + "\"resourceGroup\": \"practiceRegistries\"}";
    }

    private static String existingMachine(String name) {
        return "{\"name\": \"" + name + "\", \"create\": false, \"resourceGroup\": \"practiceMachines\"}";
    }
}
