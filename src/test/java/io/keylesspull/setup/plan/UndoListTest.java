package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Texts;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UndoListTest {

    @ParameterizedTest
    @EnumSource
    void eachChoiceHasAText(UndoChoice.What what) {
        UndoList.Option option = new UndoList.Option(new UndoChoice("web-01", what), List.of("docker.io"));

        for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            assertThat(new Texts(language).render(option.what())).contains("web-01");
            assertThat(new Texts(language).render(option.what()).contains("docker.io"))
                    .as("what the run changed, or that the machine runs")
                    .isEqualTo(what != UndoChoice.What.POWER);
        }
    }
}
