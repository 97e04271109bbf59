package io.keylesspull.setup.step;

import io.keylesspull.engine.Failure;
import io.keylesspull.engine.Fact;
import io.keylesspull.engine.Outcome;
import io.keylesspull.engine.Step;
import io.keylesspull.engine.StepContext;
import io.keylesspull.engine.StepId;
import io.keylesspull.remote.SshKey;
import io.keylesspull.text.Text;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The key that opens a machine: a file the administrator named, or one made for the run's new machines. */
final class SshKeyStep implements Step {

    private final Optional<String> machine;
    private final Optional<Path> file;
    private final SshKeys keys;

    /** @param machine whose key it is; empty for the one made for all new machines */
    SshKeyStep(Optional<String> machine, Optional<Path> file, SshKeys keys) {
        this.machine = machine;
        this.file = file;
        this.keys = keys;
    }

    @Override
    public StepId id() {
        return new StepId("ssh-key", machine);
    }

    @Override
    public Text title() {
        return Text.of("setup.step.sshKey");
    }

    @Override
    public Set<Fact<?>> needs() {
        return Set.of();
    }

    @Override
    public Set<Fact<?>> establishes() {
        return Set.of(SetupFacts.SSH_KEY);
    }

    @Override
    public Result run(StepContext context) throws Failure {
        SshKey key = file.isPresent() ? keys.load(file.get()) : keys.make();
        context.establish(SetupFacts.SSH_KEY, key);
        return file.isPresent() ? new Result(Outcome.FOUND, Text.of("setup.sshKey.read", file.get().toString()))
                : new Result(Outcome.CREATED, Text.of("setup.sshKey.made", keys.newKey().toString()));
    }
}
