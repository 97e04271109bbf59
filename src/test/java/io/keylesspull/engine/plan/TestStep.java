package io.keylesspull.engine.plan;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import java.util.Optional;
import java.util.Set;

/** A step made of a few facts and an act. */
public final class TestStep implements Step {

    /** What a step does before it has established what it promised. */
    @FunctionalInterface
    public interface Act {
        void run(StepContext context) throws Failure, InterruptedException;
    }

    private final StepId id;
    private final Set<Fact<?>> needs;
    private final Set<Fact<?>> establishes;
    private final Act act;

    private TestStep(StepId id, Set<Fact<?>> needs, Set<Fact<?>> establishes, Act act) {
        this.id = id;
        this.needs = needs;
        this.establishes = establishes;
        this.act = act;
    }

    public static Fact<String> fact(String name) {
        return Fact.word(name);
    }

    public static TestStep shared(String name, Set<Fact<?>> needs, Fact<String> establishes, Act act) {
        return new TestStep(StepId.shared(name), needs, Set.of(establishes), act);
    }

    public static TestStep on(String machine, String name, Set<Fact<?>> needs, Fact<String> establishes, Act act) {
        return new TestStep(new StepId(name, Optional.of(machine)), needs, Set.of(establishes), act);
    }

    @Override
    public StepId id() {
        return id;
    }

    @Override
    public Text title() {
        return Text.of("engine.doneBefore");
    }

    @Override
    public Set<Fact<?>> needs() {
        return needs;
    }

    @Override
    public Set<Fact<?>> establishes() {
        return establishes;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Result run(StepContext context) throws Failure, InterruptedException {
        act.run(context);
        establishes.forEach(fact -> context.establish((Fact<String>) fact, id.toString()));
        return new Result(Outcome.CHECKED, Text.of("engine.doneBefore"));
    }
}
