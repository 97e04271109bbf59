package io.keylesspull.practice.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.state.AptLock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PracticeMachinesTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aCommandGivesItsOutputAndItsExitStatus() throws Exception {
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("whoami")).isEqualTo(new Ssh.Result(0, "azureuser\n", ""));
        assertThat(ssh.run("sudo whoami").out()).isEqualTo("root\n");
        assertThat(ssh.run("false").status()).isEqualTo(1);
        assertThat(ssh.run("foo bar")).isEqualTo(new Ssh.Result(127, "", "bash: line 1: foo: command not found\n"));
        assertThat(ssh.run("sudo foo")).isEqualTo(new Ssh.Result(1, "", "sudo: foo: command not found\n"));
        assertThat(ssh.run("cat /etc/os-release").out()).contains("VERSION_CODENAME=jammy", "ID=ubuntu");
        assertThat(ssh.run("lsb_release -cs").out()).isEqualTo("jammy\n");
        assertThat(ssh.run("dpkg --print-architecture").out()).isEqualTo("amd64\n");
        assertThat(ssh.run("df --output=avail -B1 /")
                        .out()
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow())
                .matches("\\d+");
        assertThat(ssh.run("cloud-init status --wait").out()).endsWith("status: done\n");
    }

    @Test
    void quotingIsThatOfAShell() throws Exception {
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("echo 'a  b' \"c  $USER\" d\\ \\ e 'it'\\''s'").out())
                .isEqualTo("a  b c  azureuser d  e it's\n");
        assertThat(ssh.run("NAME=x env | awk NAME || echo \"$?\"").out()).isEqualTo("127\n");
        assertThat(ssh.run("echo one; false && echo two; true && echo three || echo four")
                        .out())
                .isEqualTo("one\nthree\n");
        assertThat(ssh.run("echo out; echo err >&2; exit 7")).isEqualTo(new Ssh.Result(7, "out\n", "err\n"));
        assertThat(ssh.run("echo $(echo a b) ; sh -c 'echo inner' | cat").out()).isEqualTo("a b\ninner\n");
        assertThat(ssh.run("echo 'open").status()).isEqualTo(2);
        assertThat(ssh.run("echo ''").out()).isEqualTo("\n");
    }

    @Test
    void filesAreWrittenByThoseWhoMay() throws Exception {
        Ssh ssh = rig.ssh();
        Ssh.Result refused = ssh.run("tee /etc/apt/sources.list.d/x.list", "content");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("tee: /etc/apt/sources.list.d/x.list: Permission denied\n");
        assertThat(ssh.run("sudo tee /etc/apt/sources.list.d/x.list", "コンテナー\n").status())
                .isZero();
        assertThat(ssh.run("cat /etc/apt/sources.list.d/x.list").out()).isEqualTo("コンテナー\n");
        assertThat(ssh.run("test -e /etc/nothing").status()).isEqualTo(1);
        assertThat(ssh.run("echo hello > note && cat ~/note").out()).isEqualTo("hello\n");
        rig.machine().fillDisk();
        assertThat(ssh.run("sudo tee /tmp/y", "z").err()).contains("No space left on device");
    }

    @Test
    void onlyTheAdminWithAnAuthorizedKeyGetsIn() throws Exception {
        KeyPair stranger = KeyPair.genKeyPair(new JSch(), KeyPair.RSA, 2048);
        assertThatThrownBy(() -> rig.ssh("azureuser", stranger)).isInstanceOf(JSchException.class);
        Rig other = new Rig();
        try (other) {
            assertThat(other.ssh().run("true").status()).isZero();
            assertThatThrownBy(() -> rig.ssh("root", stranger)).isInstanceOf(JSchException.class);
        }
    }

    @Test
    void theAgentRunsAScriptWithItsEnvironmentAndArguments() throws Exception {
        assertThat(script("echo \"$WORD $1 $(whoami)\"; exit 5", Map.of("WORD", "value"), Optional.empty()))
                .isEqualTo(new Hypervisor.CommandOutput(5, "value first root\n", ""));
        assertThat(script("whoami", Map.of(), Optional.of("azureuser")).stdout())
                .isEqualTo("azureuser\n");
        assertThat(script("whoami", Map.of(), Optional.of("nobodyHere")).exitStatus())
                .isEqualTo(-102);
    }

    @Test
    void theAgentHasNoHomeAndLetsAShellReadTheArguments() throws Exception {
        Hypervisor.Script script = new Hypervisor.Script(
                "#!/bin/sh\nprintf '%s|' \"home $HOME\" \"user $USER\" \"$1\" \"$2\" \"$#\"; no-such-program",
                Map.of(), List.of("'two words'", "one more"), Optional.empty(), Optional.empty());

        Hypervisor.CommandOutput output = rig.machines.runScript(Rig.VM, script);

        assertThat(output.stdout()).isEqualTo("home |user |two words|one|3|");
        assertThat(output.stderr()).startsWith("/var/lib/waagent/").contains("script.sh: ", "no-such-program");
    }

    @Test
    void octalNumbersArePrintedAsBytes() throws Exception {
        assertThat(script("printf 'a\\303\\251\\101%s\\377' é | base64 -w 0", Map.of(), Optional.empty())
                        .stdout())
                .isEqualTo("YcOpQcOp/w==");
    }

    @Test
    void theAgentKillsAScriptAtTheEndOfItsTime() throws Exception {
        assertThat(rig.machines.runScript(
                        Rig.VM,
                        new Hypervisor.Script(
                                "echo begun; sleep 30",
                                Map.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.of(Duration.ofMillis(50)))))
                .isEqualTo(new Hypervisor.CommandOutput(-1, "begun\n", ""));
    }

    @Test
    void aScriptOfRootsRunsCommandsAsAnotherUserWithFreshGroups() throws Exception {
        assertThat(script(
                        "runuser -s /bin/sh azureuser -c \"cd; $LINE\"",
                        Map.of("LINE", "whoami; exit 7"),
                        Optional.empty()))
                .isEqualTo(new Hypervisor.CommandOutput(7, "azureuser\n", ""));
        assertThat(rig.ssh().run("runuser -s /bin/sh root -c id").status()).isEqualTo(1);
    }

    @Test
    void bytesAreCountedCutPackedAndEncoded() throws Exception {
        assertThat(script("printf abcdef | gzip -c | base64 -w 0 | base64 -d | gzip -d", Map.of(), Optional.empty())
                        .stdout())
                .isEqualTo("abcdef");
        assertThat(script(
                                "printf abcdef > /run/a; tail -c +3 /run/a | head -c 2; wc -c < /run/a",
                                Map.of(),
                                Optional.empty())
                        .stdout())
                .isEqualTo("cd6\n");
    }

    private Hypervisor.CommandOutput script(String text, Map<String, String> environment, Optional<String> user)
            throws InterruptedException {
        return rig.machines.runScript(
                Rig.VM, new Hypervisor.Script(text, environment, List.of("first"), user, Optional.empty()));
    }

    @Test
    void runCommandReadsTheHostKeysThatTheServerShows() throws Exception {
        Hypervisor.CommandOutput keys = rig.machines.runCommand(
                Rig.VM, List.of("cat /etc/ssh/ssh_host_*_key.pub", "id -un; echo \"status=$?\"; echo e >&2"));
        assertThat(keys.exitStatus()).isZero();
        assertThat(keys.stderr()).isEqualTo("e\n");
        assertThat(keys.stdout()).contains("ssh-ed25519 ", "ssh-rsa ", "ecdsa-sha2-nistp256 ", "root\nstatus=0\n");
        assertThat(keys.stdout()).contains(rig.ssh().session().getHostKey().getKey());
        rig.machine().replaceHostKeys();
        assertThat(keys.stdout())
                .doesNotContain(rig.ssh().session().getHostKey().getKey());
    }

    @Test
    void sshKeygenShowsTheFingerprintsOfKeys() throws Exception {
        rig.machine()
                .putFile(
                        "/tmp/ed25519.pub",
                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJUY2YMMv46XaQ1IX4LkSv5vbM4ohDo"
                                + "a6vKDpsePWEzt root@vm\n");
        rig.machine()
                .putFile(
                        "/tmp/ecdsa.pub",
                        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYA"
                                + "AABBBAq/FbDWH9iHtkNJ0YMjVlUv+PMUiAZS9vNXqp+OhaU2i+9slpGVEGZcqzRsY1xAN/"
                                + "TtcQL4yAyAQgxgIEkZvrg= \n");
        rig.machine()
                .putFile(
                        "/tmp/rsa.pub",
                        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDKZxe4aysE9TKWtLElaQdFtus8VH0mCAYL"
                                + "cQZLwWAP7FI0OGTvuOKT73SYlowRqOHxdBUtWBVmflGn3KADPTmGlB/5UWJ6YV2xFxeBim/"
                                + "roF0v01FccTP9jlWqFmm+eZViVMTB"
                                + "MmsAjIYzuyaiEEZ1yBuih9Uj5hL/dLkx19WdRw== two words\n");
        rig.machine().putFile("/tmp/none", "hello\n");
        Ssh ssh = rig.ssh();

        assertThat(ssh.run("for key in /tmp/*.pub; do ssh-keygen -l -f \"$key\"; done")
                        .out())
                .as("as OpenSSH 10.6 prints it")
                .isEqualTo("""
                        256 SHA256:T7Iq1ynC6YDnjtQQ0K4yhEVSIEZFcIyo2t8pUKHP0n8 no comment (ECDSA)
                        256 SHA256:0zLFy8220d80Jb2j7Un7RWUO/6rkDuP35oD/xj7LBdU root@vm (ED25519)
                        1024 SHA256:8rv6GnH2YFg66dgiTxdCBFeUTwGq1x+dcrBBg0t2ypc two words (RSA)
                        """);
        assertThat(ssh.run("cat /tmp/*.pub | ssh-keygen -l -f -").out())
                .as("as OpenSSH 10.6 prints it")
                .isEqualTo("""
                        256 SHA256:T7Iq1ynC6YDnjtQQ0K4yhEVSIEZFcIyo2t8pUKHP0n8 no comment (ECDSA)
                        256 SHA256:0zLFy8220d80Jb2j7Un7RWUO/6rkDuP35oD/xj7LBdU root@vm (ED25519)
                        1024 SHA256:8rv6GnH2YFg66dgiTxdCBFeUTwGq1x+dcrBBg0t2ypc two words (RSA)
                        """);
        assertThat(ssh.run("ssh-keygen -lf /tmp/none"))
                .isEqualTo(new Ssh.Result(255, "", "/tmp/none is not a public key file.\n"));
        assertThat(ssh.run("ssh-keygen -lf /tmp/nowhere"))
                .isEqualTo(new Ssh.Result(255, "", "ssh-keygen: /tmp/nowhere: No such file or directory\n"));
    }

    @Test
    void aStoppedMachineIsRefusedAndRemembersWhenItIsBack() throws Exception {
        assertThat(rig.ssh().run("sudo apt-get install -y docker.io").status()).isZero();
        rig.machines.stop(Rig.VM);
        assertThat(rig.machines.sshServer(Rig.ADDRESS, 22)).isEmpty();
        assertThatThrownBy(() -> rig.machines.runCommand(Rig.VM, List.of("true")))
                .isInstanceOf(IllegalStateException.class);
        rig.machines.start(Rig.VM.toUpperCase(Locale.ROOT), Instant.now().plusSeconds(60));
        assertThat(rig.machines.sshServer(Rig.ADDRESS, 22)).isEmpty();
        rig.machines.stop(Rig.VM);
        rig.machines.start(Rig.VM, Instant.now());
        assertThat(rig.machines.sshServer(Rig.ADDRESS, 2222)).isEmpty();
        assertThat(rig.ssh().run("systemctl is-active docker").out()).isEqualTo("active\n");
    }

    @Test
    void aLargeOutputArrivesWhole() throws Exception {
        String expected = LongStream.rangeClosed(1, 200_000)
                .mapToObj(i -> i + "\n")
                .collect(java.util.stream.Collectors.joining());
        assertThat(rig.ssh().run("seq 1 200000").out()).isEqualTo(expected);
    }

    @Test
    void aDroppedConnectionEndsTheCommand() throws Exception {
        Ssh ssh = rig.ssh();
        rig.faults.command("myDockerVM", "", Occasions.first(1), CommandFault.resetAtOutput(""));
        assertThat(ssh.run("echo hello").status()).isEqualTo(-1);
        assertThat(rig.ssh().run("echo hello").out()).isEqualTo("hello\n");
    }

    @Test
    void aClientThatLeavesEndsItsCommand() throws Exception {
        rig.machine().holdAptLock(AptLock.File.FRONTEND, java.time.Duration.ofHours(1));
        Ssh ssh = rig.ssh();
        ChannelExec channel = (ChannelExec) ssh.session().openChannel("exec");
        channel.setCommand("sudo apt-get -o DPkg::Lock::Timeout=3600 install -y jq");
        var out = channel.getInputStream();
        channel.connect(10_000);
        assertThat(out.read()).isEqualTo('W');
        channel.disconnect();
        await().until(() -> !commandThreadsAtWork());
    }

    private static boolean commandThreadsAtWork() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().equals("practice-machine-command"))
                .anyMatch(e -> List.of(e.getValue()).toString().contains("ExecCommand"));
    }

    @Test
    void aShellIsRefusedInWords() throws Exception {
        var channel = rig.ssh().session().openChannel("shell");
        var err = channel.getExtInputStream();
        channel.connect(10_000);
        assertThat(new String(err.readAllBytes(), StandardCharsets.UTF_8)).contains("single commands");
        channel.disconnect();
    }

    @Test
    void debianSaysItIsDebian() throws Exception {
        try (Rig debian = new Rig(Pace.INSTANT, "debian-12", Set.of())) {
            assertThat(debian.ssh().run("cat /etc/os-release").out()).contains("VERSION_CODENAME=bookworm");
            assertThat(debian.ssh().run("lsb_release -cs").status()).isEqualTo(127);
        }
    }
}
