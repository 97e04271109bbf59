package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/**
 * A step that owns its whole story: what it would do, what has to hold before, what it does, and what a person would
 * type instead. How its changes are undone stands in its class too: for resources in Azure that they bear the run's
 * mark and are deleted, for changes on a machine the command that takes each of them back.
 */
public abstract class SetupStep implements Step {

    private final StepId id;
    private final Text title;
    private final Set<Fact<?>> needs;
    private final Set<Fact<?>> establishes;

    protected SetupStep(StepId id, Text title, Set<Fact<?>> needs, Set<Fact<?>> establishes) {
        this.id = id;
        this.title = title;
        this.needs = needs;
        this.establishes = establishes;
    }

    @Override
    public final StepId id() {
        return id;
    }

    @Override
    public final Text title() {
        return title;
    }

    @Override
    public final Set<Fact<?>> needs() {
        return needs;
    }

    @Override
    public final Set<Fact<?>> establishes() {
        return establishes;
    }

    /**
     * What running the step would do, by what is there now. Reads from Azure if it has to; changes nothing. Passes on
     * the facts that hold already.
     *
     * @param known what the steps before have found
     * @throws AzureException if Azure refuses to be read
     */
    public abstract Preview preview(Known known) throws AzureException, InterruptedException;

    /**
     * What has to hold for the step to succeed.
     *
     * @param known what {@link #preview} of this step and of all others has found
     */
    public List<Preflight> checks(Known known) {
        return List.of();
    }

    /**
     * What a person would type instead; nothing if the commands of other steps do it along with theirs.
     *
     * @param known what was found there, if Azure was asked
     */
    public void byHand(Script script, Known known) {}
}
