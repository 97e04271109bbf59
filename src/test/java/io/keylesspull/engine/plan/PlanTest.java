package io.keylesspull.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.StepId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Fact<String> REGISTRY = TestStep.fact("REGISTRY");
    private static final Fact<String> PRINCIPAL = TestStep.fact("PRINCIPAL");
    private static final Fact<String> ROLE = TestStep.fact("ROLE");

    @Test
    void theOrderFollowsFromFactsWhateverTheOrderOfTheSteps() {
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        step("role", Set.of(REGISTRY, PRINCIPAL), ROLE),
                        step("registry", Set.of(), REGISTRY),
                        step("identity", Set.of(), PRINCIPAL)));

        assertThat(plan.steps()).extracting(step -> step.id().name()).endsWith("role");
        assertThat(plan.after(StepId.shared("role")))
                .containsExactlyInAnyOrder(StepId.shared("registry"), StepId.shared("identity"));
    }

    @Test
    void aMachinesStepPrefersItsOwnMachinesFactToTheSharedOne() {
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        step("identity", Set.of(), PRINCIPAL),
                        TestStep.on("a", "own-identity", Set.of(), PRINCIPAL, context -> {}),
                        TestStep.on("a", "role", Set.of(PRINCIPAL), ROLE, context -> {}),
                        TestStep.on("b", "role", Set.of(PRINCIPAL), ROLE, context -> {})));

        assertThat(plan.after(StepId.on("a", "role"))).containsExactly(StepId.on("a", "own-identity"));
        assertThat(plan.after(StepId.on("b", "role"))).containsExactly(StepId.shared("identity"));
    }

    @Test
    void aNeedThatNobodyProvidesIsRefused() {
        assertThatThrownBy(() -> Plan.of(Purpose.SETUP, List.of(step("role", Set.of(REGISTRY), ROLE))))
                .isInstanceOf(PlanRefused.class)
                .hasMessage("role needs REGISTRY, which no step establishes");
    }

    @Test
    void anotherMachinesFactIsNoProvider() {
        assertThatThrownBy(() -> Plan.of(
                        Purpose.SETUP,
                        List.of(
                                TestStep.on("a", "identity", Set.of(), PRINCIPAL, context -> {}),
                                TestStep.on("b", "role", Set.of(PRINCIPAL), ROLE, context -> {}))))
                .isInstanceOf(PlanRefused.class)
                .hasMessageContaining("role@b needs PRINCIPAL");
    }

    @Test
    void aCycleIsRefused() {
        assertThatThrownBy(() -> Plan.of(
                        Purpose.SETUP,
                        List.of(step("hen", Set.of(PRINCIPAL), REGISTRY), step("egg", Set.of(REGISTRY), PRINCIPAL))))
                .isInstanceOf(PlanRefused.class)
                .hasMessageContaining("wait for each other");
    }

    @Test
    void oneFactFromTwoStepsIsRefused() {
        assertThatThrownBy(() -> Plan.of(
                        Purpose.SETUP, List.of(step("one", Set.of(), REGISTRY), step("two", Set.of(), REGISTRY))))
                .isInstanceOf(PlanRefused.class)
                .hasMessage("both one and two establish REGISTRY");
    }

    @Test
    void aFactForAllThatAMachinesStepEstablishesIsSeenBySharedStepsAndOtherMachines() {
        Fact<String> gone = Fact.wordForAll("GONE");

        Plan plan = Plan.of(
                Purpose.UNDO,
                List.of(
                        step("group", Set.of(gone), REGISTRY),
                        TestStep.on("other", "nic", Set.of(gone), PRINCIPAL, context -> {}),
                        TestStep.on("vm", "delete", Set.of(), gone, context -> {})));

        assertThat(plan.steps()).first().extracting(Step::id).isEqualTo(StepId.on("vm", "delete"));
    }

    @Test
    void twoStepsOfOneNameAreRefused() {
        assertThatThrownBy(() -> Plan.of(
                        Purpose.SETUP, List.of(step("one", Set.of(), REGISTRY), step("one", Set.of(), PRINCIPAL))))
                .isInstanceOf(PlanRefused.class)
                .hasMessage("two steps are called one");
    }

    private static TestStep step(String name, Set<Fact<?>> needs, Fact<String> establishes) {
        return TestStep.shared(name, needs, establishes, context -> {});
    }
}
