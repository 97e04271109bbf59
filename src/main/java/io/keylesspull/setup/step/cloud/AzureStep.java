package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.text.Text;
import java.util.Set;

/** A step that works on one thing in Azure: what Azure refuses is told with that thing's name. */
public abstract class AzureStep extends SetupStep {

    private final Text subject;
    private final AzureSubscription azure;

    /** @param subject what is being worked on, as a problem names it */
    public AzureStep(StepId id, Text title, Text subject, Set<Fact<?>> needs, Set<Fact<?>> establishes,
              AzureSubscription azure) {
        super(id, title, needs, establishes);
        this.subject = subject;
        this.azure = azure;
    }

    @Override
    public final Result run(StepContext context) throws Failure, InterruptedException {
        try {
            return ensure(context, azure.telling(waiting ->
                    context.waiting(waiting.reason(), waiting.attempt(), waiting.next(), waiting.left())));
        } catch (AzureException e) {
            throw AzureFailures.failure(subject, e);
        }
    }

    /** @param azure tells the run of each request that has to be sent again */
    protected abstract Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException;

    /** Tells the run of each resource before it is made. */
    static ResourceListener telling(StepContext context) {
        return new ResourceListener() {
            @Override
            public void creating(String resourceId) {
                context.creating(resourceId);
            }

            @Override
            public void created(String resourceId) {
                context.created(resourceId);
            }
        };
    }
}
