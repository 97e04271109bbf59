package io.keylesspull.setup.step;

import io.keylesspull.engine.Failure;
import io.keylesspull.engine.NotYet;
import io.keylesspull.engine.Outcome;
import io.keylesspull.engine.Problem;
import io.keylesspull.engine.Retry;
import io.keylesspull.engine.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docker pull}, and the digest of what came, read from the machine's own image store. */
final class PullStep extends RemoteStep {

    static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** How the daemon passes on 429 and 5xx (docker/hub-feedback#2464 and #2499). */
    private static final Pattern REGISTRY_TROUBLE = Pattern.compile(
            "toomanyrequests: |received unexpected HTTP status: 5\\d\\d");
    private static final Retry REGISTRY_RECOVERS = new Retry(Duration.ofMinutes(5),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)));

    PullStep(String machine) {
        super(machine, "pull", Text.of("setup.step.pull"),
                Set.of(SetupFacts.CONNECTION, SetupFacts.REGISTRY_LOGIN, SetupFacts.IMAGE), SetupFacts.PULLED_DIGEST);
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(SetupFacts.CONNECTION);
        String image = context.get(SetupFacts.IMAGE);
        Command pull = Command.of("docker", "pull", image).withTimeout(Duration.ofMinutes(30));
        bring(image, context, connection, pull, pulled -> Failure.of("setup.pullFailed",
                MachineConnection.lastOutput(pulled), image, machine()).problem());
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

    /**
     * Brings an image onto a machine; one that is there already is somebody else's. A registry that throttles or is in
     * trouble is asked again.
     *
     * @param command what brings it
     * @param failed  what to tell where that fails
     */
    static void bring(String image, StepContext context, MachineConnection connection, Command command,
                      Function<CommandResult, Problem> failed) throws Failure, InterruptedException {
        boolean there = !connection.require(context, Command.of("docker", "image", "ls", "--quiet", image)).stdout()
                .isBlank();
        context.change(there ? List.of() : List.of(ChangeKind.PULLED_IMAGE.of(image)),
                () -> context.retry(REGISTRY_RECOVERS, () -> attempt(context, connection, command, failed)));
    }

    private static CommandResult attempt(StepContext context, MachineConnection connection, Command command,
                                         Function<CommandResult, Problem> failed)
            throws NotYet, Failure, InterruptedException {
        CommandResult result = connection.run(context, command);
        if (result.ok()) {
            return result;
        }
        if (REGISTRY_TROUBLE.matcher(result.stderr()).find()) {
            throw new NotYet(Text.of("setup.pull.waiting"), failed.apply(result));
        }
        throw new Failure(failed.apply(result));
    }
}
