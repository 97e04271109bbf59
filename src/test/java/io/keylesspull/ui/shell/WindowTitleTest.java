package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;

class WindowTitleTest {

    private final List<String> titles = new ArrayList<>();
    private final BooleanProperty focused = new SimpleBooleanProperty();
    private final ObjectProperty<RunResult> result = new SimpleObjectProperty<>();
    private final DoubleProperty progress = new SimpleDoubleProperty();
    private final WindowTitle title = new WindowTitle(new Texts(Locale.ENGLISH), titles::add, focused);

    @Test
    void aRunIsToldByItsPercentAndItsEndUntilSomebodyLooks() {
        title.watch(result, progress);
        progress.set(0.129);
        result.set(RunResult.FAILED);
        focused.set(true);
        focused.set(false);
        assertThat(titles)
                .containsExactly(
                        "Keyless Pull",
                        "0 % – Keyless Pull",
                        "12 % – Keyless Pull",
                        "Failed – Keyless Pull",
                        "Keyless Pull",
                        "Keyless Pull");
    }

    @Test
    void whoLooksWhenARunEndsSeesThePlainTitle() {
        focused.set(true);
        title.watch(result, progress);
        result.set(RunResult.SUCCEEDED);
        assertThat(titles).endsWith("0 % – Keyless Pull", "Keyless Pull");
    }

    @Test
    void ofAnEarlierRunNothingIsToldAnyMore() {
        title.watch(result, progress);
        result.set(RunResult.CANCELLED);
        title.watch(new SimpleObjectProperty<>(RunResult.SUCCEEDED), new SimpleDoubleProperty(1));
        titles.clear();
        progress.set(0.5);
        result.set(null);
        assertThat(titles).isEmpty();
    }
}
