package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.settings.Look;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.testfx.util.WaitForAsyncUtils;

/** The settings, and what they do to the window at once. */
class SettingsInWizardTest extends WizardInWindow {

    private void openSettings() throws Exception {
        press("#settings");
        until(() -> stage.getScene().lookup("#settings-save") != null);
    }

    @Test
    void aLanguageIsSpokenAtOnceAndBothWays() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        press("#next");
        until(() -> title().equals("Registry and image"));
        openSettings();
        assertThat(title()).isEqualTo("Settings");

        choose("日本語");
        until(() -> title().equals("設定"));
        assertThat(Words.of(find("#back", Button.class))).isEqualTo("戻る");
        assertThat(find("#practice-label", Labeled.class).getText())
                .isEqualTo(new Texts(Locale.JAPANESE).render("ui.practice.label"));
        assertThat(kept.get()).containsEntry("language", "JAPANESE");
        press("#back");
        until(() -> title().equals(new Texts(Locale.JAPANESE).render("ui.title.REGISTRY")));
        assertThat(shows(new Texts(Locale.JAPANESE).render("ui.registry"))).isTrue();

        openSettings();
        choose("English");
        until(() -> title().equals("Settings"));
        press("#back");
        until(() -> title().equals("Registry and image"));
    }

    @Test
    void whatIsEnteredOutlivesAChangeOfLanguage() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        press("#next");
        until(() -> title().equals("Registry and image"));
        until(() -> stage.getScene().lookup("#registry-name") != null);
        type("#registry-name", "megansregistry");
        openSettings();
        choose("日本語");
        press("#back");
        until(() -> stage.getScene().lookup("#registry-name") != null);
        assertThat(find("#registry-name", javafx.scene.control.TextField.class).getText())
                .isEqualTo("megansregistry");
    }

    @Test
    void coloursAndSizeOfTextChangeAtOnceAndAreKnownTheNextTime() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        openSettings();

        choose("High contrast");
        assertThat(stage.getScene().getStylesheets().get(0)).contains("contrast");
        assertThat(Application.getUserAgentStylesheet()).contains("dark");
        choose("200\u00a0%");
        until(() -> ((Label) stage.getScene().lookup(".field-label")).getFont().getSize() == 28);

        assertThat(kept.get()).containsEntry("look", "HIGH_CONTRAST").containsEntry("text.size", "200");
        WaitForAsyncUtils.asyncFx(stage::close).get();
        known = kept.get();
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        assertThat(stage.getScene().getStylesheets().get(0)).contains("contrast");
    }

    @Test
    void theNetworkIsSavedOnlyWhenSomethingIsEntered() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        openSettings();
        assertThat(find("#settings-save", Button.class).isDisabled()).isTrue();
        type("#settings-proxy", "http://proxy.contoso.com:8080");
        press("#settings-save");
        until(() -> shows("Saved. It holds from the next start on."));
        assertThat(find("#settings-save", Button.class).isDisabled()).isTrue();
        WaitForAsyncUtils.asyncFx(() -> find("#settings-notify", CheckBox.class).fire())
                .get();
        assertThat(kept.get()).containsEntry("notifications", "false");
    }

    @Test
    void diagnosticsAreShownBeforeTheyAreSaved() throws Exception {
        open(Locale.JAPANESE, new PrimerLight(), 900, 600);
        openSettings();
        assertThat(stage.getScene().lookup("#diagnostics-save")).isNull();
        press("#diagnostics");
        until(() -> stage.getScene().lookup("#diagnostics-text") != null);
        assertThat(find("#diagnostics-text", TextArea.class).getText()).contains("Java 17.0.12");
        assertThat(shows("Keyless Pull 1.0.0")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"en", "ja"})
    void theTourStandsInNobodysWayAndCanBeTakenAgain(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        open(texts.locale(), new PrimerLight(), 900, 600);
        press("#tour-offer");
        for (int step = 1; step <= 4; step++) {
            assertThat(shows(texts.render("ui.tour." + step + ".title"))).isTrue();
            picture("tour-" + language + "-" + step);
            press("#tour-next");
        }
        assertThat(shows(texts.render("ui.tour.1.title"))).isTrue();
        press("#next");
        until(() -> title().equals(texts.render("ui.title.REGISTRY")));
        assertThat(seen(stage.getScene().lookup("#tour"))).isTrue();
        press("#tour-close");
        assertThat(seen(stage.getScene().lookup("#tour"))).isFalse();
    }

    @Test
    void theShortcutOpensThemOnce() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 900, 600);
        for (int times = 0; times < 2; times++) {
            WaitForAsyncUtils.asyncFx(() -> stage.getScene().getAccelerators().entrySet().stream()
                            .filter(each -> each.getKey()
                                    .match(new KeyEvent(
                                            KeyEvent.KEY_PRESSED, ",", ",", KeyCode.COMMA, false, true, false, false)))
                            .findFirst()
                            .orElseThrow()
                            .getValue()
                            .run())
                    .get();
        }
        assertThat(title()).isEqualTo("Settings");
        press("#back");
        assertThat(title()).isEqualTo("How do you want to start?");
    }

    static Stream<Arguments> looks() {
        return Stream.of("en", "ja")
                .flatMap(language -> Stream.of(Look.LIGHT, Look.DARK, Look.HIGH_CONTRAST)
                        .flatMap(look -> Stream.of(100, 200).map(size -> Arguments.of(language, look, size))));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void everyTextOfThePageFits(String language, Look look, int size) throws Exception {
        known = Map.of("look", look.toString(), "text.size", String.valueOf(size));
        open(Locale.forLanguageTag(language), new PrimerLight(), 900, 600);
        openSettings();
        picture("settings-" + language + "-" + look + "-" + size);
        assertThat(WaitForAsyncUtils.asyncFx(() -> stage.getScene().lookup(".settings").lookupAll(".text").stream()
                                .filter(Text.class::isInstance)
                                .map(Text.class::cast)
                                .filter(text -> text.getText().endsWith("…")
                                        || text.getText().endsWith("..."))
                                .map(Text::getText)
                                .toList())
                        .get())
                .isSubsetOf(new Texts(Locale.forLanguageTag(language)).render("ui.pick"));
    }
}
