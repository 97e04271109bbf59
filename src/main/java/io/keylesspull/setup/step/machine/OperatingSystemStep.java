package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The machine's operating system, after its first boot has finished. Nothing is changed on a system that is not
 * supported.
 */
public final class OperatingSystemStep extends RemoteStep {

    private static final int COMMAND_NOT_FOUND = 127;
    /** cloud-init ended with warnings that do not matter here (its documented exit status 2, "recoverable error"). */
    private static final int CLOUD_INIT_DEGRADED = 2;

    private final boolean isNew;

    public OperatingSystemStep(SetupRequest request, Machine machine) {
        super(
                request.label(machine),
                "operating-system",
                Text.of("setup.step.operatingSystem"),
                Set.of(RemoteFacts.CONNECTION),
                RemoteFacts.OPERATING_SYSTEM);
        this.isNew = machine.create();
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment("(a machine without cloud-init has nothing to wait for; status 2 means warnings)");
        script.remote("cloud-init status --wait || true");
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        Command release = Command.of("cat", "/etc/os-release");
        Command wait = Command.of("cloud-init", "status", "--wait").withTimeout(Duration.ofMinutes(15));
        connection.look(context, List.of(release, wait));
        OperatingSystem system =
                OperatingSystem.parse(connection.require(context, release).stdout());
        if (!system.supported()) {
            throw Failure.of("setup.systemNotSupported", "", machine(), system.name());
        }
        context.progress(Text.of("setup.cloudInit.waiting"));
        CommandResult waited = connection.run(context, wait);
        // On an existing machine, a first boot that failed long ago does not matter now.
        if (isNew
                && !waited.ok()
                && waited.exitStatus() != COMMAND_NOT_FOUND
                && waited.exitStatus() != CLOUD_INIT_DEGRADED) {
            throw Failure.of(
                    "setup.cloudInit.failed",
                    MachineConnection.lastOutput(connection.run(context, Command.of("cloud-init", "status", "--long"))),
                    machine());
        }
        context.establish(RemoteFacts.OPERATING_SYSTEM, system);
        return new Result(Outcome.CHECKED, Text.of("setup.system", system.name()));
    }
}
