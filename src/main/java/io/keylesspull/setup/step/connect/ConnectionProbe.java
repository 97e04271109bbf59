package io.keylesspull.setup.step.connect;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.SshException;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.OfferedKeys;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.setup.step.connection.RunCommandWay;
import io.keylesspull.setup.step.connection.SshWay;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connects to a machine as the run does, signs out again, and changes nothing there. */
final class ConnectionProbe {

    private final SetupRequest request;
    private final Machine machine;
    private final MachineWays ways;
    private final RunCommandAccess runCommand;
    private final Ssh ssh;
    private final String label;
    private final Text what;

    ConnectionProbe(SetupRequest request, Machine machine, Ssh ssh, MachineWays ways, RunCommandAccess runCommand) {
        this.request = request;
        this.machine = machine;
        this.ssh = ssh;
        this.ways = ways;
        this.runCommand = runCommand;
        this.label = request.label(machine);
        this.what = Text.of("setup.probe.ssh", label);
    }

    /** @param found the machine; empty if it does not exist */
    List<Check> of(Optional<MachineInfo> found, Known known, MachineAnswers answers) throws InterruptedException {
        if (found.isEmpty()) {
            // Of one that is missing, the machine's own check says so; a new public address is reached from anywhere.
            boolean unsure = machine.isPrivate() || ways.throughJumpHosts();
            return machine.create() && unsure ? List.of(notTried("new")) : List.of();
        }
        if (found.get().power() != PowerState.RUNNING) {
            return List.of(notTried(request.access().startStopped() ? "starts" : "stopped"));
        }
        if (ways.noAddress(found.get()).isPresent()) {
            return List.of();
        }
        Optional<OfferedKeys> keys = known.find(CloudFacts.SSH_KEY);
        if (keys.isEmpty()) {
            return List.of(notTried(noKey()));
        }
        Optional<HostKeys> hostKeys = known.find(CloudFacts.HOST_KEYS);
        return hostKeys.isEmpty()
                ? List.of(notTried("hostKeys"))
                : connected(found.get(), keys.get(), hostKeys.get(), answers);
    }

    private String noKey() {
        if (machine.sshKey().isPresent()) {
            return "unreadableKey";
        }
        return machine.create() ? "noKey" : "noUsualKey";
    }

    private Check notTried(String reason) {
        return Check.unchecked(
                what, Failure.of("setup.sshNotTried." + reason, "", label).problem());
    }

    private List<Check> connected(MachineInfo found, OfferedKeys keys, HostKeys hostKeys, MachineAnswers answers)
            throws InterruptedException {
        try {
            List<SshWay> overSsh = ways.overSsh(found, keys, hostKeys, Time.system());
            try (MachineConnection connection = ways.connection(ways.all(found, overSsh), Time.system())) {
                connection.reached(ways.asOpenAsNow(found, overSsh));
                if (connection.way() instanceof RunCommandWay) {
                    List<Check> checks = new ArrayList<>(List.of(
                            Check.doubtful(Text.of("setup.check.runCommandTime", label), runCommand.slow()),
                            runCommand.right(found).check()));
                    checks.addAll(runCommand.probe(Optional.of(found), answers));
                    return checks;
                }
                return List.of(
                        Check.good(Text.of(
                                "setup.probe.sshBy", label, connection.way().shown())),
                        sudo(connection));
            }
        } catch (NotYet noAnswer) {
            return List.of(Check.bad(what, noAnswer.ifNever()));
        } catch (Failure refused) {
            return ssh.addKey() && refusesUser(refused)
                    ? keyWouldBeAdded(found, refused, answers)
                    : List.of(Check.bad(what, refusesUser(refused) ? notLetIn(refused.problem()) : refused.problem()));
        }
    }

    /** Whether the machine was reached, and takes none of the keys. */
    static boolean refusesUser(Failure failure) {
        return failure.getCause() instanceof SshException cause
                && cause.kind() == SshException.Kind.AUTHENTICATION_FAILED
                && !cause.atJumpHost();
    }

    private Problem notLetIn(Problem refused) {
        return machine.create() || machine.sshKey().isEmpty()
                ? refused
                : refused.withRemedy(Text.of("setup.ssh.notLetIn.remedy", ConnectStep.addingKey(request, machine)));
    }

    private List<Check> keyWouldBeAdded(MachineInfo found, Failure refused, MachineAnswers answers) {
        List<Check> checks = new ArrayList<>(runCommand.probe(Optional.of(found), answers));
        checks.add(
                0,
                Check.doubtful(
                        what,
                        Failure.of(
                                        "setup.keyWouldBeAdded",
                                        "",
                                        refused.problem().what(),
                                        machine.adminUser())
                                .problem()));
        return checks;
    }

    /** The credential helper is written by root; without it, a run on a machine that has all it needs gets by. */
    private Check sudo(MachineConnection connection) throws Failure, InterruptedException {
        Text root = Text.of("setup.probe.sudo", label, machine.adminUser());
        Optional<Problem> refused = connection.refusal(Command.of("sh").asRoot());
        return refused.isEmpty()
                ? Check.good(root)
                : request.access().credentialHelper()
                        ? Check.bad(root, refused.get())
                        : Check.doubtful(root, refused.get());
    }
}
