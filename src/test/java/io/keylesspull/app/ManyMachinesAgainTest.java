package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.fault.VirtualTime;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.host.PracticeMachine;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.setup.request.SetupFile;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Texts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More than 50 existing machines whose run did not come to its end: it is tried again, or undone. */
@Timeout(600)
class ManyMachinesAgainTest {

    private static final RequestMatcher AZURE = RequestMatcher.to("management.azure.com");
    private static final String CONFIGURATION = "/home/azureuser/.docker/config.json";
    private static final String OTHER_HELPER = "{\"credHelpers\": {\"practiceclassic.azurecr.io\": \"other\"}}";

    /** What Azure keeps of a script's output are its last bytes. */
    private static final String CUT_OFF = """
            {"name": "keyless-pull-cut-off", "location": "japaneast", "properties": {"provisioningState": "Succeeded",
             "instanceView": {"executionState": "Failed", "exitCode": -1, "output": "\\",\\"changes\\":[]}"}}}""";

    private final VirtualTime time = new VirtualTime();

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice(time);

    /** What each deployment has handed out, as the names of the machines. */
    private final Queue<List<String>> sent = new ConcurrentLinkedQueue<>();

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private List<String> machines;
    private List<String> before;

    @BeforeEach
    void machines() throws Exception {
        machines = OldMachines.make(program.faults(), program.cloud(), time, 51);
        before = program.resources();
        program.faults().http().watch(AZURE.method("PUT").path("/deployments/"), Occasions.always(), this::note);
    }

    private void note(Request request) {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        sent.add(machines.stream()
                .filter(name -> body.contains("\"" + name + "/keyless-pull-"))
                .toList());
    }

