package io.keylesspull.practice.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.ChannelExec;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.CommandFault;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommandFaultTest {

    private static final String MACHINE = "myDockerVM";

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void onlyTheCommandThatIsMeantGoesWrong() throws Exception {
        Fault fault = rig.faults.command(MACHINE, "^echo [ab]$", Occasions.first(1), CommandFault.ends(7, "no"));
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("echo c").out()).isEqualTo("c\n");
        assertThat(ssh.run("echo a")).isEqualTo(new Ssh.Result(7, "", "no\n"));
        assertThat(ssh.run("echo b").out()).isEqualTo("b\n");
        assertThat(fault.fired()).isEqualTo(1);
        assertThat(fault.matched()).isEqualTo(2);
    }

    @Test
    void aCommandDoesItsWorkAndSaysItDidNot() throws Exception {
        rig.faults.command(MACHINE, "note", Occasions.first(1), CommandFault.runsAndEnds(1, "it failed"));
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("echo done > note; echo said")).isEqualTo(new Ssh.Result(1, "said\n", "it failed\n"));
        assertThat(ssh.run("cat note").out()).isEqualTo("done\n");
    }

    @Test
    void aCommandRunsUntilItIsReleased() throws Exception {
        Fault fault = rig.faults.command(MACHINE, "whoami", Occasions.first(1), CommandFault.neverEnds());
        Ssh ssh = rig.ssh();
        ChannelExec channel = (ChannelExec) ssh.session().openChannel("exec");
        channel.setCommand("whoami");
        InputStream out = channel.getInputStream();
        channel.connect(10_000);
        await().until(() -> fault.fired() == 1);
        assertThat(channel.isClosed()).isFalse();
        assertThat(out.available()).isZero();
        channel.sendSignal("TERM");
        assertThat(out.readAllBytes()).isEmpty();
        await().until(channel::isClosed);
        assertThat(channel.getExitStatus()).isEqualTo(143);
        assertThat(ssh.run("whoami").out()).isEqualTo("azureuser\n");
    }

    @Test
    void bytesOfAnyKindComeBeforeAndAfterWhatACommandSays() throws Exception {
        byte[] before = "\u001B[2J\u001B]0;title\u0007\u202Egnp.exe\u0000".getBytes(StandardCharsets.UTF_8);
        byte[] after = {(byte) 0xff, (byte) 0xc3, 0x28, '\r', '\n'};
        rig.faults.command(MACHINE, "echo", Occasions.first(1), CommandFault.surrounded(before, after, false));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(before);
        expected.write("hello\n".getBytes(StandardCharsets.UTF_8));
        expected.write(after);
        assertThat(bytes("echo hello")).isEqualTo(expected.toByteArray());

        rig.faults.command(
                MACHINE,
                "echo",
                Occasions.first(1),
                CommandFault.surrounded("a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8), new byte[0], true));
        Ssh.Result result = rig.ssh().run("echo hello");
        assertThat(result.out()).isEqualTo("hello\n");
        assertThat(result.err()).hasSize(1_000_000);
    }

    @Test
    void aFloodHasTheGivenLengthAndThenTheCommandPrints() throws Exception {
        long flood = 40_000_003;
        rig.faults.command(MACHINE, "echo", Occasions.first(1), CommandFault.flood(flood, false));
        ChannelExec channel = (ChannelExec) rig.ssh().session().openChannel("exec");
        channel.setCommand("echo hello");
        InputStream out = channel.getInputStream();
        channel.connect(10_000);
        long count = 0;
        byte[] buffer = new byte[65_536];
        String last = "";
        for (int read = out.read(buffer); read >= 0; read = out.read(buffer)) {
            count += read;
            last = new String(buffer, Math.max(0, read - 6), Math.min(6, read), StandardCharsets.US_ASCII);
        }
        assertThat(count).isEqualTo(flood + 6);
        assertThat(last).endsWith("\n");
    }

    @Test
    void aClientThatLeavesEndsAFlood() throws Exception {
        rig.faults.command(MACHINE, "echo", Occasions.first(1), CommandFault.flood(1L << 40, true));
        Ssh ssh = rig.ssh();
        ChannelExec channel = (ChannelExec) ssh.session().openChannel("exec");
        channel.setCommand("echo hello");
        InputStream err = channel.getErrStream();
        channel.connect(10_000);
        assertThat(err.read()).isEqualTo('x');
        ssh.session().disconnect();
        await().until(() -> !isAtWork());
    }

    @Test
    void aConnectionIsResetBeforeACommandOrAfterIt() throws Exception {
        rig.faults.command(MACHINE, "one", Occasions.first(1), CommandFault.resetBefore());
        rig.faults.command(MACHINE, "two", Occasions.first(1), CommandFault.resetAtEnd());
        Ssh first = rig.ssh();
        assertThat(first.run("echo one > one").status()).isEqualTo(-1);
        await().until(() -> !first.session().isConnected());
        assertThat(rig.ssh().run("cat one").status()).isEqualTo(1);
        assertThat(rig.ssh().run("echo two > two").status()).isEqualTo(-1);
        assertThat(rig.ssh().run("cat two").out()).isEqualTo("two\n");
    }

    @Test
    void aConnectionIsResetAtAnOutputAlsoWhereItComesInPieces() throws Exception {
        rig.faults.command(MACHINE, "printf", Occasions.first(1), CommandFault.resetAtOutput("b\nc"));
        Ssh.Result result = rig.ssh().run("printf 'a\\nb\\n'; printf 'c\\n'; echo never > never");
        assertThat(result.status()).isEqualTo(-1);
        assertThat(rig.ssh().run("cat never").status()).isEqualTo(1);
    }

    @Test
    void aHalfOpenConnectionSaysNothingWhileTheCommandGoesOn() throws Exception {
        rig.faults.command(MACHINE, "note", Occasions.first(1), CommandFault.halfOpen());
        Ssh ssh = rig.ssh();
        ChannelExec channel = (ChannelExec) ssh.session().openChannel("exec");
        channel.setCommand("echo done > note; echo said");
        InputStream out = channel.getInputStream();
        channel.connect(10_000);
        Ssh other = rig.ssh();
        await().until(() -> other.run("test -e note").status() == 0);
        assertThat(other.run("cat note").out()).isEqualTo("done\n");
        assertThat(out.available()).isZero();
        assertThat(channel.isClosed()).isFalse();
        assertThat(ssh.session().isConnected()).isTrue();
    }

    @Test
    void somethingElseCanHappenJustBeforeACommand() throws Exception {
        List<String> happened = new CopyOnWriteArrayList<>();
        rig.faults.beforeCommand(MACHINE, "tee", Occasions.only(2), () -> {
            happened.add("full");
            rig.machine().fillDisk();
        });
        Ssh ssh = rig.ssh();
        assertThat(ssh.run("tee a", "x").status()).isZero();
        assertThat(ssh.run("tee b", "x").err()).contains("No space left on device");
        assertThat(ssh.run("echo x > c").err()).contains("No space left on device");
        rig.machine().freeDisk();
        assertThat(ssh.run("tee d", "x").status()).isZero();
        assertThat(happened).hasSize(1);
    }

    private byte[] bytes(String command) throws Exception {
        ChannelExec channel = (ChannelExec) rig.ssh().session().openChannel("exec");
        channel.setCommand(command);
        InputStream out = channel.getInputStream();
        channel.connect(10_000);
        return out.readAllBytes();
    }

    private static boolean isAtWork() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().equals("practice-machine-command"))
                .anyMatch(e -> List.of(e.getValue()).toString().contains("CommandFault"));
    }
}
