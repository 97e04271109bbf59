package io.keylesspull.setup.step;

import io.keylesspull.engine.Failure;
import io.keylesspull.engine.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** apt-get as a program has to call it: no question asked, and waiting where a fresh machine still holds the lock. */
final class Apt {

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final MachineConnection connection;
    private final StepContext context;

    Apt(MachineConnection connection, StepContext context) {
        this.connection = connection;
        this.context = context;
    }

    void update() throws Failure, InterruptedException {
        context.progress(Text.of("setup.apt.updating"));
        connection.require(context, aptGet("update"));
    }

    void install(String... packages) throws Failure, InterruptedException {
        context.progress(Text.of("setup.apt.installing", String.join(", ", packages)));
        List<String> arguments = new ArrayList<>(List.of("install", "-y"));
        arguments.addAll(List.of(packages));
        connection.require(context, aptGet(arguments.toArray(String[]::new)));
    }

    private static Command aptGet(String... arguments) {
        // NEEDRESTART_MODE: on Ubuntu 22.04 needrestart would ask which services to restart.
        List<String> argv = new ArrayList<>(List.of("sudo", "env", "DEBIAN_FRONTEND=noninteractive",
                "NEEDRESTART_MODE=a", "apt-get", "-o", "DPkg::Lock::Timeout=600"));
        argv.addAll(List.of(arguments));
        return Command.of(argv.toArray(String[]::new)).withTimeout(TIMEOUT);
    }
}
