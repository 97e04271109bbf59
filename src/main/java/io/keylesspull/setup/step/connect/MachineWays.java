package io.keylesspull.setup.step.connect;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.setup.step.connection.JumpHosts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.MachineConnection.NoAnswer;
import io.keylesspull.setup.step.connection.OfferedKeys;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.setup.step.connection.SshRules;
import io.keylesspull.setup.step.connection.SshWay;
import io.keylesspull.setup.step.connection.Way;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways to one machine that the request leaves open, in the order in which they are tried. */
final class MachineWays {

    /** For each connection on the way. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    private final SetupRequest request;
    private final Machine machine;
    private final Ssh ssh;
    private final JumpHosts jumpHosts;
    private final SshRules rules;
    private final RunCommandAccess runCommand;

    MachineWays(
            SetupRequest request,
            Machine machine,
            Ssh ssh,
            JumpHosts jumpHosts,
            SshRules rules,
            RunCommandAccess runCommand) {
        this.request = request;
        this.machine = machine;
        this.ssh = ssh;
        this.jumpHosts = jumpHosts;
        this.rules = rules;
        this.runCommand = runCommand;
    }

    /**
     * Those by SSH; at least one.
     *
     * @throws Failure if the machine has no such address, or the key of a jump host cannot be read
     */
    List<SshWay> overSsh(MachineInfo found, OfferedKeys offered, HostKeys hostKeys, Time time) throws Failure {
        List<String> addresses = addresses(found);
        SshRoute route = jumpHosts.route(time);
        return addresses.stream()
                .map(address -> new SshWay(
                        new SshTarget(
                                address,
                                ssh.port(),
                                machine.adminUser(),
                                offered.keys(),
                                new SshTarget.Trust.Keys(hostKeys.keys()),
                                CONNECT_TIMEOUT.multipliedBy(ssh.jumpHosts().size() + 1L)),
                        found.publicIp().filter(address::equals).isPresent(),
                        jumpHosts,
                        route))
                .toList();
    }

    /** The same, and Run Command if that is left to the program. */
    List<Way> all(MachineInfo found, List<SshWay> overSsh) {
        List<Way> all = new ArrayList<>(overSsh);
        if (isPrivate(found)) {
            all.add(runCommand.way(found));
        }
        return all;
    }

    boolean throughJumpHosts() {
        return !jumpHosts.isEmpty();
    }

    MachineConnection connection(List<? extends Way> ways, Time time) {
        return new MachineConnection(
                request.label(machine), ways, !request.access().dockerGroup(), time);
    }

    /** Explains why the machine does not answer, whose security rules may not count yet. */
    NoAnswer mayOpenYet(MachineInfo found, List<SshWay> overSsh) {
        return directAndPublic(overSsh)
                ? rules.of(found, ssh.port(), machine.create() ? machine.allowSshFrom() : Optional.empty())
                : NoAnswer.of(overSsh.get(0));
    }

    /** Explains why the machine does not answer, whose security rules are not being changed. */
    NoAnswer asOpenAsNow(MachineInfo found, List<SshWay> overSsh) {
        return directAndPublic(overSsh) ? rules.settled(found, ssh.port()) : NoAnswer.of(overSsh.get(0));
    }

    /** Security rules let callers in at the public address; behind a jump host they see the jump host. */
    private boolean directAndPublic(List<SshWay> overSsh) {
        return jumpHosts.isEmpty() && overSsh.get(0).isPublic();
    }

    /** Why no address can be tried; empty if one can, or if a start may bring one. */
    Optional<Problem> noAddress(MachineInfo found) {
        try {
            addresses(found);
            return Optional.empty();
        } catch (Failure none) {
            // A dynamic address is given out when the machine starts.
            return found.power() == PowerState.RUNNING ? Optional.of(none.problem()) : Optional.empty();
        }
    }

    /** Whether nothing but its network reaches it by SSH, and the request leaves the way open. */
    private boolean isPrivate(MachineInfo found) {
        return ssh.isOpen() && found.publicIp().isEmpty();
    }

    /** Those to try, in this order. */
    private List<String> addresses(MachineInfo found) throws Failure {
        if (ssh.address().isPresent()) {
            boolean wantsPublic = ssh.address().get() == Ssh.Address.PUBLIC;
            Optional<String> chosen = wantsPublic ? found.publicIp() : found.privateIp();
            return List.of(chosen.orElseThrow(() -> Failure.of(
                    wantsPublic ? "setup.noPublicAddress" : "setup.noPrivateAddress", "", request.label(machine))));
        }
        Stream<Optional<String>> known = jumpHosts.isEmpty()
                ? Stream.of(found.publicIp(), found.privateIp())
                : Stream.of(found.privateIp(), found.publicIp());
        List<String> addresses = known.flatMap(Optional::stream).toList();
        if (addresses.isEmpty()) {
            throw Failure.of("setup.noAddress", "", request.label(machine));
        }
        // The run has made both addresses of a new machine, and knows which one answers.
        return machine.create() ? addresses.subList(0, 1) : addresses;
    }
}
