package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class RunMannersTest {

    private final List<String> seen = new ArrayList<>();
    private final ObjectProperty<RunResult> result = new SimpleObjectProperty<>();
    private boolean tells = true;
    private final RunManners manners = new RunManners(
            new Texts(Locale.ENGLISH),
            new Desktop() {
                @Override
                public void say(String title, String text) {
                    seen.add(text);
                }

                @Override
                public Runnable stayAwake() {
                    seen.add("awake");
                    return () -> seen.add("asleep");
                }
            },
            () -> tells,
            () -> Purpose.SETUP);

    @Test
    void theComputerIsAwakeUntilTheEndWhichIsSaid() {
        manners.watch(result);
        manners.watch(result);
        result.set(RunResult.FAILED);
        result.set(null);
        result.set(RunResult.SUCCEEDED);
        manners.close();

        Texts texts = new Texts(Locale.ENGLISH);
        assertThat(seen)
                .containsExactly(
                        "awake",
                        "asleep",
                        texts.render("ui.run.result.FAILED"),
                        "awake",
                        "asleep",
                        texts.render("ui.run.result.SUCCEEDED"));
    }

    @Test
    void nothingIsSaidToSomebodyWhoLooksOrDoesNotWantIt() {
        tells = false;
        manners.watch(result);
        result.set(RunResult.SUCCEEDED);
        assertThat(seen).containsExactly("awake", "asleep");
    }

    @Test
    void aWindowThatIsClosedLetsTheComputerSleep() {
        manners.watch(result);
        manners.close();
        result.set(RunResult.CANCELLED);
        assertThat(seen).containsExactly("awake", "asleep");
    }
}
