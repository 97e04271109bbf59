package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class WindowPlaceTest {

    private static final Rectangle2D LAPTOP = new Rectangle2D(0, 0, 1366, 728);
    private static final Rectangle2D ABOVE = new Rectangle2D(0, -1080, 1920, 1080);

    @Test
    void whatIsWrittenIsReadAndNothingElse() {
        WindowPlace place = new WindowPlace(new Rectangle2D(-20, -900, 1000, 700), true);
        assertThat(place.written()).isEqualTo("-20 -900 1000 700 max");
        assertThat(WindowPlace.read(place.written())).contains(place);
        assertThat(WindowPlace.read("")).isEmpty();
        assertThat(WindowPlace.read("0 0 NaN 700")).isEmpty();
    }

    @Test
    void aScreenThatIsGoneTakesThePlaceWithIt() {
        WindowPlace onSecond = new WindowPlace(new Rectangle2D(100, -1000, 1000, 700), false);
        assertThat(onSecond.on(List.of(LAPTOP, ABOVE))).contains(onSecond);
        assertThat(onSecond.on(List.of(LAPTOP))).isEmpty();
    }

    @Test
    void aWindowIsNotLargerThanItsScreen() {
        WindowPlace large = new WindowPlace(new Rectangle2D(0, 0, 1900, 1000), false);
        assertThat(large.on(List.of(LAPTOP)).orElseThrow().bounds()).isEqualTo(new Rectangle2D(0, 0, 1366, 728));
    }
}
