package io.keylesspull.setup.step.connect;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.setup.step.connection.JumpHosts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.OfferedKeys;
import io.keylesspull.setup.step.connection.RunCommandAccess;
import io.keylesspull.setup.step.connection.RunCommandWay;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshRules;
import io.keylesspull.setup.step.connection.SshWay;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.setup.step.reach.SshReach;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The first SSH connection to a machine, whose host keys are known already, so that no other computer is accepted. A
 * machine without a public address that is not reached is reached by Run Command, and so is one for which no key is
 * there, if its way is open.
 */
public final class ConnectStep extends SetupStep {

    /** In the folder where the script is run. */
    private static final String KNOWN_HOSTS = "keyless-pull-jump-hosts";

    private static final String PUTTY_SUFFIX = ".ppk";
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final SetupRequest request;
    private final Machine machine;
    private final Ssh ssh;
    private final Retry untilReachable;
    private final SshKeys keys;
    private final JumpHosts jumpHosts;
    private final AzureSubscription azure;
    private final RunCommandAccess runCommand;
    private final MachineWays ways;

    /** @param azure where its network and Run Command are */
    public ConnectStep(
            SetupRequest request,
            Machine machine,
            Ssh ssh,
            SshRoute route,
            SshKeys keys,
            SshRules rules,
            AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "connect"),
                Text.of("setup.step.connect"),
                Set.of(CloudFacts.MACHINE, CloudFacts.HOST_KEYS, CloudFacts.SSH_KEY),
                Set.of(RemoteFacts.CONNECTION));
        this.request = request;
        this.machine = machine;
        this.ssh = ssh;
        // A machine may still be starting.
        boolean mayStart = machine.create() || request.access().startStopped();
        this.untilReachable = new Retry(mayStart ? Duration.ofMinutes(5) : Duration.ofSeconds(45), WAITS);
        this.keys = keys;
        this.jumpHosts = new JumpHosts(route, ssh.jumpHosts(), keys);
        this.azure = azure;
        this.runCommand = new RunCommandAccess(request, machine, azure);
        this.ways = new MachineWays(request, machine, ssh, jumpHosts, rules, runCommand);
    }

    @Override
    public Preview preview(Known known) {
        return ssh.addKey()
                ? Preview.ifMissing(Text.of("setup.change.addedKey", machine.adminUser(), request.label(machine)))
                : Preview.nothing();
    }

    @Override
    public List<Preflight> checks(Known known) {
        if (hasNoKey(known)) {
            return runCommand.checks(known.find(CloudFacts.MACHINE));
        }
        List<Preflight> checks = new ArrayList<>();
        if (!jumpHosts.isEmpty()) {
            checks.add(new Preflight(
                    Text.of("setup.check.jumpHost", jumpHosts.shown()),
                    () -> Finding.badIf(jumpHosts.check(MachineWays.CONNECT_TIMEOUT, Time.system()))));
        }
        if (ssh.addKey()) {
            known.find(CloudFacts.MACHINE).map(runCommand::right).ifPresent(checks::add);
        }
        if (machine.create()
                && machine.isPrivate()
                && known.find(CloudFacts.MACHINE).isEmpty()) {
            SshReach reach = new SshReach(azure.networks(), machine, ssh);
            checks.add(new Preflight(
                    Text.of("setup.check.wayIn", request.label(machine)),
                    () -> reach.to(request.label(machine), request.machineGroup(machine))));
        }
        known.find(CloudFacts.MACHINE)
                .flatMap(ways::noAddress)
                .ifPresent(none -> checks.add(new Preflight(
                        Text.of("setup.check.address", request.label(machine)), () -> Finding.bad(none))));
        return checks;
    }

    @Override
    public List<MachineQuestion> questions(Known known) {
        boolean mayRunCommand = ssh.addKey()
                || hasNoKey(known)
                || known.find(CloudFacts.MACHINE).filter(ways::isPrivate).isPresent();
        return mayRunCommand ? List.of(runCommand.user()) : List.of();
    }

    @Override
    public List<Check> probe(Known known, MachineAnswers answers) throws InterruptedException {
        return hasNoKey(known)
                ? runCommand.probe(known.find(CloudFacts.MACHINE), answers)
                : new ConnectionProbe(request, machine, ssh, ways, runCommand)
                        .of(known.find(CloudFacts.MACHINE), known, answers);
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("On " + request.label(machine));
        if (hasNoKey(known)) {
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
        if (known.find(CloudFacts.SSH_KEY).filter(OfferedKeys::isPutty).isPresent()) {
            machine.sshKey().ifPresent(key -> {
                script.comment(
                        "OpenSSH cannot read this key, which is in PuTTY's format. To get one that it can read:");
                script.comment(converting(key));
            });
        }
        if (ssh.addKey()) {
            script.comment("If SSH does not accept the key, this adds its public half:");
            script.comment(addingKey(request, machine));
        }
        // Without -n it would read the lines after it, if they are piped into a shell.
        List<String> argv = new ArrayList<>(List.of("ssh", "-n"));
        machine.sshKey().filter(keys::lasts).ifPresent(key -> argv.addAll(List.of("-i", key)));
        argv.addAll(JumpHosts.port(ssh.port()));
        argv.addAll(jumpHosts.sshOptions(jumpHostKeys(script)));
        // Each command has a session of its own, so that a new group counts.
        script.overSsh(argv, machine.adminUser(), !request.access().dockerGroup());
    }

    /** Whether there is none that could be tried, and the way is open. */
    private static boolean hasNoKey(Known known) {
        return known.find(CloudFacts.SSH_KEY).filter(OfferedKeys::isEmpty).isPresent();
    }

    /** What gives the user of a machine that exists the public half of the key. */
    static String addingKey(SetupRequest request, SetupRequest.Machine machine) {
        Command command = Command.of(
                "az",
                "vm",
                "user",
                "update",
                "--resource-group",
                request.machineGroup(machine),
                "--name",
                machine.name(),
                "--username",
                machine.adminUser(),
                "--ssh-key-value");
        // A shell replaces the tilde only where it is not quoted.
        return command.shellLine() + " "
                + machine.sshKey().map(key -> Script.word(key + ".pub")).orElse("~/.ssh/id_ed25519.pub");
    }

    /** @return the file that the script writes the jump hosts' host keys to; empty if none is known */
    private Optional<String> jumpHostKeys(Script script) {
        jumpHosts.fingerprints().forEach(one -> script.comment("The host key of the jump host, to compare: " + one));
        if (jumpHosts.knownHosts().isEmpty()) {
            return Optional.empty();
        }
        script.comment("The host keys of the jump hosts");
        script.write(KNOWN_HOSTS, jumpHosts.knownHosts());
        return Optional.of(KNOWN_HOSTS);
    }

    private boolean usesPrivateAddress(Known known) {
        return ssh.address()
                .map(Ssh.Address.PRIVATE::equals)
                .orElseGet(() -> !jumpHosts.isEmpty()
                        || machine.create() && machine.isPrivate()
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
        if (context.get(CloudFacts.SSH_KEY).isEmpty()) {
            return connected(context, runCommand.connect(context, found), false);
        }
        int port = ssh.port();
        HostKeys hostKeys = context.get(CloudFacts.HOST_KEYS);
        List<SshWay> overSsh = ways.overSsh(found, context.get(CloudFacts.SSH_KEY), hostKeys, context.time());
        MachineConnection connection = ways.connection(ways.all(found, overSsh), context.time());
        context.progress(connecting(overSsh));
        MachineConnection.NoAnswer noAnswer = ways.mayOpenYet(found, overSsh);
        boolean added = false;
        try {
            context.retry(untilReachable, () -> connection.reached(noAnswer));
        } catch (Failure refused) {
            added = addKey(context, found, refused);
            context.retry(untilReachable, () -> connection.reached(noAnswer));
        }
        for (SshWay way : overSsh) {
            if (way.equals(connection.way())) {
                Optional<String> alias = jumpHosts.alias(way.target().host(), port);
                keys.pin(
                        alias.orElse(way.target().host()),
                        alias.isPresent() ? SetupRequest.Ssh.DEFAULT_PORT : port,
                        hostKeys);
                jumpHosts.pin();
            }
        }
        if (connection.way() instanceof RunCommandWay) {
            runCommand.begin(context, found, connection);
        }
        return connected(context, connection, added);
    }

    private Result connected(StepContext context, MachineConnection connection, boolean added) {
        context.establish(RemoteFacts.CONNECTION, connection);
        return new Result(
                outcome(added),
                Text.of(
                        added ? "setup.connectedAfterAdding" : "setup.connected",
                        connection.way().shown()));
    }

    private Outcome outcome(boolean added) {
        return added ? Outcome.CHANGED : ssh.addKey() ? Outcome.FOUND : Outcome.CHECKED;
    }

    /** @throws Failure the same, if adding the key is not wanted or does not help */
    private boolean addKey(StepContext context, MachineInfo found, Failure refused)
            throws Failure, InterruptedException {
        if (!ssh.addKey() || !ConnectionProbe.refusesUser(refused)) {
            throw refused;
        }
        context.progress(Text.of("setup.connect.addingKey", machine.adminUser()));
        AuthorizedKeys authorized = new AuthorizedKeys(runCommand, found, request.label(machine));
        if (!authorized.add(context, context.get(CloudFacts.SSH_KEY).first())) {
            throw refused;
        }
        return true;
    }

    private Text connecting(List<SshWay> ways) {
        String first = ways.get(0).target().host();
        if (!jumpHosts.isEmpty()) {
            return Text.of("setup.connectingThrough", first, jumpHosts.shown());
        }
        return ways.size() == 1
                ? Text.of("setup.connecting", first)
                : Text.of(
                        "setup.connectingToEither", first, ways.get(1).target().host());
    }
}
