package io.keylesspull.ui;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import io.keylesspull.azure.DeviceCode;
import io.keylesspull.setup.Session;
import io.keylesspull.setup.Sessions;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.run.Screenshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class WizardWalkTest {

    private static final Time AT_ONCE = new Time() {
        @Override
        public Instant now() {
            return Instant.parse("2026-03-04T10:32:24Z");
        }

        @Override
        public void sleep(Duration duration) {
            // Nobody waits in this test.
        }
    };

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final Sessions sessions = new Sessions() {
        @Override
        public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) {
            return new FakeSession(false);
        }

        @Override
        public Session practice() {
            return new FakeSession(true);
        }
    };
    private Stage stage;

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            WaitForAsyncUtils.asyncFx(stage::close).get();
        }
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    private void open(Locale locale, Theme theme, int width, int height) throws Exception {
        FxToolkit.registerPrimaryStage();
        WaitForAsyncUtils.asyncFx(() -> {
            WizardWindow window = new WizardWindow(new WizardWindow.Surroundings(new Texts(locale), sessions,
                    background, AT_ONCE, new Random(7), uri -> { }, request -> List.of()), false);
            window.scene().setUserAgentStylesheet(theme.getUserAgentStylesheet());
            stage = new Stage();
            stage.setWidth(width);
            stage.setHeight(height);
            window.show(stage);
        }).get();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private <T> T find(String selector, Class<T> type) {
        return type.cast(stage.getScene().lookup(selector));
    }

    private String title() throws Exception {
        return WaitForAsyncUtils.asyncFx(() -> find("#page-title", Labeled.class).getText()).get();
    }

    private void press(String selector) throws Exception {
        until(() -> find(selector, Button.class) != null && !find(selector, Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> find(selector, Button.class).fire()).get();
    }

    /** Presses Next only, and keeps a picture of each page. */
    private void walk(Texts texts, String kind) throws Exception {
        for (WizardStep step : WizardStep.values()) {
            until(() -> find("#page-title", Labeled.class).getText().equals(texts.render("ui.title." + step)));
            until(() -> !find("#next", Button.class).isDisabled());
            Screenshot.of(stage.getScene(), "wizard-" + (step.ordinal() + 1) + "-"
                    + step.name().toLowerCase(Locale.ROOT) + kind + ".png");
            if (step != WizardStep.DONE) {
                press("#next");
            }
        }
    }

    @Test
    void inPracticeNextAloneLeadsFromTheFirstPageToDone() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 1000, 700);
        walk(new Texts(Locale.ENGLISH), "");
        assertThat(title()).isEqualTo("Done");
        press("#another");
        assertThat(title()).isEqualTo("Registry and image");
    }

    @Test
    void theSameWalkInTheSmallestDarkWindow() throws Exception {
        open(Locale.ENGLISH, new PrimerDark(), 900, 600);
        walk(new Texts(Locale.ENGLISH), "-dark-small");
        assertThat(title()).isEqualTo("Done");
    }
}
