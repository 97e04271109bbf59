package io.keylesspull.setup.step;

import io.keylesspull.engine.Act;
import io.keylesspull.engine.Failure;
import io.keylesspull.engine.Outcome;
import io.keylesspull.engine.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docker pull}, and the digest of what came, read from the machine's own image store. */
final class PullStep extends RemoteStep {

    static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    PullStep(String machine) {
        super(machine, "pull", Text.of("setup.step.pull"),
                Set.of(SetupFacts.CONNECTION, SetupFacts.REGISTRY_LOGIN, SetupFacts.IMAGE), SetupFacts.PULLED_DIGEST);
    }

    @Override
    public Result run(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(SetupFacts.CONNECTION);
        String image = context.get(SetupFacts.IMAGE);
        Command pull = Command.of("docker", "pull", image).withTimeout(Duration.ofMinutes(30));
        CommandResult pulled = bringing(image, context, connection, () -> connection.run(context, pull));
        if (!pulled.ok()) {
            throw Failure.of("setup.pullFailed", MachineConnection.lastOutput(pulled), image, machine());
        }
        String repository = image.substring(0, image.lastIndexOf(':'));
        String digests = connection.require(context, Command.of("docker", "image", "inspect",
                "--format", "{{json .RepoDigests}}", image)).stdout();
        // The same image may have come from several repositories; only the digest of this one counts.
        Matcher digest = Pattern.compile(Pattern.quote(repository + "@") + "(" + DIGEST.pattern() + ")")
                .matcher(digests);
        if (!digest.find()) {
            throw Failure.of("setup.noDigest", digests, image, machine());
        }
        context.establish(SetupFacts.PULLED_DIGEST, digest.group(1));
        return new Result(Outcome.CHECKED, Text.of("setup.pulled", digest.group(1)));
    }

    /** Does what brings an image onto a machine; one that is there already is somebody else's. */
    static CommandResult bringing(String image, StepContext context, MachineConnection connection,
                                  Act<CommandResult, Failure> act) throws Failure, InterruptedException {
        boolean there = !connection.require(context, Command.of("docker", "image", "ls", "--quiet", image)).stdout()
                .isBlank();
        return context.change(there ? List.of() : List.of(ChangeKind.PULLED_IMAGE.of(image)), act);
    }
}
