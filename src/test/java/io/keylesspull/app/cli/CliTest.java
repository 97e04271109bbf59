package io.keylesspull.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.NoRuns;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CliTest {

    private static final String DISK = "/subscriptions/s/resourceGroups/g/providers/p/t/n";

    @TempDir
    private Path folder;

    private String file;
    private final ScriptedSession session = new ScriptedSession();
    private final List<Optional<Pace>> launched = new ArrayList<>();
    private final List<Path> setups = new ArrayList<>();
    private final List<String> served = new ArrayList<>();
    private final List<Optional<Pace>> opened = new ArrayList<>();
    private final List<String> signedIn = new ArrayList<>();
    private final List<Thread> hooks = new ArrayList<>();
    private Runs runs = new NoRuns();
    private boolean released;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aSetupFileAndARunThatProves() throws IOException {
        SetupRequest request = Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
        file = Files.writeString(folder.resolve("setup.json"), SetupFile.write(request))
                .toString();
        session.checks = List.of(ScriptedSession.check(Check.Verdict.GOOD));
        session.proven = List.of(new ProvenMachine(
                "myDockerVM",
                Text.of("setup.way.public", "azureuser@203.0.113.9"),
                "ssh azureuser@203.0.113.9",
                List.of("ssh", "azureuser@203.0.113.9"),
                List.of(),
                "contoso.azurecr.io/aci-helloworld:v1",
                "sha256:abc",
                "docker pull x"));
    }

    private int run(String... args) {
        return run(Locale.ENGLISH, args);
    }

    private int run(Locale locale, String... args) {
        Interrupt.ShutdownHooks kept = new Interrupt.ShutdownHooks() {
            @Override
            public void add(Thread hook) {
                hooks.add(hook);
            }

            @Override
            public void remove(Thread hook) {
                hooks.remove(hook);
            }
        };
        return new Cli(
                        this::open,
                        (options, setup) -> {
                            launched.add(options.practice());
                            setup.ifPresent(setups::add);
                        },
                        this::serve,
                        new Texts(locale),
                        new Terminal(
                                new BufferedReader(new StringReader("")), new PrintWriter(out), new PrintWriter(err)),
                        kept,
                        argv -> 0)
                .run(args);
    }

    /** Until Ctrl-C, which comes at once. */
    private int serve(Pace pace, int port) {
        served.add(pace + " at " + port);
        hooks.forEach(Thread::start);
        try {
            return new CountDownLatch(1).await(10, TimeUnit.SECONDS) ? 0 : 1;
        } catch (InterruptedException e) {
            return 130;
        }
    }

    private SessionsFactory.OpenSessions open(SessionOptions options) {
        opened.add(options.practice());
        return new SessionsFactory.OpenSessions(
                new Sessions() {
                    @Override
                    public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) {
                        signedIn.add(signIn.method().fileName());
                        prompt.accept(new DeviceCode(
                                "ABCD1234",
                                URI.create("https://microsoft.com/devicelogin"),
                                "",
                                Duration.ofMinutes(15),
                                new CompletableFuture<>()));
                        return session;
                    }

                    @Override
                    public Session practice(Optional<String> tenant) {
                        signedIn.add("practice");
                        return session;
                    }

                    @Override
                    public void signOut() {
                        // Nobody is remembered.
                    }

                    @Override
                    public Runs runs(boolean practice) {
                        return runs;
                    }
                },
                () -> {},
                () -> released = true);
    }

    @Test
    void withoutOptionsTheWizardOpens() {
        assertThat(run()).isZero();
        assertThat(run("--practice")).isZero();
        assertThat(run("--practice=realistic")).isZero();
        assertThat(launched).containsExactly(Optional.empty(), Optional.of(Pace.FAST), Optional.of(Pace.REALISTIC));
        assertThat(opened).isEmpty();
    }

    @Test
    void aSetupFileAloneIsOpenedInTheWizard() {
        assertThat(run(file)).isZero();
        assertThat(run(file, "--practice")).isZero();
        assertThat(setups).containsExactly(Path.of(file), Path.of(file));
        assertThat(launched).containsExactly(Optional.empty(), Optional.of(Pace.FAST));
        assertThat(run(folder.resolve("none.json").toString())).isEqualTo(2);
        assertThat(run(file, "--runs")).isEqualTo(2);
        assertThat(launched).hasSize(2);
    }

    @Test
    void thePracticeCloudIsServedAtTheChosenPaceAndPortUntilCtrlC() {
        assertThat(run("--practice-server")).isEqualTo(130);
        hooks.clear();
        assertThat(run("--practice=instant", "--practice-server=8443")).isEqualTo(130);
        assertThat(served).containsExactly("FAST at 0", "INSTANT at 8443");
        assertThat(launched).isEmpty();
        assertThat(opened).isEmpty();
    }

    @Test
    void helpNamesEveryOptionInBothLanguages() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--practice",
                        "--run",
                        "--plan",
                        "--practice-server",
                        "--output",
                        "--version",
                        "--help",
                        "Carry out a setup file",
                        "130",
                        "143");
        assertThat(run(Locale.JAPANESE, "-h")).isZero();
        assertThat(out.toString()).contains("セットアップ ファイルの実行内容", "終了コード", "使い方");
        assertThat(launched).isEmpty();
    }

    @Test
    void helpDescribesEveryOption() {
        assertThat(run("--help")).isZero();
        // Lines are broken within long words, too.
        String help = out.toString().replaceAll("\\s+", "");
        Texts texts = new Texts(Locale.ENGLISH);
        assertThat(Texts.keys("app").stream().filter(key -> key.startsWith("option.")))
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(help).contains(texts.render("app." + key).replaceAll("\\s+", "")));
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString().lines()).singleElement().asString().startsWith("Keyless Pull");
    }

    @Test
    void aFileOfCertificatesThatCannotBeUsedIsMisuse() {
        assertThat(run("--ca-file", file)).isEqualTo(2);
        assertThat(err.toString()).contains("The file " + file + " has no certificate in PEM format.", "Export the");
        assertThat(run("--ca-file", folder.resolve("none.pem").toString(), "--run", file))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.pem cannot be read");
        assertThat(launched).isEmpty();
        assertThat(opened).isEmpty();
    }

    @Test
    void aMalformedProxyIsMisuseAndItsPasswordIsNotPrinted() {
        assertThat(run("--proxy", "https://anna:hunter22@proxy:8080", "--run", file))
                .isEqualTo(2);
        assertThat(run("--ssh-proxy", "ftp://anna:hunter22@proxy", "--run", file))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("The proxy in --proxy is not right", "The proxy in --ssh-proxy is not right")
                .doesNotContain("hunter22");
        assertThat(opened).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void aWrongCommandLineIsMisuse(String[] args, String message) {
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).contains(message, "--help");
        assertThat(out.toString()).isEmpty();
        assertThat(launched).isEmpty();
        assertThat(opened).isEmpty();
    }

    static Stream<Object[]> aWrongCommandLineIsMisuse() {
        return Stream.of(
                new Object[] {new String[] {"--runn", "x"}, "--runn"},
                new Object[] {new String[] {"setup.json"}, "setup.json"},
                new Object[] {new String[] {"--run"}, "--run"},
                new Object[] {new String[] {"--run", "a", "--plan", "b"}, "Give one of"},
                new Object[] {new String[] {"--plan", "a", "--practice-server"}, "Give one of"},
                new Object[] {
                    new String[] {"--practice-server=https"},
                    "does not take “https”; give the number of a port from 1 to 65535"
                },
                new Object[] {new String[] {"--practice-server=65536"}, "65536"},
                new Object[] {new String[] {"--practice-server=-1"}, "-1"},
                new Object[] {new String[] {"--practice=slow"}, "slow"},
                new Object[] {new String[] {"--output", "xml"}, "xml"},
                new Object[] {new String[] {"--yes"}, "--yes goes with --undo / --remove."},
                new Object[] {new String[] {"--practice", "--yes"}, "--yes goes with --undo / --remove."},
                new Object[] {new String[] {"--run", "a", "--yes"}, "--yes goes with --undo / --remove."},
                new Object[] {new String[] {"--restore-machines"}, "--restore-machines goes with --undo --yes."},
                new Object[] {
                    new String[] {"--undo", "a", "--restore-machines"}, "--restore-machines goes with --undo --yes."
                },
                new Object[] {new String[] {"--remove", "", "--yes"}, "--remove needs the id of a run"},
                new Object[] {new String[] {"--remove", " \t", "--yes"}, "--remove needs the id of a run"},
                new Object[] {new String[] {"--undo="}, "--undo needs the id of a run"},
                new Object[] {new String[] {"--practice", "--resume", ""}, "--resume needs the id of a run"},
                new Object[] {new String[] {"--resume", "\u3000"}, "--resume needs the id of a run"},
                new Object[] {new String[] {"--check", "a", "--ca-file", ""}, "--ca-file needs a value; the text given"
                },
                new Object[] {new String[] {"--check", "a", "--proxy", ""}, "--proxy needs a value; the text given"},
                new Object[] {new String[] {"--ssh-proxy= "}, "--ssh-proxy needs a value; the text given"},
                new Object[] {new String[] {"--run", ""}, "--run needs a value; the text given is blank"},
                new Object[] {new String[] {"--plan", "a", "--script="}, "--script needs a value; the text given"},
                new Object[] {
                    new String[] {"--practice", "--run", "a", "--proxy", "http://proxy:3128"},
                    "--proxy has no effect with --practice: the practice cloud"
                },
                new Object[] {
                    new String[] {"--practice", "--ssh-proxy", "socks5://proxy"},
                    "--ssh-proxy has no effect with --practice: the practice cloud"
                },
                new Object[] {
                    new String[] {"--practice-server", "--ca-file", "ca.pem"},
                    "--ca-file has no effect with --practice-server: the practice cloud"
                },
                new Object[] {new String[] {"--report", "x.html"}, "--report goes with --run / --resume / --undo."},
                new Object[] {
                    new String[] {"--plan", "a", "--report", "x.html"}, "--report goes with --run / --resume / --undo."
                },
                new Object[] {new String[] {"--run", "a", "--report="}, "--report needs a value; the text given"},
                new Object[] {new String[] {"--script", "x.sh"}, "--script goes with --plan."},
                new Object[] {new String[] {"--export=arm"}, "--export goes with --plan."},
                new Object[] {
                    new String[] {"--plan", "a", "--export=pulumi"},
                    "--export does not take “pulumi”; give arm|bicep|terraform|cloud-init|bash|powershell"
                },
                new Object[] {
                    new String[] {"--plan", "a", "--export=arm", "--script=x.sh"},
                    "--script has no effect with --export"
                },
                new Object[] {
                    new String[] {"--plan", "a", "--export=arm", "--output=json"},
                    "--output has no effect with --export"
                },
                new Object[] {new String[] {"--output", "json"}, "--output goes with --run"},
                new Object[] {new String[] {"--practice-server", "--output", "json"}, "--output goes with --run"});
    }

    @Test
    void aRunIsReportedHoweverItEnds() throws IOException {
        Path report = folder.resolve("report.html");
        session.events = List.of(
                new RunEvent.RunStarted(Instant.EPOCH, Purpose.SETUP, List.of()),
                new RunEvent.RunEnded(Instant.EPOCH, RunResult.FAILED));
        session.result = Optional.of(RunResult.FAILED);
        assertThat(run("--practice", "--run", file, "--report", report.toString()))
                .isEqualTo(1);
        assertThat(Files.readString(report)).contains("The setup failed");
        assertThat(err.toString()).contains("The report of the run is in " + report);
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidBeforeAnythingIsDone() {
        String nowhere = folder.resolve("nowhere").resolve("report.html").toString();
        assertThat(run("--practice", "--run", file, "--report", nowhere)).isEqualTo(1);
        assertThat(err.toString()).contains("The report " + nowhere + " cannot be written.");
        assertThat(session.started).isEmpty();
    }

    @Test
    void anExportIsAllThatIsPrintedAndProblemsGoToTheOtherStream() {
        assertThat(run("--practice", "--plan", file, "--export=BASH")).isZero();
        assertThat(out.toString()).startsWith("#!/bin/sh\n").endsWith("az login\naz group list\n");
        assertThat(err.toString()).isEmpty();

        out.getBuffer().setLength(0);
        session.checks = List.of(ScriptedSession.check(Check.Verdict.BAD));
        assertThat(run("--practice", "--plan", file, "--export=bash")).isEqualTo(1);
        assertThat(out.toString()).startsWith("#!/bin/sh\n").endsWith("az login\naz group list\n");
        assertThat(err.toString()).contains("the cause");
    }

    @Test
    void everyViolationIsListedWithPathValueAndRule() throws IOException {
        Path wrong = folder.resolve("wrong.json");
        Files.writeString(
                wrong,
                Files.readString(Path.of(file))
                        .replace("japaneast", "japan-east")
                        .replace("myACRId", "x"));
        assertThat(run("--practice", "--run", wrong.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("location: japan-east — Give the location"))
                .anyMatch(line -> line.startsWith("identity.name: x — "));
        assertThat(opened).isEmpty();
    }

    @Test
    void asJsonEveryViolationIsAnObjectInEnglishOnStandardOutput() throws IOException {
        Path wrong = folder.resolve("wrong.json");
        Files.writeString(
                wrong,
                Files.readString(Path.of(file))
                        .replace("japaneast", "japan-east")
                        .replace("myACRId", "x"));
        for (String what : List.of("--run", "--plan", "--check")) {
            out.getBuffer().setLength(0);
            assertThat(run(Locale.JAPANESE, "--practice", what, wrong.toString(), "--output", "json"))
                    .isEqualTo(2);
            List<JsonNode> lines = new ArrayList<>();
            for (String line : out.toString().lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            assertThat(lines)
                    .hasSize(2)
                    .allMatch(line -> line.path("type").asText().equals("invalid"))
                    .allMatch(line -> line.path("file").asText().equals(wrong.toString()));
            assertThat(lines.get(0).path("path").asText()).isEqualTo("location");
            assertThat(lines.get(0).path("value").asText()).isEqualTo("japan-east");
            assertThat(lines.get(0).path("rule").asText()).startsWith("Give the location");
            assertThat(lines.get(0).path("ruleKey").asText()).isEqualTo("setup.rule.location");
        }
        assertThat(err.toString()).isEmpty();
        assertThat(opened).isEmpty();
    }

    @Test
    void aFileOfCertificatesThatIsNoneIsAProblemWithACommandInBothForms() throws IOException {
        String ca = Files.writeString(folder.resolve("my ca.der"), "binary").toString();
        assertThat(run("--plan", file, "--ca-file", ca)).isEqualTo(2);
        assertThat(err.toString())
                .contains("has no certificate in PEM format")
                .contains("openssl x509 -inform der -in '" + ca + "' -out '" + ca + ".pem'");

        assertThat(run("--plan", file, "--ca-file", ca, "--output", "json")).isEqualTo(2);
        JsonNode problem = new ObjectMapper().readTree(out.toString());
        assertThat(problem.path("type").asText()).isEqualTo("problem");
        assertThat(problem.path("whatKey").asText()).isEqualTo("network.caFileEmpty.what");
        assertThat(problem.path("command").asText()).startsWith("openssl x509");
    }

    @Test
    void aFileOfCertificatesThatIsNotThereIsNamedOnce() {
        String ca = folder.resolve("nope.pem").toString();
        assertThat(run("--plan", file, "--ca-file", ca)).isEqualTo(2);
        assertThat(err.toString()).containsOnlyOnce(ca).contains("No such file or directory");
    }

    @Test
    void anEmptyValueIsShownWithItsQuotesAndNothingIsNearToIt() throws IOException {
        Path wrong = folder.resolve("empty.json");
        Files.writeString(
                wrong, Files.readString(Path.of(file)).replace("japaneast", "").replace("\"user-assigned\"", "\"\""));
        assertThat(run("--practice", "--run", wrong.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("location: \"\" — ", "identity.kind: \"\" — It is one of: ")
                .doesNotContain("(nothing)", "The nearest");
    }

    @Test
    void aFileThatIsMissingOrNotJsonIsMisuse() throws IOException {
        assertThat(run("--run", folder.resolve("none.json").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.json", "There is no such file.");
        Path text = Files.writeString(folder.resolve("text.json"), "hello");
        assertThat(run("--plan", text.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("This is not JSON");
    }

    @Test
    void aProvenRunEndsWithZeroAndShowsTheDigest() {
        assertThat(run("--practice=INSTANT", "--run", file)).isZero();
        assertThat(out.toString())
                .contains("good", "sha256:abc", "reached as azureuser@203.0.113.9 (its public address)", "Proven.");
        assertThat(opened).containsExactly(Optional.of(Pace.INSTANT));
        assertThat(signedIn).containsExactly("practice");
        assertThat(session.started)
                .singleElement()
                .satisfies(request -> assertThat(request.registry().name()).isEqualTo("myContainerRegistry"));
        assertThat(released).isTrue();
        assertThat(hooks).isEmpty();
    }

    @Test
    void withoutPracticeTheFileSaysHowToSignInAndTheCodeIsShown() {
        assertThat(run("--run", file)).isZero();
        assertThat(opened).containsExactly(Optional.empty());
        assertThat(signedIn).containsExactly("browser");
        assertThat(err.toString()).contains("https://microsoft.com/devicelogin", "ABCD1234");
    }

    @Test
    void aBadCheckStopsBeforeAnythingIsMade() {
        session.checks = List.of(ScriptedSession.check(Check.Verdict.GOOD), ScriptedSession.check(Check.Verdict.BAD));
        assertThat(run("--practice", "--run", file)).isEqualTo(1);
        assertThat(session.started).isEmpty();
        assertThat(err.toString())
                .contains("“BAD” stopped because", "The setup cannot go on.", "Try again.", "Nothing was made");
    }

    @Test
    void aDoubtfulCheckIsShownAndDoesNotStopTheRun() {
        session.checks = List.of(ScriptedSession.check(Check.Verdict.DOUBTFUL));
        assertThat(run("--practice", "--run", file)).isZero();
        assertThat(out.toString()).contains("doubtful", "“DOUBTFUL” stopped because");
    }

    @Test
    void aFailedRunEndsWithOneAndNamesWhatIsLeft() {
        StepId step = StepId.shared("role");
        session.events = List.of(
                new RunEvent.ResourceCreating(Instant.EPOCH, step, DISK),
                new RunEvent.ResourceCreated(Instant.EPOCH, step, DISK),
                new RunEvent.StepFailed(
                        Instant.EPOCH,
                        step,
                        Failure.of("engine.unexpected", "", "x").problem()));
        session.result = Optional.of(RunResult.FAILED);
        assertThat(run("--practice", "--run", file)).isEqualTo(1);
        assertThat(out.toString()).contains("failed: “x” stopped").doesNotContain("Proven.");
        assertThat(out.toString().lines()).containsOnlyOnce("    " + DISK);
    }

    @Test
    void aRunThatLeavesAMachineUnprovenIsNotProven() {
        session.proven = List.of();
        assertThat(run("--practice", "--run", file)).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("Proven.");
    }

    @Test
    void ctrlCCancelsTheRunAndSaysWhatIsLeft() {
        session.events = List.of(new RunEvent.ResourceCreating(Instant.EPOCH, StepId.shared("vm"), DISK));
        session.result = Optional.empty();
        session.running = () -> hooks.forEach(Thread::start);
        assertThat(run("--practice", "--run", file)).isEqualTo(130);
        assertThat(session.cancelled).isTrue();
        assertThat(released).isTrue();
        assertThat(out.toString()).contains("Cancelled.", DISK);
    }

    @Test
    void afterCtrlCWhatAzureStillDeploysIsSaid() {
        StepId step = new StepId("scale-set", Optional.of("fleet"));
        String group = "/subscriptions/s/resourceGroups/g/providers/";
        String deployment = group + "Microsoft.Resources/deployments/keyless-pull-1";
        session.events = List.of(
                new RunEvent.ResourceCreating(
                        Instant.EPOCH, step, group + "Microsoft.Compute/virtualMachineScaleSets/fleet"),
                new RunEvent.ResourceCreating(Instant.EPOCH, step, deployment),
                new RunEvent.ResourceCreated(Instant.EPOCH, step, deployment));
        session.result = Optional.empty();
        session.running = () -> hooks.forEach(Thread::start);

        assertThat(run("--practice", "--run", file)).isEqualTo(130);

        assertThat(err.toString()).contains("the deployment (keyless-pull-1) would now go on by itself");
    }

    @Test
    void ctrlCNamesTheChangesToWhatWasThereAsUndoDoes() throws IOException {
        StepId docker = StepId.on("vm1", "docker");
        List<Change> changes = List.of(
                ChangeKind.PACKAGE.of("docker.io"), ChangeKind.FILE.of("/etc/apt/x.sources"), new Change("later", "y"));
        List<RunEvent> events = new ArrayList<>();
        changes.forEach(change -> events.add(new RunEvent.ChangeBegun(Instant.EPOCH, docker, change)));
        events.add(new RunEvent.ChangeBegun(
                Instant.EPOCH, StepId.on("vm1", "identity"), ChangeKind.IDENTITY.of(ChangeKind.SYSTEM_ASSIGNED)));
        events.add(new RunEvent.ChangeDone(
                Instant.EPOCH, StepId.shared("image"), ChangeKind.IMPORTED_IMAGE.of("r.azurecr.io/a:v1")));
        session.events = events;
        session.result = Optional.empty();
        session.running = () -> hooks.forEach(Thread::start);

        assertThat(run("--practice", "--run", file)).isEqualTo(130);
        assertThat(out.toString().lines())
                .contains(
                        "    on vm1: packages that were installed, with their sources (docker.io, /etc/apt/x.sources)",
                        "    identity on machine vm1, given by this run",
                        "    image r.azurecr.io/a:v1, copied by this run",
                        "    change y");

        out.getBuffer().setLength(0);
        assertThat(run("--practice", "--run", file, "--output", "json")).isEqualTo(130);
        String last = out.toString().lines().reduce((one, other) -> other).orElseThrow();
        JsonNode cancelled = new ObjectMapper().readTree(last);
        assertThat(cancelled.path("left")).isEmpty();
        assertThat(cancelled.path("leftChanges").findValuesAsText("what"))
                .contains("on vm1: packages that were installed, with their sources (docker.io, /etc/apt/x.sources)")
                .hasSize(4);
    }

    @Test
    void changesInsideAMachineThatWasMadeGoWithIt() {
        String machine = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm1";
        StepId docker = StepId.on("vm1", "docker");
        session.events = List.of(
                new RunEvent.ResourceCreated(Instant.EPOCH, docker, machine),
                new RunEvent.ChangeDone(Instant.EPOCH, docker, ChangeKind.PACKAGE.of("docker.io")));
        session.result = Optional.of(RunResult.FAILED);

        assertThat(run("--practice", "--run", file)).isEqualTo(1);
        assertThat(out.toString()).contains("    " + machine).doesNotContain("docker.io");
    }

    @Test
    void theOptionsToGoOnWithAreThoseOfTheSameMode() {
        session.result = Optional.of(RunResult.FAILED);
        String run = "20260102-030405-0a1b2";

        run("--run", file);
        assertThat(out.toString().lines())
                .containsSequence(
                        "Go on with it:",
                        "    keyless-pull --resume " + run,
                        "Take it back:",
                        "    keyless-pull --undo " + run)
                .noneMatch(line -> line.contains("--practice"));
        out.getBuffer().setLength(0);
        run("--practice=instant", "--run", file);
        assertThat(out.toString())
                .contains("its cloud ends with this program, and nothing of it is left", "use --practice-server")
                .doesNotContain(run);
        assertThat(run("--practice=instant", "--undo", "1999")).isEqualTo(1);
        assertThat(err.toString()).contains("List the runs with --practice=instant --runs.");
        assertThat(run("--practice", "--undo", "1999")).isEqualTo(1);
        assertThat(err.toString()).contains("List the runs with --practice --runs.");
    }

    @Test
    void ctrlCBeforeTheRunEndsWithNothingMade() {
        session.interrupted = true;
        assertThat(run("--practice", "--run", file)).isEqualTo(130);
        assertThat(session.started).isEmpty();
        assertThat(err.toString()).contains("Cancelled before anything was made or changed.");
    }

    @Test
    void ctrlCBeforeAnUndoOrAResumeBeginsNamesWhatIsStillThereAndHowToGoOn() throws IOException {
        RunState left = RunState.of(List.of(
                new RunEvent.ResourceCreating(Instant.EPOCH, StepId.shared("group"), DISK),
                new RunEvent.ResourceCreated(Instant.EPOCH, StepId.shared("group"), DISK)));
        StoredRun stored = new StoredRun(
                "20260102-030405-0a1b2",
                folder,
                Instant.EPOCH,
                Optional.of(Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE)),
                StoredRun.State.UNFINISHED,
                1,
                2,
                left,
                false,
                Optional.empty());
        runs = new OneRun(stored);
        session.interrupted = true;

        assertThat(run("--undo", "last", "--yes")).isEqualTo(130);
        assertThat(out.toString().lines())
                .containsSequence(
                        "Cancelled. This is still there:",
                        "    " + DISK,
                        "Go on taking it back:",
                        "    keyless-pull --undo 20260102-030405-0a1b2 --yes");
        assertThat(run(
                        "--undo",
                        "last",
                        "--yes",
                        "--restore-machines",
                        "--proxy",
                        "http://me:a/b@secret@proxy:3128",
                        "--ssh-proxy",
                        "socks5://proxy:1080"))
                .isEqualTo(130);
        assertThat(out.toString().lines())
                .contains("    keyless-pull --proxy http://proxy:3128 --ssh-proxy socks5://proxy:1080"
                        + " --undo 20260102-030405-0a1b2 --yes --restore-machines")
                .noneMatch(line -> line.contains("secret"));
        assertThat(out + err.toString()).doesNotContain("before anything was made");
        out.getBuffer().setLength(0);

        assertThat(run("--resume", "last")).isEqualTo(130);
        assertThat(out.toString())
                .contains("    " + DISK, "    keyless-pull --resume 20260102-030405-0a1b2")
                .doesNotContain("What came of each target");
        out.getBuffer().setLength(0);

        assertThat(run("--undo", "last", "--yes", "--output", "json")).isEqualTo(130);
        JsonNode last = new ObjectMapper()
                .readTree(out.toString().lines().reduce((one, other) -> other).orElseThrow());
        assertThat(last.path("type").asText()).isEqualTo("cancelled");
        assertThat(last.path("purpose").asText()).isEqualTo("undo");
        assertThat(last.path("left").get(0).asText()).isEqualTo(DISK);
    }

    /** The only run there is. */
    private record OneRun(StoredRun only) implements Runs {

        @Override
        public List<StoredRun> list() {
            return List.of(only);
        }

        @Override
        public Report report(StoredRun run) {
            throw new IllegalStateException("no report is asked for");
        }

        @Override
        public void remove(StoredRun run) {
            throw new IllegalStateException("nothing is removed");
        }
    }

    @Test
    void aMixedRunThatFailsSaysOfEachTargetWhatItCameTo() throws IOException {
        List<SetupRequest.Cluster> clusters = Stream.of("good", "bad", "held")
                .map(name -> new SetupRequest.Cluster(name, Optional.empty()))
                .toList();
        Files.writeString(
                Path.of(file),
                SetupFile.write(Requests.like(
                        Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE), clusters)));
        session.provenClusters =
                List.of(new ProvenCluster("good", "contoso.azurecr.io/a:v1", "sha256:abc", List.of("one", "two")));
        session.events = List.of(
                failed(StepId.on("bad", "cluster"), Failure.of("setup.clusterStopped", "", "bad", "g", "bad", "s")),
                new RunEvent.StepBlocked(Instant.EPOCH, StepId.on("bad", "cluster-proof"), StepId.on("bad", "cluster")),
                new RunEvent.StepCancelled(Instant.EPOCH, StepId.on("held", "cluster-proof")));
        session.result = Optional.of(RunResult.FAILED);

        assertThat(run("--practice", "--run", file)).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsSequence(
                        "What came of each target:",
                        "    proven      myDockerVM: sha256:abc",
                        "    proven      good: sha256:abc, node pools: one, two",
                        "    failed      bad: Cluster “bad” is stopped. (KP-5238)",
                        "    not proven  held: the run ended before");
        out.getBuffer().setLength(0);

        assertThat(run("--practice", "--run", file, "--output", "json")).isEqualTo(1);
        JsonNode targets = new ObjectMapper()
                .readTree(out.toString().lines().reduce((one, other) -> other).orElseThrow())
                .path("targets");
        assertThat(targets.findValuesAsText("target")).containsExactly("myDockerVM", "good", "bad", "held");
        assertThat(targets.findValuesAsText("end")).containsExactly("proven", "proven", "failed", "unproven");
        assertThat(targets.findValuesAsText("digest")).containsExactly("sha256:abc", "sha256:abc");
        assertThat(targets.get(1).path("nodePools")).hasSize(2);
        assertThat(targets.get(2).path("problem").path("code").asText()).startsWith("KP-");
    }

    @Test
    void ofManyTargetsWhatIsTheSameIsSaidOnce() throws IOException {
        session.proven = List.of();
        List<SetupRequest.Cluster> clusters = Stream.iterate(1, n -> n + 1)
                .limit(12)
                .map(n -> new SetupRequest.Cluster("c" + n, Optional.empty()))
                .toList();
        Files.writeString(
                Path.of(file),
                SetupFile.write(Requests.like(
                        Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE), clusters)));
        List<RunEvent> events = new ArrayList<>();
        clusters.forEach(cluster -> events.add(failed(
                StepId.on(cluster.name(), "cluster"),
                Failure.of("setup.clusterStopped", "", cluster.name(), "g", cluster.name(), "s"))));
        StepId role = StepId.shared("role");
        events.add(failed(role, Failure.of("engine.unexpected", "", "x")));
        events.add(new RunEvent.StepBlocked(Instant.EPOCH, StepId.on("myDockerVM", "pull"), role));
        session.events = events;
        session.result = Optional.of(RunResult.FAILED);

        assertThat(run("--practice", "--run", file)).isEqualTo(1);
        assertThat(out.toString().lines().filter(line -> line.startsWith("    failed  ")))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("    failed  myDockerVM: “x” stopped"),
                        many -> assertThat(many)
                                .startsWith("    failed  12 targets (c1, c2, ")
                                .contains("c12): Cluster “c1” is stopped. (KP-5238), and 11 more like it, the last:"));
    }

    private static RunEvent failed(StepId step, Failure failure) {
        return new RunEvent.StepFailed(Instant.EPOCH, step, failure.problem());
    }

    @Test
    void aProblemOfSigningInOrLookingIsShownInItsThreeSentences() {
        session.failure = Optional.of(Failure.of("engine.unexpected", "the cause", "x"));
        assertThat(run("--practice", "--run", file)).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(4);
        assertThat(run("--practice", "--plan", file)).isEqualTo(1);
        assertThat(session.started).isEmpty();
        assertThat(released).isTrue();
    }

    @Test
    void aPlanShowsChangesChecksAndCommandsAndChangesNothing() {
        session.changes =
                List.of(new Review.Entry(StepId.shared("registry"), Preview.create(Text.of("engine.doneBefore"))));
        assertThat(run("--practice", "--plan", file)).isZero();
        assertThat(out.toString()).contains("create  done before", "good", "# Sign in\naz login\naz group list\n");
        assertThat(session.started).isEmpty();
        session.checks = List.of(ScriptedSession.check(Check.Verdict.BAD));
        assertThat(run("--practice", "--plan", file)).isEqualTo(1);
    }

    @Test
    void asJsonEveryLineIsAnObjectWithAType() throws IOException {
        session.events = List.of(
                new RunEvent.StepStarted(Instant.EPOCH, StepId.on("vm1", "docker")),
                new RunEvent.RunEnded(Instant.EPOCH, RunResult.SUCCEEDED));
        session.changes =
                List.of(new Review.Entry(StepId.shared("registry"), Preview.keep(Text.of("engine.doneBefore"))));
        assertThat(run("--practice", "--run", file, "--output", "json")).isZero();
        assertThat(run("--practice", "--plan", file, "--output=JSON")).isZero();
        session.checks = List.of(ScriptedSession.check(Check.Verdict.BAD));
        assertThat(run("--practice", "--run", file, "--output", "json")).isEqualTo(1);
        List<String> types = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            types.add(new ObjectMapper().readTree(line).path("type").asText());
        }
        assertThat(types)
                .startsWith("check", "stepStarted", "runEnded", "proven", "plannedChange", "check", "comment")
                .contains("command")
                .endsWith("check", "refused")
                .doesNotContain("");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void ofAVeryLongNameOnlyTheBeginningAndTheEndAreShown() throws IOException {
        String name = "b" + "x".repeat(40_000) + "e";
        String valid = Files.readString(Path.of(file));
        for (String setup : List.of(
                valid.replace("myDockerVM", name),
                valid.replace("\"" + Requests.NEW_REGISTRY.name() + "\"", "\"" + name + "\""),
                valid.replaceFirst("\\{", "{\"" + name + "\": 1, \"" + name + "\": 1,"),
                valid.replaceFirst("\\{", "{\"" + name + "\": 1,"))) {
            err.getBuffer().setLength(0);
            assertThat(run(
                            "--run",
                            Files.writeString(folder.resolve("long.json"), setup)
                                    .toString()))
                    .isEqualTo(ExitStatus.MISUSED);
            assertThat(err.toString()).contains("bxxx").hasSizeLessThan(5_000);
        }
        err.getBuffer().setLength(0);
        run("--undo", name, "--output", "text");
        run("--" + name);
        assertThat(out.toString() + err).hasSizeLessThan(5_000);
    }
}
