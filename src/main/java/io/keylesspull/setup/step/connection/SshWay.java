package io.keylesspull.setup.step.connection;

import io.keylesspull.remote.Command;
import io.keylesspull.remote.RemoteShell;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Over SSH.
 *
 * @param isPublic whether the target's host is the machine's public address
 * @param jumpHosts those on the way
 * @param route through all of them
 */
public record SshWay(SshTarget target, boolean isPublic, JumpHosts jumpHosts, SshRoute route) implements Way {

    /** Whether jump hosts are on the way. */
    boolean isBehind() {
        return !jumpHosts.isEmpty();
    }

    @Override
    public String user() {
        return target.user();
    }

    @Override
    public MachineShell open(Time time) throws SshException, InterruptedException {
        RemoteShell connected = RemoteShell.connect(target, route, time);
        boolean usable = false;
        try {
            connected.skipStartOutput();
            usable = true;
        } finally {
            if (!usable) {
                connected.close();
            }
        }
        return new SshShell(connected);
    }

    @Override
    public Command sessionCommand(Optional<String> keyFile, String knownHosts) {
        List<String> argv = new ArrayList<>(List.of("ssh"));
        keyFile.ifPresent(file -> argv.addAll(List.of("-i", file)));
        argv.addAll(List.of("-o", "UserKnownHostsFile=" + JumpHosts.quoted(knownHosts)));
        jumpHosts
                .alias(target.host(), target.port())
                .ifPresent(name -> argv.addAll(List.of("-o", "HostKeyAlias=" + name)));
        argv.addAll(JumpHosts.port(target.port()));
        argv.addAll(jumpHosts.sshOptions(Optional.of(knownHosts)));
        argv.add(target.user() + "@" + target.host());
        return Command.of(argv.toArray(String[]::new));
    }

    @Override
    public Text shown() {
        String address = isPublic ? "public" : "private";
        return jumpHosts.isEmpty()
                ? Text.of("setup.way." + address, toString())
                : Text.of("setup.way." + address + ".through", toString(), jumpHosts.shown());
    }

    @Override
    public String toString() {
        return target.user() + "@" + target.host()
                + (target.port() == SetupRequest.Ssh.DEFAULT_PORT ? "" : ":" + target.port());
    }
}
