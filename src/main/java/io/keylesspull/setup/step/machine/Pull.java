package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.ImageProblem;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docker pull} of one image on one machine, for the running step.
 *
 * @param image login server, repository, and tag or digest
 */
record Pull(StepContext context, MachineConnection connection, String image) {

    static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /**
     * Pulls the image, and retries errors that can pass.
     *
     * @param done whether a pull did what it should
     */
    Outcome run(Predicate<CommandResult> done) throws Failure, InterruptedException {
        RegistryAccess access = new RegistryAccess(
                context, connection, Optional.of(new RegistryAccess.Asked(image.substring(0, image.indexOf('/')))));
        return bringing(image, context, connection, there -> {
            if (there && isByDigest(image)) {
                ask(access);
            }
            return access.run("docker", () -> connection.run(context, command()), done, this::failed);
        });
    }

    static boolean isByDigest(String image) {
        return image.indexOf('@') >= 0;
    }

    /**
     * Asks the registry for the manifest of a digest. Docker before version 29 does not ask for one that it has from
     * there (moby, distribution/manifest.go), so that its pull alone would prove nothing. An answer in a format that an
     * old Docker cannot show is an answer too.
     */
    CommandResult ask(RegistryAccess access) throws Failure, InterruptedException {
        Command ask = connection.asDockerUser("docker", "manifest", "inspect", image);
        return access.run("docker", () -> connection.run(context, ask), Pull::isAnswered, this::failed);
    }

    private static boolean isAnswered(CommandResult manifest) {
        return manifest.ok() || manifest.stderr().contains("unsupported manifest format");
    }

    /** A new machine has no images. */
    static Preview preview(Known known, String machine, String image) {
        return RemoteStep.onMachine(known, true, Text.of("setup.change.pull", image, machine));
    }

    /** A pull by digest asks the registry first, as {@link #ask} does. */
    static List<Script.Piece> lineByHand(Script script, String image) {
        List<Script.Piece> name = List.of(Script.variable("loginServer"), Script.text("/" + Script.word(image)));
        List<Script.Piece> line = new ArrayList<>();
        if (isByDigest(image)) {
            line.add(Script.text(script.sudo() + "docker manifest inspect "));
            line.addAll(name);
            line.add(Script.text(" > /dev/null && "));
        }
        line.add(Script.text(script.sudo() + "docker pull "));
        line.addAll(name);
        return line;
    }

    static void remove(StepContext context, MachineConnection connection, Change image)
            throws Failure, InterruptedException {
        Reversal.run(
                context,
                connection,
                connection.asDockerUser("docker", "image", "rm", image.subject()),
                "No such image");
    }

    private Problem failed(Cause cause, String details) {
        int slash = image.indexOf('/');
        return ImageProblem.of(
                        cause,
                        details,
                        image.substring(slash + 1),
                        image.substring(0, slash),
                        Text.of("setup.who.machine", connection.machine()))
                .orElseGet(() -> Failure.of("setup.pullFailed", details, image, connection.machine())
                        .problem());
    }

    /**
     * Brings an image onto a machine; one that is there already is somebody else's. A registry that throttles or is in
     * trouble is asked again.
     *
     * @param command what brings it
     * @param failed what to tell where that fails
     */
    static Outcome bring(
            String image,
            StepContext context,
            MachineConnection connection,
            Command command,
            Function<CommandResult, Problem> failed)
            throws Failure, InterruptedException {
        return bringing(image, context, connection, there -> {
            CommandResult result = RegistryAccess.whileBusy(context, connection, command, failed);
            if (!result.ok()) {
                throw new Failure(failed.apply(result));
            }
            return result;
        });
    }

    /** What brings an image. */
    @FunctionalInterface
    private interface Bringing {
        /** @param there whether the machine has it already */
        CommandResult bring(boolean there) throws Failure, InterruptedException;
    }

    /** @return CREATED if this run brought the image, FOUND if it was there before */
    private static Outcome bringing(String image, StepContext context, MachineConnection connection, Bringing bringing)
            throws Failure, InterruptedException {
        boolean there = !connection
                .require(context, listing(image, connection))
                .stdout()
                .isBlank();
        Change pulled = ChangeKind.PULLED_IMAGE.of(image);
        context.change(there ? List.of() : List.of(pulled), () -> bringing.bring(there));
        return context.changed(pulled) ? Outcome.CREATED : Outcome.FOUND;
    }

    /** Whether Docker says that it does not have an image. */
    static boolean isMissing(String image, StepContext context, MachineConnection connection)
            throws Failure, InterruptedException {
        CommandResult images = connection.run(context, listing(image, connection));
        return images.ok() && images.stdout().isBlank();
    }

    static Command listing(String image, MachineConnection connection) {
        return connection.asDockerUser("docker", "image", "ls", "--quiet", image);
    }

    private Command command() {
        return connection.asDockerUser("docker", "pull", image).withTimeout(Duration.ofMinutes(30));
    }

    /** The digest of the pulled image, from the machine's image store. */
    String digest() throws Failure, InterruptedException {
        String repository = image.substring(0, isByDigest(image) ? image.indexOf('@') : image.lastIndexOf(':'));
        String wanted = isByDigest(image) ? Pattern.quote(image.substring(image.indexOf('@') + 1)) : DIGEST.pattern();
        String digests = connection
                .require(
                        context,
                        connection.asDockerUser(
                                "docker", "image", "inspect", "--format", "{{json .RepoDigests}}", image))
                .stdout();
        // The same image may have come from several repositories; only the digest of this one counts.
        Matcher digest = Pattern.compile(Pattern.quote(repository + "@") + "(" + wanted + ")")
                .matcher(digests);
        if (!digest.find()) {
            throw Failure.of("setup.noDigest", digests, image, connection.machine());
        }
        return digest.group(1);
    }
}