    private String setup() {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "identity": {"kind": "user-assigned", "name": "myACRId"},
                 "azureCli": false, "machines": [%s]}""".formatted(machines.stream()
                .map(name -> "{\"name\": \"" + name + "\", \"create\": false, \"resourceGroup\": \"crowd\"}")
                .collect(Collectors.joining(",")));
    }

    private PracticeMachine machine(String name) {
        return program.cloud()
                .machine(program.resources().stream()
                        .filter(id -> id.endsWith("/virtualMachines/" + name))
                        .findFirst()
                        .orElseThrow());
    }

    /** Without what packages leave behind. */
    private List<String> inventory(String name) {
        return machine(name).inventory().stream()
                .filter(line -> !line.startsWith("configuration of ")
                        && !line.equals("group docker: ")
                        && !line.startsWith("directory /var/lib/docker "))
                .toList();
    }

    private void undone() {
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void onlyTheMachineThatFailedGetsItsScriptAgainAndALostResultIsReadAgain() throws Exception {
        String failing = machines.get(7);
        String lost = machines.get(11);
        List<String> untouched = inventory(lost);
        FileTree files = machine(failing).state().files();
        files.makeDirectory("/home/azureuser/.docker", "azureuser", 0700);
        files.put(CONFIGURATION, OTHER_HELPER.getBytes(StandardCharsets.UTF_8), "azureuser", 0600);
        Fault losing = program.faults()
                .http()
                .add(
                        AZURE.method("GET").path("/virtualMachines/" + lost + "/runCommands/"),
                        Occasions.always(),
                        HttpFault.refusal(500, "InternalServerError", "It did not work."));
        SetupRun run = begin();
        assertThat(run.result().get()).isEqualTo(RunResult.FAILED);
        assertThat(run.proven()).hasSize(49);
        assertThat(sent.stream().mapToInt(List::size).sum()).isEqualTo(51);

        sent.clear();
        losing.remove();
        files.put(CONFIGURATION, "{}".getBytes(StandardCharsets.UTF_8), "azureuser", 0600);
        SetupRun again = run.tryAgain(event -> {});

        assertThat(again.result().get()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(sent).containsExactly(List.of(failing));
        undone();
        assertThat(inventory(lost)).isEqualTo(untouched);
    }

    /** With what was on it before, and the machine could not say any more. */
    @Test
    void aScriptThatSomebodyDeletedIsNotTakenForOneThatWasNeverRun() throws Exception {
        String lost = machines.get(11);
        Fault losing = results(lost, HttpFault.refusal(500, "InternalServerError", "It did not work."));
        SetupRun run = begin();
        assertThat(run.result().get()).isEqualTo(RunResult.FAILED);
        assertThat(run.proven()).hasSize(50);
        losing.remove();
        deleteScript(lost);

        assertThat(run.tryAgain(event -> {}).result().get()).isEqualTo(RunResult.SUCCEEDED);

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isOne();
        assertThat(program.printed())
                .contains("What a script changed on machine “" + lost + "” cannot be found out any more.")
                .contains("az vm run-command invoke --ids /subscriptions/");
        // Nobody will ever know more.
        undone();
    }

    @Test
    void theMachineTellsWhatAScriptChangedThatSomebodyDeletedWhileItRan() throws Exception {
        String struck = machines.get(11);
        List<String> untouched = inventory(struck);
        // Meanwhile Docker is there, and pulls are tried again.
        program.faults().arm().rolesWithoutEffectFor(Duration.ofMinutes(1));
        Fault deleting = program.faults()
                .http()
                .before(
                        AZURE.method("GET").path("/deployments/keyless-pull-"),
                        Occasions.only(1),
                        () -> deleteScript(struck));
        SetupRun run = begin();
        assertThat(run.result().get()).isEqualTo(RunResult.FAILED);
        assertThat(run.proven()).as("%s", failures).hasSize(50);
        assertThat(deleting.fired()).isEqualTo(1);

        assertThat(run.tryAgain(event -> {}).result().get()).isEqualTo(RunResult.SUCCEEDED);

        undone();
        assertThat(inventory(struck)).isEqualTo(untouched);
    }

    @Test
    void aScriptWhoseReportIsCutOffStaysUntilItCanBeRead() throws Exception {
        String struck = machines.get(11);
        List<String> untouched = inventory(struck);
        Fault cutting = results(struck, HttpFault.json(200, CUT_OFF));
        SetupRun run = begin();
        assertThat(run.result().get()).isEqualTo(RunResult.FAILED);
        assertThat(run.proven()).hasSize(50);
        cutting.remove();
        Fault cuttingTheFirst = program.faults()
                .http()
                .add(AZURE.method("GET").path(script(struck)), Occasions.always(), HttpFault.json(200, CUT_OFF));

        assertThat(run.tryAgain(event -> {}).result().get()).isEqualTo(RunResult.SUCCEEDED);

        undoSaysThatItDoesNotKnow(struck);
        cuttingTheFirst.remove();
        undone();
        assertThat(inventory(struck)).isEqualTo(untouched);
    }

    @Test
    void aSlowScriptHoldsNobodyElseBack() throws Exception {
        String slow = machines.get(11);
        Instant free = time.now().plus(Duration.ofSeconds(90));
        machine(slow).state().aptLock(AptLock.File.FRONTEND).holdUntil(free);
        Queue<RunEvent.StepSucceeded> proven = new ConcurrentLinkedQueue<>();
        Queue<String> waits = new ConcurrentLinkedQueue<>();
        SetupRun run = begin(event -> {
            if (event instanceof RunEvent.StepSucceeded done
                    && done.step().name().equals("set-up")) {
                proven.add(done);
            } else if (event instanceof RunEvent.StepWaiting waiting) {
                waits.add(new Texts(Locale.ENGLISH).render(waiting.reason()));
            }
        });

        assertThat(run.result().get()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(proven)
                .hasSize(51)
                .filteredOn(done -> done.at().isBefore(free))
                .extracting(done -> done.step().machine().orElseThrow())
                .hasSize(50)
                .doesNotContain(slow);
        assertThat(waits).contains("Azure runs the scripts on the machines: 50 of 51 have ended");
        assertThat(program.resources()).noneMatch(id -> id.contains("/runCommands/"));
    }

    @Test
    void whatADeploymentThatSomebodyCancelledHadSentIsReadAndTheRestIsSentAgain() throws Exception {
        String unsent = machines.get(7);
        String slow = machines.get(11);
        machine(slow)
                .state()
                .aptLock(AptLock.File.FRONTEND)
                .holdUntil(time.now().plus(Duration.ofSeconds(60)));
        Fault tooMany = program.faults().arm().tooMany("PUT", "/virtualMachines/" + unsent + "/runCommands/");
        program.faults()
                .http()
                .watch(
                        AZURE.method("GET").path("/deployments/keyless-pull-"),
                        Occasions.first(1),
                        asked -> program.faults()
                                .arm()
                                .cancelDeployment(asked.uri().getPath()));
        List<String> problems = new CopyOnWriteArrayList<>();
        SetupRun run = begin(event -> {
            if (event instanceof RunEvent.StepFailed failed) {
                problems.add(new Texts(Locale.ENGLISH).render(failed.problem().what()));
            }
        });
        assertThat(run.result().get()).isEqualTo(RunResult.FAILED);
        assertThat(run.proven()).hasSize(50);
        assertThat(problems)
                .singleElement()
                .asString()
                .isEqualTo("Azure has not sent the script to machine “" + unsent + "”.");

        sent.clear();
        tooMany.remove();

        assertThat(run.tryAgain(event -> {}).result().get()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(sent).containsExactly(List.of(unsent));
        undone();
    }

    private Fault results(String machine, HttpFault what) {
        return program.faults()
                .http()
                .add(
                        AZURE.method("GET").path("/virtualMachines/" + machine + "/runCommands/"),
                        Occasions.always(),
                        what);
    }

    /** The id of the one script of a machine. */
    private String script(String machine) {
        return program.resources().stream()
                .filter(id -> id.contains("/virtualMachines/" + machine + "/runCommands/"))
                .findFirst()
                .orElseThrow();
    }

    /** As somebody does in the portal. */
    private void deleteScript(String machine) {
        program.faults().arm().delete(script(machine));
    }

    private void undoSaysThatItDoesNotKnow(String machine) {
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isNotZero();
        assertThat(program.printed()).contains("It is not known what a script changed on machine “" + machine + "”.");
    }

    @Test
    void whatACancelledRunChangedIsKnownAndUndone() throws Exception {
        List<String> untouched = inventory(machines.get(0));
        cancelled();
        undone();
        assertThat(inventory(machines.get(0))).isEqualTo(untouched);
    }

    @Test
    void aCancelledRunGoesOn() throws Exception {
        cancelled();
        sent.clear();
        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();

        // Azure has run what it was given meanwhile.
        assertThat(sent).isEmpty();
        undone();
    }

    private SetupRun begin() throws Exception {
        return begin(event -> {
            if (event instanceof RunEvent.StepFailed failed) {
                failures.add(failed.toString());
            }
        });
    }

    private SetupRun begin(Consumer<RunEvent> listener) throws Exception {
        return program.session().start(((SetupFile.Read) SetupFile.read(setup(), true)).request(), listener);
    }

    /** While Azure runs the scripts. */
    private void cancelled() throws Exception {
        CompletableFuture<SetupRun> begun = new CompletableFuture<>();
        Fault cancelling = program.faults()
                .http()
                .before(
                        AZURE.method("GET").path("/deployments/keyless-pull-"),
                        Occasions.first(1),
                        () -> begun.join().cancel());
        begun.complete(begin());
        assertThat(begun.join().result().get()).isEqualTo(RunResult.CANCELLED);
        cancelling.remove();
        assertThat(program.resources()).anyMatch(id -> id.contains("/runCommands/"));
    }
}
