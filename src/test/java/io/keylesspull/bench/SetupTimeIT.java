package io.keylesspull.bench;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a setup takes, beside the same steps one after another, and beside the longest chain of them. */
class SetupTimeIT {

    /** What the wizard does where somebody only presses “Next”: everything is made. */
    static final String NEW = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM", "allowSshFrom": "203.0.113.24/32"}],
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """;

    private static final int TIMES = 3;

    @TempDir
    private Path folder;

    @Test
    void aSetupTakesMuchLessThanItsStepsOneAfterAnother() throws Exception {
        // Loading classes takes long where nobody looks at the clock.
        run(UnaryOperator.identity());
        List<Timeline> planned = new ArrayList<>();
        List<Timeline> sequence = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            planned.add(run(UnaryOperator.identity()));
            sequence.add(run(OneAfterAnother::inTheTutorialsOrder));
        }
        Samples ours = totals("our plan", planned);
        Samples tutorial = totals("the same steps one after another, in the tutorial's order", sequence);
        Map<StepId, Duration> atBest = new HashMap<>();
        Stream.concat(planned.stream(), sequence.stream())
                .forEach(one -> one.steps()
                        .forEach((step, took) -> atBest.merge(step, took, (a, b) -> a.compareTo(b) < 0 ? a : b)));
        Timeline last = planned.get(TIMES - 1);
        Timeline.Chain chain = last.longestChain(atBest);
        Samples bound = Samples.one("longest chain of steps, each as fast as it ever was", "s", seconds(chain.takes()));
        Report.add(new Section(1, "Setup time against the tutorial's order")
                .note("One new machine, a new registry with the sample image, a new identity. Seconds on the practice "
                        + "cloud's clock, where everything takes as long as in Azure. Each step's own figures below "
                        + "are what that cloud took for it: those of the sequence are the latencies it publishes "
                        + "(`io.keylesspull.practice.clock.Pace`), as they are met by somebody who does one thing at a "
                        + "time.")
                .note("In the sequence the role is given when the machine is ready for it, and the login then "
                        + "waits until "
                        + "it has effect; our plan gives it while the machine is being made.")
                .note("The longest chain: "
                        + chain.steps().stream().map(StepId::name).collect(Collectors.joining(" → ")) + ".")
                .ratio(Ratio.atMost(
                        "our plan ÷ the tutorial's order, one machine", 0.6, ours.median() / tutorial.median()))
                .ratio(Ratio.atLeast("longest chain ÷ our plan", 0.95, bound.median() / ours.median()))
                .measured(ours)
                .measured(tutorial)
                .measured(bound)
                .table(steps(last, sequence.get(TIMES - 1))));
    }

    private Timeline run(UnaryOperator<Plan> planned) throws Exception {
        try (PracticeWorld world = new PracticeWorld(Files.createTempDirectory(folder, "world"))) {
            return world.run(NEW, planned);
        }
    }

    private static Samples totals(String what, List<Timeline> runs) {
        return new Samples(
                what, "s", runs.stream().map(run -> seconds(run.total())).toList());
    }

    private static Section.Table steps(Timeline planned, Timeline sequence) {
        return new Section.Table(
                "Seconds for each step",
                List.of("step", "in our plan", "one after another"),
                sequence.steps().entrySet().stream()
                        .map(step -> List.of(
                                step.getKey().name(),
                                Report.number(seconds(planned.steps().get(step.getKey()))),
                                Report.number(seconds(step.getValue()))))
                        .toList());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
