package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.ssh.MachineFaults;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.remote.SshKey;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program itself, in a process of its own and not in practice mode, sets up an existing machine for which no key is
 * named, with what is in the user's home.
 */
@Timeout(300)
class UsualKeysTest {

    @TempDir
    private Path folder;

    private final Faults faults = new Faults();
    private PracticeCloud cloud;
    private PracticeServer server;
    private RealProgram program;
    private String authority;

    @BeforeEach
    void open() throws IOException {
        cloud = faults.start(Pace.INSTANT, Time.system(), new Random());
        server = cloud.serve(0, new SecureRandom());
        authority = Files.writeString(folder.resolve("ca.pem"), server.certificate())
                .toString();
        program = RealProgram.signedIn(folder, server.proxy().toString(), cloud.tenantId());
    }

    @AfterEach
    void close() {
        server.close();
        cloud.close();
    }

    @Test
    void theSecondOfTwoKeysOpensTheMachineInTheRunAndInItsUndo() throws Exception {
        SshKey.generate("of another machine").save(ssh("id_ed25519"));
        SshKey fits = SshKey.parse(cloud.practicePrivateKey(), "practice");
        fits.save(ssh("id_rsa"));

        RealProgram.Ended planned = run("--plan");
        assertThat(planned.status()).as(planned.printed()).isZero();
        assertThat(planned.out())
                .contains("azureuser@\"$address\" 'cloud-init status")
                .doesNotContain("ssh -n -i", "PRIVATE KEY");

        RealProgram.Ended set = run("--run");
        assertThat(set.status()).as(set.printed()).isZero();
        assertThat(set.out())
                .contains("2 keys to try, as by ssh: ", fits.toString(), "ssh -o UserKnownHostsFile=")
                .doesNotContain("ssh -i");

        RealProgram.Ended undone = program("--undo", "last", "--yes", "--restore-machines");
        assertThat(undone.status()).as(undone.printed()).isZero();
        assertThat(undone.out()).contains("2 keys to try");
    }

    @Test
    void theFirstIsAddedIfThatIsAskedForAndOpensTheMachineWhenTheRunIsResumedAndUndone() throws Exception {
        SshKey one = SshKey.generate("one");
        one.save(ssh("id_ed25519"));
        List<String> before = keysOnTheMachine();
        Fault fails = faults.machines()
                .command(
                        MachineFaults.ANY,
                        "docker pull",
                        Occasions.always(),
                        CommandFault.ends(1, "Error response from daemon: no space left on device"));
        RealProgram.Ended failed = program("--run", setup(", \"ssh\": {\"addKey\": true}"));
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.out()).contains("with the key that was added for it");
        fails.remove();

        RealProgram.Ended resumed = program("--resume", "last");
        assertThat(resumed.status()).as(resumed.printed()).isZero();
        assertThat(resumed.out()).contains(one.toString()).doesNotContain("that was added for it");

        RealProgram.Ended undone = program("--undo", "last", "--yes", "--restore-machines");
        assertThat(undone.status()).as(undone.printed()).isZero();
        assertThat(keysOnTheMachine()).isEqualTo(before);
    }

    @Test
    void whereNoneFitsTheCheckNamesEachThatWasTried() throws Exception {
        SshKey one = SshKey.generate("one");
        one.save(ssh("id_ed25519"));
        SshKey other = SshKey.generate("other");
        other.save(ssh("id_ecdsa"));

        RealProgram.Ended checked = run("--check");

        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.printed())
                .contains("with any of these keys: " + one + ", " + other, "Another key can be named in sshKey");
    }

    @Test
    void whereThereIsNoneTheCheckOfAMachineThatIsToBeReachedBySshSaysWhatToDo() throws Exception {
        RealProgram.Ended checked = program("--check", setup(", \"ssh\": {\"address\": \"public\"}"));

        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.printed()).contains("There is no SSH key here to sign in with.", "ssh-add");
    }

    @Test
    void whereThereIsNoneAndTheWayIsOpenRunCommandIsTheWay() throws Exception {
        aWayWithoutKeys(setup(""));
    }

    @Test
    void whereThereIsNoneAMachineThatSshDoesNotReachIsSetUp() throws Exception {
        aWayWithoutKeys(Files.writeString(
                        folder.resolve("agent-only.json"),
                        Files.readString(Path.of(setup(""))).replace("practiceBare", "practiceAgentOnly"))
                .toString());
    }

    private void aWayWithoutKeys(String setup) throws Exception {
        RealProgram.Ended checked = program("--check", setup);
        assertThat(checked.status()).as(checked.printed()).isZero();
        assertThat(checked.printed())
                .contains("so Run Command is used", "\"runCommand\": true", "ssh-add PRIVATE_KEY")
                .doesNotContain("was not tried");

        RealProgram.Ended planned = program("--plan", setup);
        assertThat(planned.status()).as(planned.printed()).isZero();
        assertThat(planned.out()).contains("run_command practiceMachines").doesNotContain("ssh -n");

        RealProgram.Ended set = program("--run", setup);
        assertThat(set.status()).as(set.printed()).isZero();
        assertThat(set.out()).contains("by Run Command").doesNotContain("connecting to");

        RealProgram.Ended undone = program("--undo", "last", "--yes", "--restore-machines");
        assertThat(undone.status()).as(undone.printed()).isZero();
    }

    private Path ssh(String name) {
        return program.home().resolve(".ssh").resolve(name);
    }

    private List<String> keysOnTheMachine() {
        String id = cloud.resourceIds()
                .filter(one -> one.endsWith("/virtualMachines/practiceBare"))
                .findFirst()
                .orElseThrow();
        return cloud.machine(id).inventory().stream()
                .filter(line -> line.contains("/.ssh"))
                .toList();
    }

    private RealProgram.Ended run(String what) throws Exception {
        return program(what, setup(""));
    }

    private RealProgram.Ended program(String... what) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(what));
        arguments.addAll(
                List.of("--ca-file", authority, "--ssh-proxy", server.proxy().toString()));
        return program.run(arguments.toArray(String[]::new));
    }

    /** @param more keys of the machine */
    private String setup(String more) throws IOException {
        return Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "signIn": {"method": "environment"}, "subscription": "%s", "location": "japaneast",
                 "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "practiceBare", "create": false, "resourceGroup": "practiceMachines"%s}],
                 "identity": {"kind": "user-assigned", "name": "myACRId"}}
                """.formatted(cloud.subscriptionId(), more))
                .toString();
    }
}
