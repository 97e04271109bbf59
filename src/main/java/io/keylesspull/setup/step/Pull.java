package io.keylesspull.setup.step;

import io.keylesspull.engine.Act;
import io.keylesspull.engine.Failure;
import io.keylesspull.engine.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docker pull} of one image on one machine, for the running step.
 *
 * @param image login server, repository and tag
 */
record Pull(StepContext context, MachineConnection connection, String image) {

    static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Whatever comes of it. */
    CommandResult run() throws Failure, InterruptedException {
        Command pull = Command.of("docker", "pull", image).withTimeout(Duration.ofMinutes(30));
        return bringing(image, context, connection, () -> connection.run(context, pull));
    }

    /** Does what brings an image onto a machine; one that is there already is somebody else's. */
    static CommandResult bringing(String image, StepContext context, MachineConnection connection,
                                  Act<CommandResult, Failure> act) throws Failure, InterruptedException {
        boolean there = !connection.require(context, Command.of("docker", "image", "ls", "--quiet", image)).stdout()
                .isBlank();
        return context.change(there ? List.of() : List.of(ChangeKind.PULLED_IMAGE.of(image)), act);
    }

    Failure failed(CommandResult pulled) {
        return Failure.of("setup.pullFailed", MachineConnection.lastOutput(pulled), image, connection.machine());
    }

    /** Of what came, read from the machine's own image store. */
    String digest() throws Failure, InterruptedException {
        String repository = image.substring(0, image.lastIndexOf(':'));
        String digests = connection.require(context, Command.of("docker", "image", "inspect",
                "--format", "{{json .RepoDigests}}", image)).stdout();
        // The same image may have come from several repositories; only the digest of this one counts.
        Matcher digest = Pattern.compile(Pattern.quote(repository + "@") + "(" + DIGEST.pattern() + ")")
                .matcher(digests);
        if (!digest.find()) {
            throw Failure.of("setup.noDigest", digests, image, connection.machine());
        }
        return digest.group(1);
    }
}
