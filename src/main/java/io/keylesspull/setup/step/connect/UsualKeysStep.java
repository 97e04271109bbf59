package io.keylesspull.setup.step.connect;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.OfferedKeys;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/** The keys that {@code ssh} would try on a machine for which the administrator named none. */
public final class UsualKeysStep extends SetupStep {

    private final String machine;
    private final SshKeys keys;

    public UsualKeysStep(String machine, SshKeys keys) {
        super(StepId.on(machine, "ssh-key"), Text.of("setup.step.sshKey"), Set.of(), Set.of(CloudFacts.SSH_KEY));
        this.machine = machine;
        this.keys = keys;
    }

    @Override
    public Preview preview(Known known) {
        try {
            known.found(CloudFacts.SSH_KEY, keys.usual());
        } catch (Failure none) {
            // The check says so.
        }
        return Preview.nothing();
    }

    @Override
    public List<Preflight> checks(Known known) {
        return List.of(new Preflight(Text.of("setup.check.sshKey", machine), this::anyUsual));
    }

    private Finding anyUsual() {
        try {
            keys.usual();
            return Finding.good();
        } catch (Failure none) {
            return Finding.bad(none.problem());
        }
    }

    @Override
    public Result run(StepContext context) throws Failure {
        OfferedKeys usual = keys.usual();
        context.establish(CloudFacts.SSH_KEY, usual);
        return new Result(
                Outcome.FOUND, Text.of("setup.sshKey.usual", usual.keys().size(), usual.toString()));
    }
}
