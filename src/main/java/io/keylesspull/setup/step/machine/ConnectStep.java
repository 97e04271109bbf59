package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshRules;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The first SSH connection to a machine. Its host keys are known already, so no other computer is accepted. */
public final class ConnectStep extends SetupStep {

    private static final int SSH_PORT = 22;
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

    public ConnectStep(SetupRequest request, Machine machine, SshRoute route, SshKeys keys, SshRules rules) {
        super(
                StepId.on(request.label(machine), "connect"),
                Text.of("setup.step.connect"),
                Set.of(CloudFacts.MACHINE, CloudFacts.HOST_KEYS, CloudFacts.SSH_KEY),
                Set.of(RemoteFacts.CONNECTION));
        this.request = request;
        this.machine = machine;
        // A new machine may still be starting.
        this.untilReachable = new Retry(machine.create() ? Duration.ofMinutes(5) : Duration.ofSeconds(45), WAITS);
        this.route = route;
        this.keys = keys;
        this.rules = rules;
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("On " + request.label(machine));
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
                "publicIps",
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
        argv.add(machine.adminUser());
        // Each command has a session of its own, so that a new group counts.
        script.machine(
                Command.of(argv.toArray(String[]::new)).shellLine() + "@\"$address\"",
                !request.access().dockerGroup());
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
        String host = found.publicIp()
                .or(found::privateIp)
                .orElseThrow(() -> Failure.of("setup.noAddress", "", request.label(machine)));
        MachineConnection connection = new MachineConnection(
                request.label(machine),
                new SshTarget(
                        host,
                        SSH_PORT,
                        machine.adminUser(),
                        context.get(CloudFacts.SSH_KEY),
                        context.get(CloudFacts.HOST_KEYS).keys(),
                        CONNECT_TIMEOUT),
                !request.access().dockerGroup(),
                route,
                context.time());
        keys.pin(host, SSH_PORT, context.get(CloudFacts.HOST_KEYS));
        context.progress(Text.of("setup.connecting", host));
        MachineConnection.NoAnswer noAnswer =
                rules.of(found, machine.create() ? machine.allowSshFrom() : Optional.empty());
        context.retry(untilReachable, () -> connection.reached(noAnswer));
        context.establish(RemoteFacts.CONNECTION, connection);
        return new Result(Outcome.CHECKED, Text.of("setup.connected", connection.toString()));
    }
}
