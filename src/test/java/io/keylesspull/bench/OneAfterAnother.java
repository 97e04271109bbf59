package io.keylesspull.bench;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.Step;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The same steps, each made to wait for the one before it. In the tutorial's order the machine is made and software is
 * put on it before the identity gets its role (Microsoft Learn, "Use an Azure managed identity to authenticate to an
 * Azure container registry"); what that page does not do by itself stands where its facts allow.
 */
final class OneAfterAnother {

    private static final List<String> TUTORIAL = List.of(
            "providers",
            "resource-group",
            "registry",
            "image",
            "identity",
            "ssh-key",
            "network",
            "machine",
            "attach-identity",
            "host-keys",
            "connect",
            "operating-system",
            "docker",
            "docker-config",
            "azure-cli",
            "role",
            "sign-in",
            "registry-login",
            "pull",
            "proof",
            "credential-helper",
            "pull-again");

    private OneAfterAnother() {}

    static Plan inTheTutorialsOrder(Plan plan) {
        List<Step> steps = new ArrayList<>(plan.steps());
        steps.sort(Comparator.comparingInt(step -> place(step.id())));
        List<Step> chained = new ArrayList<>();
        Set<Fact<?>> after = Set.of();
        for (Step step : steps) {
            Fact<String> done = Fact.wordForAll("DONE_" + chained.size());
            chained.add(new Chained(step, after, done));
            after = Set.of(done);
        }
        return Plan.of(Purpose.SETUP, chained);
    }

    private static int place(StepId id) {
        int place = TUTORIAL.indexOf(id.name());
        if (place < 0) {
            throw new IllegalStateException("the tutorial's order does not say where " + id + " stands");
        }
        return place;
    }

    /** A step that also needs that another one is done. */
    private record Chained(Step step, Set<Fact<?>> after, Fact<String> done) implements Step {

        @Override
        public StepId id() {
            return step.id();
        }

        @Override
        public Text title() {
            return step.title();
        }

        @Override
        public Set<Fact<?>> needs() {
            Set<Fact<?>> needs = new HashSet<>(step.needs());
            needs.addAll(after);
            return needs;
        }

        @Override
        public Set<Fact<?>> establishes() {
            Set<Fact<?>> establishes = new HashSet<>(step.establishes());
            establishes.add(done);
            return establishes;
        }

        @Override
        public Result run(StepContext context) throws Failure, InterruptedException {
            Result result = step.run(context);
            context.establish(done, "done");
            return result;
        }
    }
}
