package io.keylesspull.practice.machine.service;

import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.UnixAccount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What cloud-init does at a machine's first start: writes files, then runs commands, as one script; the packages are
 * there from the beginning. Source: canonical/cloud-init, {@code doc/module-docs}.
 */
public final class CloudInit {

    private static final long STACK = 512 * 1024;
    private static final String LOG = "/var/log/cloud-init-output.log";
    private static final String SCRIPT = "/var/lib/cloud/instance/scripts/runcmd";

    private final MachineState machine;
    private final Shell shell;

    public CloudInit(MachineState machine, Shell shell) {
        this.machine = machine;
        this.shell = shell;
    }

    /** Begins it, if the machine was given anything to do. */
    public void start() {
        String text = machine.spec().customData();
        if (!text.startsWith("#cloud-config")) {
            return;
        }
        CloudConfig config;
        try {
            config = CloudConfig.read(text);
        } catch (IllegalArgumentException unreadable) {
            machine.failCloudInit("Failed loading yaml blob. " + unreadable.getMessage());
            return;
        }
        if (!config.packages().isEmpty()) {
            config.packages().forEach(machine::installed);
            machine.packages().updated();
        }
        if (config.files().isEmpty() && config.commands().isEmpty()) {
            return;
        }
        Thread thread = new Thread(null, () -> run(config), "practice-cloud-init", STACK);
        thread.setDaemon(true);
        machine.cloudInitBegins(thread);
        thread.start();
    }

    private void run(CloudConfig config) {
        try {
            var time = machine.world().time();
            time.sleep(Duration.between(time.now(), machine.cloudInitDoneAt()));
            config.files().forEach(this::write);
            int status = config.commands().isEmpty() ? 0 : commands(config.commands());
            if (status != 0) {
                machine.failCloudInit(
                        "('scripts_user', RuntimeError('Runparts: 1 failures (runcmd) in 1 attempted " + "commands'))");
            }
        } catch (IOException | InterruptedException stopped) {
            machine.failCloudInit("('scripts_user', RuntimeError('" + stopped.getMessage() + "'))");
        } finally {
            machine.cloudInitEnds();
        }
    }

    private void write(CloudConfig.File file) {
        String parent = FileTree.parent(file.path());
        for (int end = parent.indexOf('/', 1); end >= 0; end = parent.indexOf('/', end + 1)) {
            makeDirectory(parent.substring(0, end));
        }
        makeDirectory(parent);
        String owner = file.owner().split(":", 2)[0];
        byte[] before = file.append()
                ? machine.files().node(file.path()).map(FileTree.Node::content).orElse(new byte[0])
                : new byte[0];
        byte[] added = file.content().getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[before.length + added.length];
        System.arraycopy(before, 0, whole, 0, before.length);
        System.arraycopy(added, 0, whole, before.length, added.length);
        machine.files().put(file.path(), whole, owner, file.mode());
    }

    private void makeDirectory(String path) {
        if (!path.isEmpty() && machine.files().node(path).isEmpty()) {
            machine.files().makeDirectory(path, "root", 0755);
        }
    }

    private int commands(List<String> lines) throws IOException, InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        TextOutput both = new TextOutput(output);
        int status = shell.script(
                String.join("\n", lines) + "\n",
                new ProgramCall(
                        machine,
                        shell,
                        UnixAccount.ROOT,
                        Map.of(),
                        SCRIPT,
                        List.of(),
                        new ByteArrayInputStream(new byte[0]),
                        both,
                        both));
        machine.files().put(LOG, output.toByteArray(), "root", 0640);
        return status;
    }
}
