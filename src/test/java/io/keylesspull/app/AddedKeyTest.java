package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.SshKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose user does not have the administrator's key gets it by Run Command, and loses it by undo. */
@Timeout(180)
class AddedKeyTest {

    private static final String AUTHORIZED = "/home/azureuser/.ssh/authorized_keys";

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    private OnMachine machine;
    private SshKey key;

    @BeforeEach
    void start() throws IOException {
        machine = new OnMachine(program.cloud(), "practiceBare");
        key = SshKey.generate("other");
        key.save(folder.resolve("other"));
    }

    @Test
    void theKeyIsAddedOnceAndUndoneAfterAllThatWasUndoneWithIt() throws Exception {
        String before = authorized();

        assertThat(program.setUp(setup(true, ""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);
        assertThat(program.printed()).contains("with the key that was added for it");
        assertThat(authorized()).isEqualTo(before + line());

        undo("--restore-machines");
        assertThat(program.printed())
                .containsSubsequence(
                        "SSH key on machine practiceBare, added by this run", "  restore ", "  remove-key ");
        assertThat(authorized()).isEqualTo(before);
    }

    @Test
    void whatUndoLeftForLaterIsStillReachedThough() throws Exception {
        String before = authorized();
        assertThat(program.setUp(setup(true, ""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        undo();
        assertThat(authorized()).isEqualTo(before);

        undo("--restore-machines");
        assertThat(authorized()).isEqualTo(before);
        assertThat(program.stored().leftSomethingToUndo()).isFalse();
    }

    @Test
    void aLastLineWithoutAnEndStaysALineOfItsOwn() throws Exception {
        String before = authorized().stripTrailing();
        machine.runs(Command.of("tee", AUTHORIZED)
                .withStdin(machine.types("cat", AUTHORIZED).stdout().stripTrailing()));
        assertThat(authorized()).isEqualTo(before);

        assertThat(program.setUp(setup(true, ""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(authorized()).isEqualTo(before + "\n" + line());
        undo("--restore-machines");
        assertThat(authorized()).isEqualTo(before + "\n");
    }

    @Test
    void aMissingFileIsMadeForItsUserAlone() throws Exception {
        machine.types("rm", "-r", "/home/azureuser/.ssh");

        assertThat(program.setUp(setup(true, ""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        assertThat(authorized()).isEqualTo("azureuser 600 " + line());
        undo("--restore-machines");
        assertThat(inSshFolder()).isEmpty();
        assertThat(program.stored().leftSomethingToUndo()).isFalse();
    }

    @Test
    void aFileThatWasMadeForTheKeyStaysWithTheKeysThatOthersAdded() throws Exception {
        machine.types("rm", "-r", "/home/azureuser/.ssh");
        assertThat(program.setUp(setup(true, ""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);
        others("ssh-ed25519 AAAA of-another\n");

        undo("--restore-machines");

        assertThat(authorized()).isEqualTo("azureuser 600 ssh-ed25519 AAAA of-another\n");
    }

    @Test
    void aFolderThatWasMadeForTheKeyStaysWithTheFilesOfOthers() throws Exception {
        machine.types("rm", "-r", "/home/azureuser/.ssh");
        assertThat(program.setUp(setup(true, ""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);
        String config = "/home/azureuser/.ssh/config";
        files().put(config, "Host *\n".getBytes(StandardCharsets.UTF_8), "azureuser", 0600);

        undo("--restore-machines");

        assertThat(inSshFolder())
                .containsExactly(
                        "directory /home/azureuser/.ssh azureuser 700", "file " + config + " azureuser 600 Host *\n");
    }

    @Test
    void anEmptyFileThatWasThereStays() throws Exception {
        files().put(AUTHORIZED, new byte[0], "azureuser", 0600);
        assertThat(program.setUp(setup(true, ""))).as(program.printed()).isEqualTo(ExitStatus.PROVEN);

        undo("--restore-machines");

        assertThat(authorized()).isEqualTo("azureuser 600 ");
    }

    @Test
    void whereTheKeyIsAcceptedNothingIsAdded() throws Exception {
        String before = authorized();
        assertThat(program.setUp(setup(true, "").replaceFirst("\"sshKey\": \"[^\"]*\", ", "")))
                .as(program.printed())
                .isEqualTo(ExitStatus.PROVEN);
        assertThat(program.printed()).doesNotContain("that was added");
        assertThat(authorized()).isEqualTo(before);
    }

    @Test
    void theCheckSaysThatItWouldBeAddedAndChangesNothing() throws Exception {
        List<String> before = program.cloud().machine(machine.id()).inventory();
        assertThat(check(setup(true, ""))).as(program.printed()).isZero();
        assertThat(program.printed())
                .contains(
                        "(port 22) does not accept the user azureuser with the key ssh-ed25519 SHA256:",
                        "good      User “azureuser” on “practiceBare”",
                        "good      Your right to run commands on “practiceBare” by Run Command");
        assertThat(program.cloud().machine(machine.id()).inventory()).isEqualTo(before);
    }

    @Test
    void aUserWhoIsNotThereIsNotMade() throws Exception {
        String nobody = setup(true, ", \"adminUser\": \"nobodyhere\"");
        assertThat(check(nobody)).as(program.printed()).isOne();

        assertThat(program.setUp(nobody)).isEqualTo(ExitStatus.FAILED);
        assertThat(program.printed()).contains("Commands cannot be run as nobodyhere on machine “practiceBare”.");
    }

    @Test
    void whoeverDidNotAskForItIsToldOfIt() throws Exception {
        String before = authorized();
        assertThat(program.setUp(setup(false, ""))).isEqualTo(ExitStatus.FAILED);
        assertThat(program.printed()).contains("does not accept the user azureuser", "\"addKey\": true in \"ssh\"");
        assertThat(authorized()).isEqualTo(before);
    }

    /** Adds to the file. */
    private void others(String line) {
        String text = files().text(AUTHORIZED).orElseThrow() + line;
        files().put(AUTHORIZED, text.getBytes(StandardCharsets.UTF_8), "azureuser", 0600);
    }

    private FileTree files() {
        return program.cloud().machine(machine.id()).state().files();
    }

    private List<String> inSshFolder() {
        return program.cloud().machine(machine.id()).inventory().stream()
                .filter(line -> line.contains(" /home/azureuser/.ssh"))
                .toList();
    }

    /** Owner, mode and text of the file. */
    private String authorized() {
        String begin = "file " + AUTHORIZED + " ";
        return program.cloud().machine(machine.id()).inventory().stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow()
                .substring(begin.length());
    }

    private void undo(String... more) {
        String[] arguments = new String[3 + more.length];
        System.arraycopy(new String[] {"--undo", "last", "--yes"}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        assertThat(program.run("", arguments)).as(program.printed()).isZero();
    }

    private int check(String setup) throws IOException {
        Path file = Files.writeString(folder.resolve("check.json"), setup);
        return program.run("", "--check", file.toString());
    }

    private String line() {
        return key.publicKeyLine().replaceFirst(" other$", "") + " keyless-pull\n";
    }

    private String setup(boolean addKey, String more) {
        return """
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
                 "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "aci-helloworld:v1",
                 "machines": [{"name": "practiceBare", "create": false, "sshKey": "%s", "ssh": {"addKey": %s}%s}],
                 "identity": {"kind": "system-assigned"}}
                """.formatted(folder.resolve("other").toString().replace("\\", "\\\\"), addKey, more);
    }
}
