package io.keylesspull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.plan.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneAfterAnotherTest {

    @TempDir
    private Path folder;

    /** The benchmark that needs it is not part of the plain build, where steps are added. */
    @Test
    void everyStepHasItsPlaceInTheTutorialsOrder() throws Exception {
        try (PracticeWorld world = new PracticeWorld(folder)) {
            Plan plan = world.plan(SetupTimeIT.NEW, folder.resolve("run"));
            assertThat(OneAfterAnother.inTheTutorialsOrder(plan).steps()).hasSameSizeAs(plan.steps());
        }
    }
}
