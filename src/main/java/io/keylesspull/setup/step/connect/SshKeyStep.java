package io.keylesspull.setup.step.connect;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.SshKey;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.OfferedKeys;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The key that opens a machine: a file the administrator named, or one made for the run's new machines. */
public final class SshKeyStep extends SetupStep {

    private final Optional<Path> file;
    private final SshKeys keys;

    /** @param machine whose key it is; empty for the one made for all new machines */
    public SshKeyStep(Optional<String> machine, Optional<Path> file, SshKeys keys) {
        super(new StepId("ssh-key", machine), Text.of("setup.step.sshKey"), Set.of(), Set.of(CloudFacts.SSH_KEY));
        this.file = file;
        this.keys = keys;
    }

    @Override
    public Preview preview(Known known) {
        file.flatMap(this::key).ifPresent(key -> known.found(CloudFacts.SSH_KEY, new OfferedKeys(key)));
        return file.isPresent() ? Preview.nothing() : Preview.create(Text.of("setup.change.sshKey"));
    }

    @Override
    public List<Preflight> checks(Known known) {
        return file.map(given -> new Preflight(
                        Text.of("setup.check.sshKey", id().machine().orElse("")),
                        () -> known.find(CloudFacts.SSH_KEY).isPresent() ? Finding.good() : unreadable(given)))
                .map(List::of)
                .orElse(List.of());
    }

    /** Empty if it cannot be read; the check says why. */
    private Optional<SshKey> key(Path file) {
        try {
            return Optional.of(keys.load(file));
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** Reads again a key that the preview could not read, to say why. */
    private Finding unreadable(Path file) {
        try {
            keys.load(file);
            return Finding.good();
        } catch (Failure e) {
            return Finding.bad(e.problem());
        }
    }

    @Override
    public Result run(StepContext context) throws Failure {
        SshKey key = file.isPresent() ? keys.load(file.get()) : keys.make();
        context.establish(CloudFacts.SSH_KEY, new OfferedKeys(key));
        return file.isPresent()
                ? new Result(
                        Outcome.FOUND, Text.of("setup.sshKey.read", file.get().toString()))
                : new Result(
                        Outcome.CREATED,
                        Text.of("setup.sshKey.made", keys.newKey().toString()));
    }
}
