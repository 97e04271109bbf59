package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are kept: listed, gone on with, taken back and forgotten, over real SDK calls and real SSH. */
@Timeout(120)
class StoredRunsTest {

    private static final String EVERYTHING_NEW = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM"}], "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """;
    private static final String EVERYTHING_THERE = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "practiceBare", "create": false}],
             "identity": {"kind": "system-assigned"}}
            """;

    private static final String OVER =
            "This was practice: its cloud ended with the program that ran it, and nothing of "
                    + "it is left. There is nothing to undo.";

    @TempDir
    private Path folder;

    @AutoClose
    private ProgramInPractice program;

    @BeforeEach
    void start() {
        program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
    }

    @Test
    void undoingARunDeletesAllThatItMadeAndNothingElse() {
        List<String> before = program.resources();
        assertThat(program.setUp(EVERYTHING_NEW)).as(program.printed()).isZero();
        assertThat(program.resources()).hasSizeGreaterThan(before.size() + 7);

        assertThat(program.run("y\n", "--undo", "last")).as(program.printed()).isZero();

        assertThat(program.printed())
                .contains(
                        "virtual machine myDockerVM with its disk",
                        "role assignment",
                        "resource group myResourceGroup",
                        "Delete and take back what is listed?",
                        "Taken back.");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void nothingIsUndoneUnlessSomebodySaysYes() {
        program.setUp(EVERYTHING_NEW);
        List<String> made = program.resources();

        assertThat(program.run("n\n", "--undo", "last")).isEqualTo(1);
        assertThat(program.printed()).contains("Nothing was taken back.");
        assertThat(program.run("", "--undo", "last")).isEqualTo(1);
        assertThat(program.printed()).contains("No answer could be read");
        assertThat(program.resources()).containsExactlyElementsOf(made);
    }

    @Test
    void whatIsOfSomebodyElseInTheRunsGroupStaysAndTheGroupWithIt() {
        program.setUp(EVERYTHING_NEW.replace(
                "\"myContainerRegistry\", \"importSample\": true",
                "\"practiceclassic\", \"create\": false, \"resourceGroup\": \"practiceRegistries\""));
        String first = runs().get(0);
        assertThat(program.setUp(EVERYTHING_NEW
                        .replace("\"myACRId\"", "\"other\"")
                        .replace("myDockerVM", "otherVM")
                        .replace(
                                "\"myContainerRegistry\", \"importSample\": true",
                                "\"practiceclassic\", \"create\": false, \"resourceGroup\": \"practiceRegistries\"")))
                .as(program.printed())
                .isZero();

        assertThat(program.run("", "--undo", first, "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("This stays:").contains("resource group myResourceGroup — left alone");
        assertThat(program.resources())
                .anyMatch(id -> id.endsWith("/otherVM"))
                .noneMatch(id -> id.endsWith("/myDockerVM"));
        assertThat(program.run("", "--undo", first, "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed())
                .contains("resource group myResourceGroup — left alone", "Nothing was taken back.")
                .doesNotContain("Taken back.");
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.run("", "--undo", first, "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).noneMatch(id -> id.contains("myResourceGroup"));
    }

    @Test
    void aMachineThatWasThereKeepsItsSoftwareUnlessItIsAskedFor() {
        program.setUp(EVERYTHING_THERE);

        assertThat(program.run("y\nn\nn\nn\nn\n", "--undo", "last"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed())
                .contains("identity on machine practiceBare", "packages that were installed", "docker.io")
                .doesNotContain("apt-get");
    }

    @Test
    void aMachineThatWasThereIsAsBeforeWhereThatIsAskedFor() {
        List<String> before = program.resources();
        assertThat(program.setUp(EVERYTHING_THERE)).as(program.printed()).isZero();
        String first = program.printed();

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed())
                .contains(
                        "docker image rm",
                        "rm -f /usr/bin/docker-credential-acr-managed-identity",
                        "az logout --username systemAssignedIdentity",
                        "gpasswd -d azureuser docker",
                        "remove -y",
                        "rm -f /etc/apt/sources.list.d/azure-cli.sources");
        assertThat(program.resources()).containsExactlyElementsOf(before);

        assertThat(program.setUp(EVERYTHING_THERE)).as(program.printed()).isZero();
        assertThat(program.printed()).contains("install -y docker.io", "install -y azure-cli");
        assertThat(commands(program.printed())).isEqualTo(commands(first));
    }

    @Test
    void anUndoThatFailedSaysWhatIsStillThereAndIsGoneOnWithByUndo() {
        List<String> before = program.resources();
        program.setUp(EVERYTHING_NEW);
        String registry = id("/registries/myContainerRegistry");
        Fault lock = program.faults().arm().lock(registry, "CanNotDelete");

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isEqualTo(1);

        assertThat(program.printed())
                .contains(
                        "Not everything was taken back. This is still there:",
                        registry,
                        "Go on taking it back:",
                        "keyless-pull --practice --undo " + runs().get(0))
                .doesNotContain("--resume", "had been made");
        lock.remove();
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void anUndoThatFailedOnAMachineAloneDoesNotSayThatNothingWasMade() {
        program.setUp(EVERYTHING_THERE);
        Fault refused = program.faults()
                .machines()
                .command(
                        MachineFaults.ANY,
                        "gpasswd -d",
                        Occasions.always(),
                        CommandFault.ends(1, "gpasswd: cannot lock /etc/group; try again later."));

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .isEqualTo(1);

        assertThat(program.printed())
                .contains(
                        "Not everything was taken back. This is still there:",
                        "on practiceBare: the user's membership in groups (docker)",
                        "Go on taking it back:",
                        "keyless-pull --practice --undo ")
                .doesNotContain("--resume", "had been made");
        refused.remove();
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
    }

    @Test
    void anUndoOfARunThatWasCutOffBeforeItMadeAnythingSaysSo() throws IOException {
        assertThat(program.setUp(EVERYTHING_THERE)).as(program.printed()).isZero();
        Path journal = program.runs().resolve(runs().get(0)).resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        int first = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("ResourceCreating")
                        || lines.get(i).contains("ChangeBegun"))
                .findFirst()
                .orElseThrow();
        Files.write(journal, lines.subList(0, first));

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed().lines())
                .containsExactly("This run had made and changed nothing. There is nothing to take back.");
    }

    @Test
    void whatSomebodyDeletedBeforeIsFoundGoneByUndoAndByAnother() {
        List<String> before = program.resources();
        program.setUp(EVERYTHING_NEW);
        program.faults().arm().delete(id("/virtualMachines/myDockerVM"));
        program.faults().arm().delete(id("/registries/myContainerRegistry"));

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).containsExactlyElementsOf(before);
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed()).contains("Nothing of what this run made or changed is there any more.");
    }

    @Test
    void whereAMachineAndARegistryThatWereThereAreGoneNothingIsLeftToTakeBack() {
        program.setUp(EVERYTHING_THERE);
        program.faults().arm().delete(id("/virtualMachines/practiceBare"));
        program.faults().arm().delete(id("/registries/practiceclassic"));

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {EVERYTHING_NEW, EVERYTHING_THERE})
    void ofARunWhosePracticeCloudHasEndedNothingIsDeletedAnywhere(String setup) throws Exception {
        assertThat(program.setUp(setup)).as(program.printed()).isZero();
        program.close();
        program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
        List<String> before = program.resources();

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed().lines()).containsExactly(OVER);
        assertThat(program.resources()).containsExactlyElementsOf(before);
        assertThat(program.stored().cloudEnded()).isTrue();
        assertThat(program.stored().left().isEmpty()).isTrue();

        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed())
                .contains("proven, ", "practice: its cloud has ended, and nothing is left")
                .doesNotContain("are left: ");
        assertThat(program.run("", "--runs", "--output", "json")).isZero();
        assertThat(program.printed()).contains("\"left\":[],\"leftChanges\":[],\"practiceCloudEnded\":true");
        assertThat(program.run("", "--remove", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(runs()).isEmpty();
    }

    @Test
    void aRunWhosePracticeCloudHasEndedIsNotResumedButCanBeBegunAgain() throws Exception {
        Fault full = program.failPulls();
        assertThat(program.setUp(EVERYTHING_NEW)).isEqualTo(1);
        assertThat(program.printed())
                .contains(
                        "In Azure this would still be there:",
                        "/registries/myContainerRegistry",
                        "This was practice: its cloud ends with this program, and nothing of it is left.")
                .doesNotContain("is still there", "Go on with it", "to go on with", "to take back");
        full.remove();
        program.close();
        program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
        List<String> before = program.resources();

        assertThat(program.run("", "--resume", "last")).isEqualTo(1);
        String again =
                program.runs().resolve(runs().get(0)).resolve("setup.json").toString();
        assertThat(program.printed().lines())
                .containsExactly(
                        "Run " + runs().get(0) + " cannot be resumed: it was practice, and its cloud ended with the"
                                + " program that ran it.",
                        "Nothing of it is left.",
                        "Begin again: --practice --run " + again
                                + ". To practise --resume and --undo, use --practice-server. (KP-1001)");
        assertThat(program.resources()).containsExactlyElementsOf(before);

        assertThat(program.run("", "--run", again)).as(program.printed()).isZero();
        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed()).containsOnlyOnce("its cloud has ended").contains("resources that are left: 9");
    }

    @Test
    void anImageThatSomebodyPushedOverTheImportedOneStays() throws Exception {
        String imports = EVERYTHING_THERE
                .replace(
                        "\"create\": false, \"resourceGroup\": \"practiceRegistries\"",
                        "\"create\": false, \"resourceGroup\": \"practiceRegistries\", \"importSample\": true")
                .replace("aci-helloworld:v1", "aci-helloworld:v9");
        assertThat(program.setUp(imports)).as(program.printed()).isZero();
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            AzureSubscription azure = new SignIns(
                            Transport.routed(program.cloud().route(), Time.system(), new Random(3)),
                            workers,
                            SignInEnvironment.bare(),
                            Optional.empty())
                    .signIn(
                            SignInMethod.DEVICE_CODE,
                            Optional.of(program.cloud().tenantId()),
                            AzureCloud.PUBLIC,
                            code -> {})
                    .subscription(program.cloud().subscriptionId());
            azure.images().delete("practiceclassic.azurecr.io", "aci-helloworld", "v9");
            azure.registries()
                    .importImage(
                            azure.registries()
                                    .find("practiceRegistries", "practiceclassic")
                                    .orElseThrow(),
                            "practiceclassic.azurecr.io",
                            "web/frontend:1.0",
                            "aci-helloworld:v9");

            assertThat(program.run("", "--undo", "last", "--yes"))
                    .as(program.printed())
                    .isZero();

            assertThat(program.printed())
                    .contains("image practiceclassic.azurecr.io/aci-helloworld:v9, copied by this run — left alone: "
                            + "somebody has pushed another image under this tag since (sha256:");
            assertThat(azure.images().digest("practiceclassic.azurecr.io", "aci-helloworld", "v9"))
                    .isPresent()
                    .isEqualTo(azure.images().digest("practiceclassic.azurecr.io", "web/frontend", "1.0"));

            azure.images().delete("practiceclassic.azurecr.io", "aci-helloworld", "v9");
            assertThat(program.setUp(imports)).as(program.printed()).isZero();
            assertThat(program.run("", "--undo", "last", "--yes"))
                    .as(program.printed())
                    .isZero();
            assertThat(azure.images().digest("practiceclassic.azurecr.io", "aci-helloworld", "v9"))
                    .isEmpty();
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void aHelperOfAnEarlierVersionIsReportedAndUndoneWhereTheRunPutIt() throws Exception {
        String earlier = "/usr/local/bin/docker-credential-acr-managed-identity";
        OnMachine machine = new OnMachine(program.cloud(), "practiceBare");
        machine.runs(Command.write(earlier, CredentialHelper.script()).asRoot());
        machine.runs(Command.of("chmod", "0755", earlier).asRoot());

        assertThat(program.setUp(EVERYTHING_THERE)).as(program.printed()).isZero();
        assertThat(program.printed()).contains("an earlier version in " + earlier + " comes before it");
        assertThat(machine.file(earlier)).isPresent();

        Path journal = program.runs().resolve(runs().get(0)).resolve("journal.jsonl");
        try (FileJournal written = FileJournal.open(journal)) {
            written.write(List.of(new RunEvent.ChangeDone(
                    Instant.now(),
                    StepId.on("practiceBare", "credential-helper"),
                    ChangeKind.CREDENTIAL_HELPER.of(earlier))));
        }
        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(machine.file(earlier)).isEmpty();
        assertThat(machine.file("/usr/bin/docker-credential-acr-managed-identity"))
                .isEmpty();
    }

    private String id(String end) {
        return program.resources().stream()
                .filter(id -> id.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    /** Step by step, in the order of each: steps that do not need each other run at the same time. */
    private static Map<String, List<String>> commands(String printed) {
        return printed.lines()
                .filter(line -> line.contains(" $ "))
                .map(line -> line.substring(8).split(" [$] ", 2))
                .collect(Collectors.groupingBy(
                        line -> line[0], Collectors.mapping(line -> line[1], Collectors.toList())));
    }

    @Test
    void whatARunKeepsIsForItsOwnerAloneAndItsHostKeysAreThoseOfTheSshCommand() throws IOException {
        program.setUp(EVERYTHING_THERE);

        Path run = program.runs().resolve(runs().get(0));
        assertThat(program.printed()).contains("-o UserKnownHostsFile=" + run.resolve("known_hosts"));
        assertThat(Files.readString(run.resolve("known_hosts"))).contains(" ssh-ed25519 AAAA");
        assertThat(Files.readString(run.resolve("log.txt"))).contains("$ docker pull", "Every step succeeded.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                .isEqualTo("rwx------");
        for (String file : List.of("setup.json", "journal.jsonl", "log.txt", "known_hosts")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aRunThatIsBeingWorkedOnIsLeftToWhoeverDoes() throws IOException {
        program.setUp(EVERYTHING_THERE);
        Path lock = program.runs().resolve(runs().get(0)).resolve("lock");
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            held.lock();

            assertThat(program.run("", "--undo", "last", "--yes")).isEqualTo(1);
            assertThat(program.printed()).contains("is being worked on by another window or program");
            assertThat(program.run("", "--remove", "last", "--yes")).isEqualTo(1);
        }
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
    }

    @Test
    void runsAreListedTheLatestFirst() {
        program.setUp(EVERYTHING_THERE);

        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed())
                .contains(
                        runs().get(0) + "  proven, 20 of 20 steps",
                        "targets: practiceBare; registry: practiceclassic",
                        program.runs().toString());
    }

    @Test
    void runsOfTheOtherModeAreHintedAt() {
        program.setUp(EVERYTHING_THERE);

        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed())
                .contains("changes that are left: ")
                .doesNotContain("There are runs", "its cloud has ended");
        assertThat(program.inAzure("--runs")).isZero();
        assertThat(program.printed())
                .contains("There is no run yet.", "There are runs in practice mode too: --practice --runs lists them.");
    }

    @Test
    void ofRunsThatBeganInTheSameSecondTheLaterIsTheLast() throws IOException {
        program.setUp(EVERYTHING_THERE);
        program.setUp(EVERYTHING_THERE);
        program.setUp(EVERYTHING_THERE);
        List<String> listed = program.run("", "--runs") == 0
                ? program.printed()
                        .lines()
                        .filter(line -> line.contains("  proven, "))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList()
                : List.of();

        List<Instant> began = new ArrayList<>();
        for (String run : listed) {
            String first = Files.readAllLines(program.runs().resolve(run).resolve("journal.jsonl"))
                    .get(0);
            began.add(Instant.parse(first.replaceAll(".*\"at\":\"([^\"]+)\".*", "$1")));
        }
        assertThat(began).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void aRunIsForgottenOnlyAfterAskingWhereSomethingOfItIsLeft() {
        program.setUp(EVERYTHING_THERE);

        assertThat(program.run("n\n", "--remove", "last")).isEqualTo(1);
        // It made a role assignment and no machine.
        assertThat(program.printed())
                .contains("is still there (1), and changes to what was there before are left", "no longer be undone")
                .doesNotContain("the only key of");
        assertThat(runs()).hasSize(1);
        assertThat(program.run("", "--undo", "last", "--yes")).isZero();
        assertThat(program.printed())
                .contains("What the run made is deleted. Changes that are left: ")
                .doesNotContain("Taken back.", "deleted: gone");
        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed())
                .contains("what it made is deleted, ", "keyless-pull --practice --undo ", " --yes --restore-machines")
                .doesNotContain("taken back, ");
        assertThat(program.run("n\n", "--remove", "last")).isEqualTo(1);
        assertThat(program.printed())
                .contains("Changes that run ", " made to what was there before are left")
                .doesNotContain("is still there", "the only key of");
        assertThat(program.run("y\n", "--remove", "last")).isZero();
        assertThat(runs()).isEmpty();
    }

    @Test
    void forgettingARunThatMadeAMachineSaysThatItsOnlyKeyGoesWithTheFolder() {
        program.setUp(EVERYTHING_NEW);
        assertThat(program.run("n\n", "--remove", "last")).isEqualTo(1);
        assertThat(program.printed())
                .contains("is still there (", "the only key of the machines that it made")
                .doesNotContain("Changes that run");
    }

    @Test
    void aRunWhoseKeyAnotherRunUsesIsRemovedAfterThatOne() {
        assertThat(program.setUp(EVERYTHING_NEW)).as(program.printed()).isZero();
        String first = runs().get(0);
        assertThat(program.setUp(EVERYTHING_NEW)).as(program.printed()).isZero();
        String second =
                runs().stream().filter(run -> !run.equals(first)).findFirst().orElseThrow();

        assertThat(program.run("", "--remove", first, "--yes")).isEqualTo(1);
        assertThat(program.printed())
                .contains("Run " + first + " cannot be removed: run " + second + " uses its key.", "“myDockerVM”");
        assertThat(program.runs().resolve(first).resolve("id_ed25519")).exists();

        assertThat(program.run("", "--remove", second, "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.run("", "--remove", first, "--yes"))
                .as(program.printed())
                .isZero();
    }

    @Test
    void aRunWhoseKeyAnotherRunGivesToAScaleSetIsRemovedAfterThatOne() {
        String setup = """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "fleet-rg"},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1", "scaleSet": {"name": "fleet", "instances": 1%s},
                 "identity": {"kind": "user-assigned", "name": "fleet-id"}}
                """;
        assertThat(program.setUp(setup.formatted(""))).as(program.printed()).isZero();
        String first = runs().get(0);
        Path key = program.runs().resolve(first).resolve("id_ed25519").toAbsolutePath();
        assertThat(key).exists();
        assertThat(program.setUp(setup.formatted(", \"sshKey\": \"" + key + "\"")))
                .as(program.printed())
                .isZero();

        assertThat(program.run("", "--remove", first, "--yes")).isEqualTo(1);
        assertThat(program.printed()).contains("Run " + first + " cannot be removed: ", "“fleet”");
        assertThat(key).exists();
    }

    @Test
    void aDamagedJournalIsReportedAndNothingIsDeletedByGuessing() throws IOException {
        program.setUp(EVERYTHING_NEW);
        Path journal = program.runs().resolve(runs().get(0)).resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replace("myDockerVM", "yourDockerVM"));
        List<String> made = program.resources();

        assertThat(program.run("", "--undo", "last", "--yes")).isEqualTo(1);
        assertThat(program.printed()).contains("is damaged in line 1");
        assertThat(program.resources()).containsExactlyElementsOf(made);
        assertThat(program.run("", "--runs")).isZero();
        assertThat(program.printed()).contains("damaged");
    }

    @Test
    void aRunThatIsProvenOrUnknownCannotBeGoneOnWith() {
        program.setUp(EVERYTHING_THERE);

        assertThat(program.run("", "--resume", "last")).isEqualTo(1);
        assertThat(program.printed()).contains("cannot be resumed");
        assertThat(program.run("", "--resume", "1999")).isEqualTo(1);
        assertThat(program.printed()).contains("There is no run “1999”.");
    }

    private List<String> runs() {
        if (Files.notExists(program.runs())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(program.runs())) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
