package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.text.Text;
import java.util.Set;

/** The sample image that the run copied into a registry that was there before, deleted again. */
public final class DeleteImageStep extends AzureStep {

    private final Change imported;

    public DeleteImageStep(Change imported, AzureSubscription azure) {
        super(
                StepId.shared("delete-image"),
                Text.of("setup.step.deleteImage", imported.subject()),
                Text.of("setup.subject.image", imported.subject()),
                Set.of(),
                Set.of(CloudFacts.gone(imported.subject())),
                azure);
        this.imported = imported;
    }

    @Override
    public Preview preview(Known known) {
        return Preview.delete(words(imported.subject()));
    }

    /** The image that a run copied. @param image {@code loginServer/repository:tag} */
    public static Text words(String image) {
        return Text.of("setup.undo.importedImage", image);
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure) throws AzureException, InterruptedException {
        int slash = imported.subject().indexOf('/');
        ImageName image =
                ImageName.parse(imported.subject().substring(slash + 1)).orElseThrow();
        boolean deleted =
                azure.images().delete(imported.subject().substring(0, slash), image.repository(), image.tag());
        context.reverted(imported);
        context.establish(CloudFacts.gone(imported.subject()), imported.subject());
        return deleted
                ? new Result(Outcome.DELETED, Text.of("setup.undo.deleted"))
                : new Result(Outcome.CHECKED, Text.of("setup.undo.wasGone"));
    }
}
