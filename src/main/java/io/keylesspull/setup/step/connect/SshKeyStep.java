package io.keylesspull.setup.step.connect;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest.Machine;
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
import java.util.function.Function;

/** The keys with which the user signs in to a machine. */
public final class SshKeyStep extends SetupStep {

    /**
     * Where keys come from.
     *
     * @param makes whether they may not exist yet
     * @param words what the run says of them
     */
    private record Source(Load load, boolean makes, Function<OfferedKeys, Text> words) {}

    @FunctionalInterface
    private interface Load {
        OfferedKeys keys() throws Failure;
    }

    private final Source source;

    private SshKeyStep(Optional<String> machine, Source source) {
        super(new StepId("ssh-key", machine), Text.of("setup.step.sshKey"), Set.of(), Set.of(CloudFacts.SSH_KEY));
        this.source = source;
    }

    /** One that is made for all new machines of the run. */
    public static SshKeyStep made(SshKeys keys) {
        return new SshKeyStep(
                Optional.empty(),
                new Source(
                        () -> new OfferedKeys(keys.make()),
                        true,
                        made -> Text.of("setup.sshKey.made", keys.newKey().toString())));
    }

    /**
     * Those of one machine: the one that the administrator named, or those that {@code ssh} would try. If there are
     * none and the way to the machine is open, that is no failure: it is reached by Run Command.
     *
     * @param label what the run calls the machine
     */
    public static SshKeyStep of(String label, Machine machine, SshKeys keys) {
        return new SshKeyStep(
                Optional.of(label),
                machine.sshKey()
                        .map(path -> named(path, keys))
                        .orElseGet(() -> new Source(
                                machine.wayIsOpen() ? () -> new OfferedKeys(keys.found()) : keys::usual,
                                false,
                                usual -> usual.isEmpty()
                                        ? Text.of("setup.sshKey.none")
                                        : Text.of(
                                                "setup.sshKey.usual",
                                                usual.keys().size(),
                                                usual.toString()))));
    }

    /** One that the administrator named. @param label what the run calls the scale set that it is for */
    public static SshKeyStep named(String label, String path, SshKeys keys) {
        return new SshKeyStep(Optional.of(label), named(path, keys));
    }

    private static Source named(String path, SshKeys keys) {
        return new Source(
                () -> new OfferedKeys(keys.load(Path.of(path))), false, key -> Text.of("setup.sshKey.read", path));
    }

    @Override
    public Preview preview(Known known) {
        if (source.makes()) {
            return Preview.create(Text.of("setup.change.sshKey"));
        }
        try {
            known.found(CloudFacts.SSH_KEY, source.load().keys());
        } catch (Failure none) {
            // The check says so.
        }
        return Preview.nothing();
    }

    @Override
    public List<Preflight> checks(Known known) {
        return source.makes()
                ? List.of()
                : List.of(new Preflight(
                        Text.of("setup.check.sshKey", id().machine().orElse("")),
                        () -> known.find(CloudFacts.SSH_KEY).map(this::found).orElseGet(this::loadAgain)));
    }

    private Finding found(OfferedKeys keys) {
        return keys.isEmpty()
                ? Finding.doubtful(
                        Failure.of("setup.noKeySoRunCommand", "", id().machine().orElse(""))
                                .problem())
                : Finding.good();
    }

    /** Says why the preview has none. */
    private Finding loadAgain() {
        try {
            return found(source.load().keys());
        } catch (Failure none) {
            return Finding.bad(none.problem());
        }
    }

    @Override
    public Result run(StepContext context) throws Failure {
        OfferedKeys keys = source.load().keys();
        context.establish(CloudFacts.SSH_KEY, keys);
        return new Result(
                source.makes() ? Outcome.CREATED : keys.isEmpty() ? Outcome.CHECKED : Outcome.FOUND,
                source.words().apply(keys));
    }
}
