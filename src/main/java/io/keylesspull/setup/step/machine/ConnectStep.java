package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The first SSH connection to a machine, to nobody but the machine itself: its host keys are known before. */
public final class ConnectStep extends SetupStep {

    private static final int SSH_PORT = 22;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final String machine;
    private final String adminUser;
    private final boolean dockerBySudo;
    private final Retry untilReachable;
    private final SshRoute route;
    private final SshKeys keys;

    /**
     * @param dockerBySudo as in {@link MachineConnection}
     * @param fresh        whether the machine may still be starting, so that waiting for it makes sense
     */
    public ConnectStep(String machine, String adminUser, boolean dockerBySudo, boolean fresh, SshRoute route, SshKeys keys) {
        super(StepId.on(machine, "connect"), Text.of("setup.step.connect"),
                Set.of(SetupFacts.MACHINE, SetupFacts.HOST_KEYS, SetupFacts.SSH_KEY),
                Set.of(SetupFacts.CONNECTION));
        this.machine = machine;
        this.adminUser = adminUser;
        this.dockerBySudo = dockerBySudo;
        this.untilReachable = new Retry(fresh ? Duration.ofMinutes(5) : Duration.ofSeconds(45), WAITS);
        this.route = route;
        this.keys = keys;
    }

    @Override
    public Result run(StepContext context) throws Failure, InterruptedException {
        MachineInfo found = context.get(SetupFacts.MACHINE);
        String host = found.publicIp().or(found::privateIp)
                .orElseThrow(() -> Failure.of("setup.noAddress", "", found.name()));
        MachineConnection connection = new MachineConnection(machine, new SshTarget(host, SSH_PORT, adminUser,
                context.get(SetupFacts.SSH_KEY), context.get(SetupFacts.HOST_KEYS).keys(), CONNECT_TIMEOUT),
                dockerBySudo, route, context.time());
        keys.pin(host, SSH_PORT, context.get(SetupFacts.HOST_KEYS));
        context.progress(Text.of("setup.connecting", host));
        context.retry(untilReachable, connection::reached);
        context.establish(SetupFacts.CONNECTION, connection);
        return new Result(Outcome.CHECKED, Text.of("setup.connected", connection.toString()));
    }
}
