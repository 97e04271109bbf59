package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes the image that the run imported into an existing registry. */
public final class DeleteImageStep extends AzureStep {

    private final Change imported;
    private final Optional<Change> digest;
    private final List<Change> platforms;

    /**
     * @param digest the imported image with its digest; empty if the run could not read it
     * @param platforms the manifests that came with it
     */
    public DeleteImageStep(Change imported, Optional<Change> digest, List<Change> platforms, AzureSubscription azure) {
        super(
                StepId.shared("delete-image"),
                Text.of("setup.step.deleteImage", imported.subject()),
                Text.of("setup.subject.image", imported.subject()),
                Set.of(),
                Set.of(CloudFacts.gone(imported.subject())),
                azure);
        this.imported = imported;
        this.digest = digest;
        this.platforms = List.copyOf(platforms);
    }

    @Override
    public Preview preview(Known known) throws InterruptedException {
        Text what = words(imported.subject());
        try {
            return overwritten(azure()).map(why -> Preview.leave(what, why)).orElseGet(() -> Preview.delete(what));
        } catch (AzureException e) {
            // The registry may be gone. What Azure refuses is refused again, and reported, by the undo itself.
            return unreached(e).map(why -> Preview.leave(what, why)).orElseGet(() -> Preview.delete(what));
        }
    }

    /** Images are deleted in the registry itself, which this computer may not reach; a machine may only pull. */
    private Optional<Text> unreached(AzureException stopped) {
        return stopped.kind() == AzureException.Kind.NETWORK_DENIED
                ? ImageReader.instead(stopped)
                        .map(reader -> Text.of(
                                "setup.undo.imageUnreached",
                                reader.reason(),
                                Command.of(
                                                "az",
                                                "acr",
                                                "repository",
                                                "delete",
                                                "--name",
                                                RegistryInfo.nameOf(loginServer()),
                                                "--image",
                                                image().toString())
                                        .shellLine()))
                : Optional.empty();
    }

    /** Why the image is left alone: the tag names another one by now. Empty if that is not known. */
    private Optional<Text> overwritten(AzureSubscription azure) throws AzureException, InterruptedException {
        ImageName image = image();
        Optional<String> recorded =
                digest.map(Change::subject).map(subject -> subject.substring(subject.indexOf('@') + 1));
        return azure.images()
                .digest(loginServer(), image.repository(), image.reference())
                .filter(now -> recorded.isPresent() && !recorded.get().equals(now))
                .map(now -> Text.of("setup.undo.imageOverwritten", now));
    }

    private String loginServer() {
        return imported.subject().substring(0, imported.subject().indexOf('/'));
    }

    private ImageName image() {
        return ImageName.parse(imported.subject().substring(imported.subject().indexOf('/') + 1))
                .orElseThrow();
    }

    /** The image that a run copied. @param image {@code loginServer/repository:tag} */
    public static Text words(String image) {
        return Text.of("setup.undo.importedImage", image);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure) throws AzureException, InterruptedException {
        ImageName image = image();
        boolean deleted;
        try {
            Optional<Text> overwritten = overwritten(azure);
            if (overwritten.isPresent()) {
                return left(context, overwritten.get());
            }
            deleted = azure.images().delete(loginServer(), image.repository(), image.reference());
            if (!platforms.isEmpty()) {
                azure.images().deleteUnnamed(loginServer(), image.repository(), platformDigests());
            }
        } catch (AzureException e) {
            return left(context, unreached(e).orElseThrow(() -> e));
        }
        digest.ifPresent(context::reverted);
        platforms.forEach(context::reverted);
        context.reverted(imported);
        context.establish(CloudFacts.gone(imported.subject()), imported.subject());
        return deleted
                ? new Result(Outcome.DELETED, Text.of("setup.undo.deleted"))
                : new Result(Outcome.CHECKED, Text.of("setup.undo.wasGone"));
    }

    private Set<String> platformDigests() {
        return platforms.stream()
                .map(Change::subject)
                .map(subject -> subject.substring(subject.indexOf('@') + 1))
                .collect(Collectors.toSet());
    }

    private Result left(StepContext context, Text why) {
        context.establish(CloudFacts.gone(imported.subject()), imported.subject());
        return new Result(Outcome.SKIPPED, why);
    }
}
