package io.keylesspull.setup.session;

import io.keylesspull.remote.SshTarget;
import io.keylesspull.remote.jump.UserKnownHosts;
import io.keylesspull.setup.request.KeyPath;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.JumpHost;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Network;
import io.keylesspull.setup.request.SetupRequest.PublicAddress;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.request.SetupRequest.Way;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Fills in what a request leaves open, so that it means the same when it is resumed later or elsewhere.
 *
 * @param home the user's home
 * @param knownHosts where the host keys of jump hosts are that the request does not name
 */
record Completion(Optional<Path> practiceKey, Optional<String> callerAddress, Path home, Path knownHosts) {

    SetupRequest of(SetupRequest request) {
        return request.withMachines(request.withBatches().machines().stream()
                        .map(this::machine)
                        .toList())
                .withScaleSet(request.scaleSet().map(set -> set.withSshKey(given(set.sshKey()))));
    }

    private Optional<Path> path(Optional<String> key) {
        return key.map(written -> KeyPath.absolute(written, home)).filter(path -> !isOfEarlierPractice(path));
    }

    private Optional<String> given(Optional<String> key) {
        return path(key).map(Path::toString);
    }

    private Machine machine(Machine machine) {
        Optional<Path> given = path(machine.sshKey());
        Optional<String> key = (machine.create() ? given : given.or(() -> practiceKey)).map(Path::toString);
        return machine.withSshKey(key).withNetwork(network(machine)).withWay(way(machine.way(), key));
    }

    private Network network(Machine machine) {
        return machine.needsOpenSsh() && machine.network() instanceof PublicAddress open
                ? new PublicAddress(open.allowSshFrom().or(() -> callerAddress))
                : machine.network();
    }

    private Way way(Way way, Optional<String> machineKey) {
        return way instanceof Ssh ssh ? ssh(ssh, machineKey) : way;
    }

    private Ssh ssh(Ssh ssh, Optional<String> machineKey) {
        return new Ssh(
                ssh.address(),
                ssh.port(),
                ssh.jumpHosts().stream().map(host -> jumpHost(host, machineKey)).toList(),
                ssh.addKey());
    }

    private JumpHost jumpHost(JumpHost host, Optional<String> machineKey) {
        return new JumpHost(
                host.host(),
                host.port(),
                host.user(),
                given(host.key()).or(() -> machineKey).or(() -> practiceKey.map(Path::toString)),
                host.hostKey().or(() -> knownKey(host)));
    }

    /** The first, since ssh, too, asks a host for the type that it has read first. */
    private Optional<String> knownKey(JumpHost host) {
        return new UserKnownHosts(knownHosts)
                .keys(host.host(), host.port()).stream()
                        .map(key -> key.type() + " " + key.base64())
                        .filter(Completion::isUsable)
                        .findFirst();
    }

    private static boolean isUsable(String hostKey) {
        try {
            SshTarget.Trust.parse(hostKey);
            return true;
        } catch (IllegalArgumentException outdated) {
            return false;
        }
    }

    /** The key of a practice cloud that has ended is of no use. */
    private boolean isOfEarlierPractice(Path key) {
        return practiceKey
                .filter(current -> Objects.equals(current.toAbsolutePath().getParent(), key.getParent()))
                .isPresent();
    }
}
