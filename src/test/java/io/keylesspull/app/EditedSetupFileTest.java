package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.journal.FileJournal;
import io.keylesspull.engine.journal.JournalOrigin;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.setup.request.SetupFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is undone by its journal, whatever has become of its setup file since; otherwise the reason is reported. */
@Timeout(120)
class EditedSetupFileTest {

    /** A machine is made, another one was there; both share an identity that is made. */
    private static final String SETUP = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM"},
                          {"name": "practiceBare", "create": false, "resourceGroup": "practiceMachines"}],
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """;

    private static final String GARBAGE = "{ // my notes";

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @ValueSource(
            strings = {
                GARBAGE,
                "",
                "{}",
                "practiceBare => practiceDocker",
                "myDockerVM => yourDockerVM",
                "practiceMachines => practiceRegistries",
                "myResourceGroup => yourResourceGroup",
                "user-assigned => system-assigned",
                "\u0000"
            })
    void whateverTheSetupFileSaysByNowWhatTheRunMadeAndChangedIsTakenBack(String edited) throws IOException {
        List<String> before = program.resources();
        List<String> inside = inside();
        assertThat(program.setUp(SETUP)).as(program.printed()).isZero();
        assertThat(inside())
                .anyMatch(line -> line.startsWith("account "))
                .anyMatch(line -> line.startsWith("package docker.io "));
        edit(edited);

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("Taken back.").doesNotContain("Exception");
        assertThat(program.resources()).containsExactlyElementsOf(before);
        assertThat(inside())
                .containsAll(inside)
                .noneMatch(line -> line.matches("(account|image|package (docker\\.io|azure-cli)) .*"));
    }

    @Test
    void withoutTheSetupFileARunIsTakenBack() throws IOException {
        List<String> before = program.resources();
        program.setUp(SETUP);
        Files.delete(setup());

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void withoutTheSetupFileARunGoesOn() throws IOException {
        cutOff();
        Files.delete(setup());

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();
    }

    @Test
    void aRunDoesNotGoOnWithASetupFileThatSaysSomethingElse() throws IOException {
        cutOff();
        List<String> made = program.resources();
        edit("myDockerVM => yourDockerVM");

        assertThat(program.run("", "--resume", "last")).isEqualTo(1);

        assertThat(program.printed()).contains("The setup file " + setup() + " was changed since the run was begun.");
        assertThat(program.resources()).containsExactlyElementsOf(made);
    }

    @Test
    void aRunGoesOnWithASetupFileThatSaysTheSameInOtherWords() throws IOException {
        cutOff();
        Files.writeString(setup(), "\uFEFF" + Files.readString(setup()).replaceAll("\\s+", " "));

        assertThat(program.run("", "--resume", "last")).as(program.printed()).isZero();
    }

    @Test
    void byAnOldJournalWhatTheRunMadeIsTakenBackWhereTheSetupFileNamesTheMachinesThatWereThere() throws Exception {
        List<String> before = program.resources();
        program.setUp(SETUP);
        forgetOrigin();
        edit("myDockerVM => yourDockerVM");

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    @Test
    void byAnOldJournalTheMachineThatTheSetupFileDoesNotNameIsReported() throws Exception {
        program.setUp(SETUP);
        List<String> made = program.resources();
        forgetOrigin();
        edit("practiceBare => practiceDocker");

        assertThat(program.run("", "--undo", "last", "--yes")).isEqualTo(1);

        assertThat(program.printed())
                .contains("does not name machine “practiceBare”")
                .doesNotContain("Taken back");
        assertThat(program.resources()).containsExactlyElementsOf(made);
        edit("practiceDocker => practiceBare");
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
    }

    @Test
    void byAnOldJournalASetupFileThatCannotBeReadIsReported() throws Exception {
        program.setUp(SETUP);
        List<String> made = program.resources();
        forgetOrigin();
        edit(GARBAGE);

        assertThat(program.run("", "--undo", "last", "--yes")).isEqualTo(1);

        assertThat(program.printed())
                .contains("The setup file " + setup() + " cannot be read.")
                .doesNotContain("Exception", "Taken back");
        assertThat(program.resources()).containsExactlyElementsOf(made);
    }

    @Test
    void aRunBegunBeforeThereWasARuleAgainstItsSetupFileIsTakenBack() throws Exception {
        List<String> before = program.resources();
        String byRunCommand = "\"name\": \"practiceBare\", \"runCommand\": true";
        program.setUp(SETUP.replace("\"name\": \"practiceBare\"", byRunCommand));
        Path setup = setup();
        edit("\"runCommand\" : true => \"runCommand\" : true, \"sshKey\": \"id\"");
        assertThat(SetupFile.read(setup, true)).isInstanceOf(SetupFile.Refused.class);
        String run = setup.getParent().getFileName().toString();
        rewrite(Optional.of(new JournalOrigin(run, Files.readString(setup))));

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();

        assertThat(program.resources()).containsExactlyElementsOf(before);
    }

    private void cutOff() {
        Fault refused = program.failPulls();
        assertThat(program.setUp(SETUP)).as(program.printed()).isEqualTo(1);
        refused.remove();
    }

    /** @param edited the whole text, or what is put instead of what, with an arrow between */
    private void edit(String edited) throws IOException {
        String[] words = edited.split(" => ");
        Files.writeString(setup(), words.length == 2 ? Files.readString(setup()).replace(words[0], words[1]) : edited);
    }

    /** Version 1.0 did not write it. */
    private void forgetOrigin() throws IOException, Failure {
        rewrite(Optional.empty());
    }

    private void rewrite(Optional<JournalOrigin> origin) throws IOException, Failure {
        Path journal = setup().resolveSibling("journal.jsonl");
        FileJournal.History history = FileJournal.read(journal);
        Files.delete(journal);
        try (FileJournal old = FileJournal.open(journal, origin)) {
            old.write(history.events());
        }
        assertThat(FileJournal.read(journal).origin()).isEqualTo(origin);
    }

    private List<String> inside() {
        return program.cloud().machine(machine("practiceBare")).inventory();
    }

    private String machine(String name) {
        return program.resources().stream()
                .filter(id -> id.endsWith("/virtualMachines/" + name))
                .findFirst()
                .orElseThrow();
    }

    private Path setup() {
        try (Stream<Path> all = Files.list(program.runs())) {
            return all.findFirst().orElseThrow().resolve("setup.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
