package io.keylesspull.setup.step.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.engine.run.Run;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.time.Time;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RunCommandWayTest {

    private static final RequestMatcher SCRIPTS =
            RequestMatcher.to("management.azure.com").path("/runCommands/");
    private static final Faults FAULTS = new Faults();

    private static ExecutorService threads;
    private static PracticeCloud cloud;
    private static AzureSubscription azure;
    private static MachineInfo machine;

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void signIn() throws Exception {
        threads = Executors.newCachedThreadPool();
        cloud = FAULTS.start(Pace.INSTANT, Time.system(), new Random(1));
        azure = new SignIns(
                        Transport.routed(cloud.route(), Time.system(), new Random(2)),
                        threads,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompt -> {})
                .subscription(cloud.subscriptionId())
                .markedFor("run-1");
        machine = azure.machines().find("practiceMachines", "practiceDocker").orElseThrow();
    }

    @AfterAll
    static void close() {
        cloud.close();
        threads.shutdownNow();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(cloud.resourceIds()).noneMatch(id -> id.contains("/runCommands/"));
    }

    @Test
    void bothStreamsComeWholeInPieces() throws Exception {
        String many = IntStream.rangeClosed(1, 20_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n", "", "\n"));

        inAStep((context, connection) -> {
            CommandResult result =
                    connection.run(context, Command.of("sh", "-c", "seq 1 20000; seq 1 3000 >&2; exit 7"));
            assertThat(result.exitStatus()).isEqualTo(7);
            assertThat(result.stdout()).isEqualTo(many);
            assertThat(result.stderr()).startsWith("1\n2\n").endsWith("2999\n3000\n");
            assertThat(result.truncated()).isFalse();
        });

        assertThat(printed(RunEvent.OutputStream.STDOUT)).isEqualTo(many);
        assertThat(events.stream().filter(RunEvent.CommandEnded.class::isInstance))
                .containsExactly(events.stream()
                        .filter(RunEvent.CommandEnded.class::isInstance)
                        .findFirst()
                        .orElseThrow());
        assertThat(leftOnTheMachine()).isFalse();
    }

    @Test
    void aCommandIsRunAsTheUserWithItsInput() throws Exception {
        String input = "it's $HOME and \"quotes\" \\ and 練習\nsecond line";
        inAStep((context, connection) -> {
            assertThat(connection
                            .run(context, Command.of("cat").withStdin(input))
                            .stdout())
                    .isEqualTo(input);
            assertThat(connection.run(context, Command.of("cat")).stdout()).isEmpty();
            assertThat(connection.run(context, Command.of("whoami")).stdout()).isEqualTo("azureuser\n");
            assertThat(connection.run(context, Command.of("whoami").asRoot()).stdout())
                    .isEqualTo("root\n");
            assertThat(connection.run(context, Command.of("no-such-program")).exitStatus())
                    .isEqualTo(127);
        });
    }

    @Test
    void aGroupCountsAtOnce() throws Exception {
        inAStep((context, connection) -> {
            assertThat(connection.run(context, Command.of("id", "-nG")).stdout())
                    .doesNotContain("docker");
            connection.require(
                    context, Command.of("usermod", "-aG", "docker", "azureuser").asRoot());
            assertThat(connection.run(context, Command.of("id", "-nG")).stdout())
                    .contains("docker");
            connection.require(
                    context, Command.of("gpasswd", "-d", "azureuser", "docker").asRoot());
        });
    }

    @Test
    void whatIsConfidentialIsSeenByNobody() throws Exception {
        inAStep((context, connection) -> {
            CommandResult result = connection.run(
                    context,
                    Command.of("cat").withStdin("password=hunter2hunter2").asConfidential());
            assertThat(result.stdout()).isEqualTo("password=hunter2hunter2");
            String id = cloud.resourceIds()
                    .filter(one -> one.contains("/runCommands/"))
                    .findFirst()
                    .orElseThrow();
            assertThat(cloud.resource(id).orElseThrow().toString())
                    .contains("runuser")
                    .doesNotContain("hunter2");
        });
        assertThat(events.toString()).doesNotContain("hunter2");
    }

    @Test
    void aSecretInTheOutputIsMasked() throws Exception {
        inAStep((context, connection) -> assertThat(connection
                        .run(context, Command.of("echo", "password=hunter2hunter2"))
                        .stdout())
                .doesNotContain("hunter2"));
        assertThat(events.toString()).doesNotContain("hunter2");
    }

    @Test
    void aStepsCommandsShareOneResourceThatIsInTheJournalFromTheBeginning() throws Exception {
        inAStep((context, connection) -> {
            connection.run(context, Command.of("true"));
            connection.run(context, Command.of("true"));
        });
        assertThat(events.stream()
                        .filter(event -> event instanceof RunEvent.ResourceCreating
                                || event instanceof RunEvent.ResourceCreated
                                || event instanceof RunEvent.ResourceDeleted)
                        .map(event -> event.getClass().getSimpleName()))
                .containsExactly("ResourceCreating", "ResourceCreated", "ResourceDeleted");
    }

    @Test
    void aBusyAgentIsWaitedFor() throws Exception {
        Fault busy = FAULTS.http()
                .add(SCRIPTS.method("PUT"), Occasions.first(3), HttpFault.refusal(409, "Conflict", "in progress"));

        inAStep((context, connection) -> assertThat(
                        connection.run(context, Command.of("echo", "free")).stdout())
                .isEqualTo("free\n"));

        busy.remove();
        assertThat(events.stream().filter(RunEvent.StepWaiting.class::isInstance))
                .hasSize(3)
                .allSatisfy(event -> assertThat(
                                ((RunEvent.StepWaiting) event).reason().key())
                        .isEqualTo("setup.runCommand.busy"));
    }

    @Test
    void aScriptThatAzureKilledIsACommandThatTookTooLong() throws Exception {
        Fault killed = view("{\"executionState\": \"TimedOut\", \"exitCode\": -1, \"output\": \"\", \"error\": \"\"}");
        inAStep((context, connection) -> assertThat(
                        failure(context, connection).problem().what().key())
                .isEqualTo("setup.runCommand.timedOut.what"));
        killed.remove();
    }

    @Test
    void aResultThatDoesNotComeIsALoss() throws Exception {
        Fault lost = view("{\"executionState\": \"Failed\", \"exitCode\": 1, \"output\": \"9 0 12\", \"error\": \"\"}");
        inAStep((context, connection) -> {
            Failure failure = failure(context, connection);
            assertThat(failure.problem().what().key()).isEqualTo("setup.runCommand.lost.what");
            assertThat(MachineConnection.isLost(failure)).isTrue();
        });
        lost.remove();
    }

    @Test
    void cancellingStopsTheScript() throws Exception {
        Run run = start((context, connection) -> connection.run(context, Command.of("sleep", "1000")), threads);
        await().until(RunCommandWayTest::leftOnTheMachine);

        run.cancel();

        assertThat(run.await()).isEqualTo(RunResult.CANCELLED);
        await().until(() -> cloud.resourceIds().noneMatch(id -> id.contains("/runCommands/")));
        assertThat(leftOnTheMachine()).isTrue();
        assertThat(RunState.of(events).changes())
                .extracting(RunState.Changed::change)
                .containsExactly(ChangeKind.SCRIPT_FOLDER.of("/run/keyless-pull"));
        inAStep((context, connection) -> connection.require(context, Command.of("true")));
        assertThat(leftOnTheMachine()).isFalse();
    }

    /** How often the machine's agent was asked is the same however little a command prints: once. */
    @Test
    void aCommandIsOneScript() throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        Fault counted = FAULTS.http().before(SCRIPTS.method("PUT"), Occasions.always(), () -> sent.add("script"));
        inAStep((context, connection) -> connection.run(context, Command.of("seq", "1", "1000")));
        counted.remove();
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatAStepIsGoingToLookAtIsOneScriptUntilItRunsSomethingElse() throws Exception {
        Command user = Command.of("whoami");
        Command root = Command.of("whoami").asRoot();
        Command missing = Command.of("test", "-e", "/tmp/looked-at");
        assertThat(scripts((context, connection) -> {
                    connection.look(context, List.of(user, root, missing));
                    assertThat(connection.run(context, user).stdout()).isEqualTo("azureuser\n");
                    assertThat(connection.run(context, root).stdout()).isEqualTo("root\n");
                    assertThat(connection.run(context, missing).exitStatus()).isOne();
                }))
                .isOne();
        assertThat(scripts((context, connection) -> {
                    connection.look(context, List.of(user, missing));
                    connection.require(context, Command.write("/tmp/looked-at", "there"));
                    assertThat(connection.run(context, missing).ok()).isTrue();
                    connection.require(context, Command.of("rm", "/tmp/looked-at"));
                }))
                .isEqualTo(4);
        assertThat(events.stream()
                        .filter(RunEvent.CommandStarted.class::isInstance)
                        .map(event -> ((RunEvent.CommandStarted) event).shown()))
                .startsWith("whoami", "sudo whoami", "test -e /tmp/looked-at", "whoami", "test -e /tmp/looked-at");
    }

    @Test
    void commandsThatFollowOneAnotherAreOneScriptAndTheFirstThatFailsIsTheLast() throws Exception {
        assertThat(scripts((context, connection) -> {
                    assertThat(connection
                                    .requireAll(
                                            context,
                                            List.of(
                                                    Command.of("true"),
                                                    Command.of("cat")
                                                            .withStdin("password=hunter2hunter2")
                                                            .asConfidential(),
                                                    Command.of("env")))
                                    .stdout())
                            .doesNotContain("hunter2", "KEYLESS_PULL");
                    Command fails = Command.of("sh", "-c", "echo no >&2; exit 3");
                    MachineConnection.Ran last = connection.runAll(
                            context, List.of(Command.of("true"), fails, Command.write("/tmp/never", "never")));
                    assertThat(last.command()).isEqualTo(fails);
                    assertThat(last.result().exitStatus()).isEqualTo(3);
                    assertThat(last.result().stderr()).isEqualTo("no\n");
                }))
                .isEqualTo(2);
        assertThat(events.toString()).doesNotContain("/tmp/never", "hunter2");
    }

    private int scripts(InAStep.Work work) throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        Fault counted = FAULTS.http().before(SCRIPTS.method("PUT"), Occasions.always(), () -> sent.add("script"));
        inAStep(work);
        counted.remove();
        return sent.size();
    }

    private static Failure failure(StepContext context, MachineConnection connection) throws InterruptedException {
        try {
            connection.run(context, Command.of("true"));
            throw new AssertionError("it was to fail");
        } catch (Failure failure) {
            return failure;
        }
    }

    /** Lets Azure answer with another instance view, once. */
    private static Fault view(String view) {
        return FAULTS.http()
                .add(
                        SCRIPTS.method("GET"),
                        Occasions.first(1),
                        HttpFault.json(
                                200,
                                "{\"location\": \"japaneast\", \"properties\": {\"provisioningState\": \"Succeeded\", "
                                        + "\"instanceView\": " + view + "}}"));
    }

    private static boolean leftOnTheMachine() {
        return cloud.machine(machine.id())
                .state()
                .files()
                .node("/run/keyless-pull")
                .isPresent();
    }

    private String printed(RunEvent.OutputStream stream) {
        return events.stream()
                .filter(RunEvent.CommandOutput.class::isInstance)
                .map(RunEvent.CommandOutput.class::cast)
                .filter(output -> output.stream() == stream)
                .map(RunEvent.CommandOutput::chunk)
                .collect(Collectors.joining());
    }

    private void inAStep(InAStep.Work work) throws Exception {
        assertThat(start(work, Runnable::run).await()).as(events.toString()).isEqualTo(RunResult.SUCCEEDED);
    }

    private Run start(InAStep.Work work, Executor executor) {
        SetTime time = new SetTime(Instant.parse("2026-01-02T03:04:05Z").plusSeconds(events.size()));
        MachineConnection connection = new MachineConnection(
                "practiceDocker",
                List.of(new RunCommandWay("practiceDocker", machine, "azureuser", azure)),
                false,
                time);
        return InAStep.start(connection, work, executor, time, events::add);
    }
}
