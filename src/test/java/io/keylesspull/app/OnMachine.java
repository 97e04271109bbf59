package io.keylesspull.app;

import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.HostKey;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the administrator of a practice machine types there, each command in a session of its own. */
final class OnMachine {

    private static final String USER = "azureuser";

    private final PracticeCloud cloud;
    private final String machine;

    /** @param machine the name of one of the cloud's own machines */
    OnMachine(PracticeCloud cloud, String machine) {
        this.cloud = cloud;
        this.machine = machine;
    }

    CommandResult types(String... argv) throws Exception {
        return runs(Command.of(argv));
    }

    CommandResult runs(Command command) throws Exception {
        SshTarget target = new SshTarget(
                address(),
                22,
                USER,
                SshKey.parse(cloud.practicePrivateKey(), "practice"),
                hostKeys(),
                Duration.ofSeconds(10));
        try (RemoteShell shell = RemoteShell.connect(target, this::connect, Time.system())) {
            return shell.run(command, OutputListener.none());
        }
    }

    /** What stands in a file; empty where there is none. Owner and mode come first. */
    Optional<String> file(String path) throws Exception {
        Optional<String> there = cloud.machine(id()).inventory().stream()
                .filter(line -> line.startsWith("file " + path + " "))
                .findFirst();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        String[] ownerAndMode =
                there.get().substring(("file " + path + " ").length()).split(" ", 3);
        return Optional.of(ownerAndMode[0] + " " + ownerAndMode[1] + " "
                + runs(Command.of("cat", path).asRoot().asConfidential()).stdout());
    }

    void reboot() {
        cloud.machine(id()).reboot();
    }

    String id() {
        return ids("/virtualMachines/" + machine);
    }

    private String ids(String end) {
        return cloud.resourceIds().filter(id -> id.endsWith(end)).findFirst().orElseThrow();
    }

    private String address() {
        return cloud.resource(ids("/publicIPAddresses/" + machine + "PublicIP"))
                .orElseThrow()
                .at("/properties/ipAddress")
                .asText();
    }

    private List<HostKey> hostKeys() {
        return cloud.machine(id()).inventory().stream()
                .filter(line -> line.matches("(?s)file /etc/ssh/\\S+\\.pub .*"))
                .map(line -> HostKey.parse(line.split(" ", 5)[4].strip()))
                .toList();
    }

    private Socket connect(String host, int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        socket.connect(cloud.sshServer(host, port).orElseThrow(() -> new UnknownHostException(host)), (int)
                timeout.toMillis());
        return socket;
    }
}
