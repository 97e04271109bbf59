package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import java.util.Locale;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.RadioButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.util.WaitForAsyncUtils;

/** Alt and a letter, in both languages the same one. */
class AltKeysInWizardTest extends WizardInWindow {

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void altAndALetterGoOnLeadIntoAFieldAndTick(String language) throws Exception {
        open(Locale.forLanguageTag(language), new PrimerLight(), 900, 600);
        until(() -> !stage.getScene().lookup("#next").isDisabled());
        alt(KeyCode.N);
        until(() -> stage.getScene().lookup("#registry-name") != null
                && !stage.getScene().lookup("#next").isDisabled());
        alt(KeyCode.G);
        assertThat(focused().getId()).as("the resource group").isEqualTo("group");
        alt(KeyCode.A);
        assertThat(focused().getId()).as("from a field that text is typed into").isEqualTo("registry-name");
        alt(KeyCode.R);
        assertThat(focused())
                .as("of the choice, what is chosen")
                .isInstanceOfSatisfying(
                        RadioButton.class,
                        radio -> assertThat(radio.isSelected()).isTrue());
        alt(KeyCode.N);
        until(() -> stage.getScene().lookup("#target-fleet") != null);
        assertThat(find("#target-fleet", CheckBox.class).isSelected()).isFalse();
        alt(KeyCode.S);
        assertThat(find("#target-fleet", CheckBox.class).isSelected()).isTrue();
        alt(KeyCode.A);
        Node first = focused();
        alt(KeyCode.A);
        assertThat(focused()).as("the other one with these words").isNotEqualTo(first);
        alt(KeyCode.B);
        until(() -> stage.getScene().lookup("#registry-name") != null);
    }

    private Node focused() throws Exception {
        return WaitForAsyncUtils.asyncFx(() -> stage.getScene().getFocusOwner()).get();
    }

    private void alt(KeyCode code) throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.asyncFx(() -> Event.fireEvent(
                        stage.getScene().getFocusOwner(),
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED,
                                "",
                                code.getChar().toLowerCase(Locale.ROOT),
                                code,
                                false,
                                false,
                                true,
                                false)))
                .get();
    }
}
