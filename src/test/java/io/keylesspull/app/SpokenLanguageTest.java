package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpokenLanguageTest {

    @Test
    void theChosenLanguageIsSpokenAndElseTheSystems() {
        assertThat(SpokenLanguage.of(Map.of("language", "JAPANESE"), Locale.US)).isEqualTo(Locale.JAPANESE);
        assertThat(SpokenLanguage.of(Map.of("language", "ENGLISH"), Locale.JAPAN))
                .isEqualTo(Locale.ENGLISH);
        assertThat(SpokenLanguage.of(Map.of("language", "SYSTEM"), Locale.JAPAN))
                .isEqualTo(Locale.JAPAN);
        assertThat(SpokenLanguage.of(Map.of("language", "Klingon"), Locale.US)).isEqualTo(Locale.US);
    }

    @Test
    void javasOptionIsFound() {
        assertThat(SpokenLanguage.option(List.of("-Xmx1g", "-Duser.language=ja")))
                .contains("-Duser.language=ja");
        assertThat(SpokenLanguage.option(List.of("-Xmx1g", "-Duser.languages=ja")))
                .isEmpty();
    }
}
