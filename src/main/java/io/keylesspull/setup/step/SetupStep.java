package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;

/**
 * A step in one class: what it would do, what must hold before, what it does, what a person would type instead, and how
 * it is undone. Resources in Azure get the run's mark, and undo deletes them. For each kind of change on a machine, the
 * step's class has a method that undoes it.
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
     * What running the step would do in the present state. Reads from Azure if necessary; changes nothing. Adds the
     * facts that are known already.
     *
     * @param known what the steps before have found
     * @throws AzureException if Azure refuses to be read
     */
    public abstract Preview preview(Known known) throws AzureException, InterruptedException;

    /**
     * The same, thing by thing, for a step that makes several.
     *
     * @param known as for {@link #preview}
     * @throws AzureException if Azure refuses to be read
     */
    public List<Preview> previews(Known known) throws AzureException, InterruptedException {
        return List.of(preview(known));
    }

    /**
     * The conditions for the step to succeed.
     *
     * @param known what {@link #preview} of this step and of all others has found
     */
    public List<Preflight> checks(Known known) {
        return List.of();
    }

    /**
     * What {@link #probe} wants to know of the step's machine. The questions of all steps are asked at once.
     *
     * @param known what {@link #preview} of this step and of all others has found
     */
    public List<MachineQuestion> questions(Known known) {
        return List.of();
    }

    /**
     * Checks that take longer, for those who ask for the checks alone. They change nothing.
     *
     * @param known what {@link #preview} of this step and of all others has found
     * @param answers of the step's machine to {@link #questions}; none if it does not run
     */
    public List<Check> probe(Known known, MachineAnswers answers) throws InterruptedException {
        return List.of();
    }

    /**
     * What a person would type instead; nothing if other steps' commands do this step's work too.
     *
     * @param known what was found, if Azure was asked
     */
    public void byHand(Script script, Known known) {}

    /**
     * What the step makes or uses, for a description that Azure or Terraform carries out; and in notes what such a
     * description cannot do.
     *
     * @param known what was found, if Azure was asked
     */
    public void template(Template template, Known known) {}
}
