package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.setup.step.connection.JumpHosts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshRules;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The first connection to a machine: by SSH, whose host keys are known already, so that no other computer is accepted; or
 * by Run Command, if the request says so, or if a machine without a public address does not answer.
 */
public final class ConnectStep extends SetupStep {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final SetupRequest request;
    private final Machine machine;
    private final Retry untilReachable;
    private static final String PUTTY_SUFFIX = ".ppk";

    private final SshRoute route;
    private final SshKeys keys;
    private final SshRules rules;
    private final JumpHosts jumpHosts;
    private final RunCommandAccess runCommand;

    /**
     * @param before what must be done before a command by Run Command; the host keys come after it, too
     * @param azure where Run Command is
     */
    public ConnectStep(
            SetupRequest request,
            Machine machine,
            Set<Fact<?>> before,
            SshRoute route,
            SshKeys keys,
            SshRules rules,
            AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "connect"),
                Text.of(machine.runCommand() ? "setup.step.runCommand" : "setup.step.connect"),
                needs(machine, before),
                Set.of(RemoteFacts.CONNECTION));
        this.request = request;
        this.machine = machine;
        // A new machine may still be starting.
        this.untilReachable = new Retry(machine.create() ? Duration.ofMinutes(5) : Duration.ofSeconds(45), WAITS);
        this.route = route;
        this.keys = keys;
        this.rules = rules;
        this.jumpHosts = new JumpHosts(machine.ssh().jumpHosts(), keys);
        this.runCommand = new RunCommandAccess(request, machine, azure);
    }

    private static Set<Fact<?>> needs(Machine machine, Set<Fact<?>> before) {
        Set<Fact<?>> needs = new HashSet<>(Set.of(CloudFacts.MACHINE));
        needs.addAll(machine.runCommand() ? before : Set.of(CloudFacts.HOST_KEYS, CloudFacts.SSH_KEY));
        return needs;
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public List<Preflight> checks(Known known) {
        if (machine.runCommand()) {
            return List.of(runCommand.slowness());
        }
        return jumpHosts.isEmpty()
                ? List.of()
                : List.of(new Preflight(
                        Text.of("setup.check.jumpHost", jumpHosts.shown()),
                        () -> Finding.badIf(jumpHosts.check(route, CONNECT_TIMEOUT, Time.system()))));
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("On " + request.label(machine));
        if (machine.runCommand()) {
            runCommand.byHand(script);
            return;
        }
        script.keep(
                "address",
                "az",
                "vm",
                "show",
                "--show-details",
                "--resource-group",
                request.machineGroup(machine),
                "--name",
                machine.name(),
                "--query",
                usesPrivateAddress(known) ? "privateIps" : "publicIps",
                "--output",
                "tsv");
        if (known.find(CloudFacts.SSH_KEY).filter(SshKey::isPutty).isPresent()) {
            machine.sshKey().ifPresent(key -> {
                script.comment(
                        "OpenSSH cannot read this key, which is in PuTTY's format. To get one that it can read:");
                script.comment(converting(key));
            });
        }
        // Without -n it would read the lines after it, if they are piped into a shell.
        List<String> argv = new ArrayList<>(List.of("ssh", "-n"));
        machine.sshKey().ifPresent(key -> argv.addAll(List.of("-i", key)));
        argv.addAll(sshOptions());
        argv.add(machine.adminUser());
        // Each command has a session of its own, so that a new group counts.
        script.machine(
                Command.of(argv.toArray(String[]::new)).shellLine() + "@\"$address\"",
                !request.access().dockerGroup());
    }

    private List<String> sshOptions() {
        return Stream.concat(JumpHosts.port(machine.ssh().port()).stream(), jumpHosts.sshOptions().stream())
                .toList();
    }

    private boolean usesPrivateAddress(Known known) {
        return machine.ssh()
                .address()
                .map(Ssh.Address.PRIVATE::equals)
                .orElseGet(() -> !jumpHosts.isEmpty()
                        || known.find(CloudFacts.MACHINE)
                                .filter(found -> found.publicIp().isEmpty())
                                .isPresent());
    }

    /** The command that writes a key in PuTTY's format once more, in the format of OpenSSH. */
    public static String converting(String putty) {
        String name = putty.toLowerCase(Locale.ROOT).endsWith(PUTTY_SUFFIX)
                ? putty.substring(0, putty.length() - PUTTY_SUFFIX.length())
                : putty + ".openssh";
        return Command.of("puttygen", putty, "-O", "private-openssh", "-o", name)
                .shellLine();
    }

    @Override
    public Result run(StepContext context) throws Failure, InterruptedException {
        MachineInfo found = context.get(CloudFacts.MACHINE);
        if (machine.runCommand()) {
            return byRunCommand(context, found);
        }
        int port = machine.ssh().port();
        HostKeys hostKeys = context.get(CloudFacts.HOST_KEYS);
        List<SshTarget> targets = new ArrayList<>();
        for (String address : addresses(found)) {
            keys.pin(address, port, hostKeys);
            targets.add(new SshTarget(
                    address,
                    port,
                    machine.adminUser(),
                    context.get(CloudFacts.SSH_KEY),
                    hostKeys.keys(),
                    // For each connection on the way.
                    CONNECT_TIMEOUT.multipliedBy(machine.ssh().jumpHosts().size() + 1L)));
        }
        MachineConnection connection = new MachineConnection(
                request.label(machine),
                targets,
                sshOptions(),
                !request.access().dockerGroup(),
                jumpHosts.after(route, context.time()),
                context.time());
        context.progress(connecting(targets));
        MachineConnection.NoAnswer noAnswer = isPublic(targets.get(0), found)
                ? rules.of(found, port, machine.create() ? machine.allowSshFrom() : Optional.empty())
                : MachineConnection.NoAnswer.UNEXPLAINED;
        try {
            context.retry(untilReachable, () -> {
                connection.reached(noAnswer);
                return connection;
            });
        } catch (Failure notReached) {
            if (!isPrivate(found) || !(notReached.getCause() instanceof NotYet)) {
                throw notReached;
            }
            return byRunCommand(context, found);
        }
        context.establish(RemoteFacts.CONNECTION, connection);
        return new Result(Outcome.CHECKED, Text.of("setup.connected", connection.toString()));
    }

    private Result byRunCommand(StepContext context, MachineInfo found) throws Failure, InterruptedException {
        MachineConnection connection = runCommand.begin(context, found);
        context.establish(RemoteFacts.CONNECTION, connection);
        return new Result(Outcome.CHECKED, Text.of("setup.runCommand.connected", connection.toString()));
    }

    /** Whether nothing but its network reaches it by SSH, and the request leaves the way open. */
    private boolean isPrivate(MachineInfo found) {
        return !machine.create()
                && machine.ssh().equals(Ssh.DEFAULT)
                && found.publicIp().isEmpty();
    }

    /** Security rules let callers in at the public address; behind a jump host they see the jump host. */
    private boolean isPublic(SshTarget target, MachineInfo found) {
        return jumpHosts.isEmpty()
                && found.publicIp().filter(target.host()::equals).isPresent();
    }

    private Text connecting(List<SshTarget> targets) {
        String first = targets.get(0).host();
        if (!jumpHosts.isEmpty()) {
            return Text.of("setup.connectingThrough", first, jumpHosts.shown());
        }
        return targets.size() == 1
                ? Text.of("setup.connecting", first)
                : Text.of("setup.connectingToEither", first, targets.get(1).host());
    }

    /** Those to try, in this order. */
    private List<String> addresses(MachineInfo found) throws Failure {
        if (machine.ssh().address().isPresent()) {
            boolean wantsPublic = machine.ssh().address().get() == Ssh.Address.PUBLIC;
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
