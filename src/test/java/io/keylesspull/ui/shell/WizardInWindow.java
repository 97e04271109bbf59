package io.keylesspull.ui.shell;

import static io.keylesspull.ui.shell.FakeSession.words;

import atlantafx.base.theme.Theme;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.NoRuns;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.component.Screenshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The window with the wizard over sessions that a test makes, and what a person does there. */
abstract class WizardInWindow {

    static final Time AT_ONCE = new Time() {
        @Override
        public Instant now() {
            return Instant.parse("2026-03-04T10:32:24Z");
        }

        @Override
        public void sleep(Duration duration) {
            // Nobody waits in this test.
        }
    };

    final ExecutorService background = Executors.newCachedThreadPool();
    final Sessions sessions = new Sessions() {
        @Override
        public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) {
            return azureSession;
        }

        @Override
        public Session practice(Optional<String> tenant) {
            return practiceSession;
        }

        @Override
        public void signOut() throws Failure {
            if (signOutProblem.isPresent()) {
                throw new Failure(signOutProblem.get());
            }
        }

        @Override
        public Runs runs(boolean practice) {
            return runs;
        }
    };

    /** What the window remembers from the last time. */
    Map<String, String> known = Map.of();
    /** What it keeps for the next time. */
    final AtomicReference<Map<String, String>> kept = new AtomicReference<>(Map.of());

    /** The earlier runs, in both modes. */
    Runs runs = new NoRuns();

    Optional<Problem> signOutProblem = Optional.empty();
    Session azureSession = new FakeSession(false);

    Session practiceSession = new FakeSession(true);

    Stage stage;

    @AfterEach
    void close() throws Exception {
        if (stage != null) {
            WaitForAsyncUtils.asyncFx(stage::close).get();
        }
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    void open(Locale locale, Theme theme, int width, int height) throws Exception {
        WizardWindow window = show(locale, theme, width, height);
        WaitForAsyncUtils.asyncFx(window::fill).get();
    }

    WizardWindow show(Locale locale, Theme theme, int width, int height) throws Exception {
        FxToolkit.registerPrimaryStage();
        return WaitForAsyncUtils.asyncFx(() -> {
                    WizardWindow window = new WizardWindow(new Dependencies(
                            new Texts(locale),
                            sessions,
                            background,
                            AT_ONCE,
                            new Random(7),
                            uri -> {},
                            new Arrangement(known, kept::set),
                            TestHost.of(theme.isDarkMode()),
                            Desktop.none()));
                    stage = new Stage();
                    stage.setWidth(width);
                    stage.setHeight(height);
                    window.show(stage);
                    return window;
                })
                .get();
    }

    /** What practice mode is asked to review from now on. */
    BlockingQueue<SetupRequest> reviewsAsked() {
        BlockingQueue<SetupRequest> asked = new LinkedBlockingQueue<>();
        practiceSession = new FakeSession(true) {
            @Override
            public Review review(SetupRequest request) {
                asked.add(request);
                return super.review(request);
            }
        };
        return asked;
    }

    static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    <T> T find(String selector, Class<T> type) {
        return type.cast(stage.getScene().lookup(selector));
    }

    String title() throws Exception {
        return WaitForAsyncUtils.asyncFx(
                        () -> find("#page-title", Labeled.class).getText())
                .get();
    }

    void press(String selector) throws Exception {
        until(() -> find(selector, Button.class) != null
                && !find(selector, Button.class).isDisabled());
        WaitForAsyncUtils.asyncFx(() -> find(selector, Button.class).fire()).get();
    }

    static Problem problem(String what) {
        return new Problem(words(what), words("Nothing was changed."), words("Ask an owner."), "details");
    }

    void picture(String name) throws Exception {
        Screenshot.of(stage.getScene(), "wizard-" + name + ".png");
    }

    void type(String selector, String text) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> find(selector, TextField.class).setText(text))
                .get();
    }

    void space(String selector) throws Exception {
        until(() -> stage.getScene().lookup(selector) != null);
        WaitForAsyncUtils.asyncFx(() -> key(stage.getScene().lookup(selector), KeyCode.SPACE))
                .get();
    }

    static void key(Node node, KeyCode code) {
        Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    void choose(String words) throws Exception {
        until(() -> option(words).isPresent());
        WaitForAsyncUtils.asyncFx(() -> option(words).get().fire()).get();
    }

    Optional<RadioButton> option(String words) {
        return stage.getScene().getRoot().lookupAll(".radio-button").stream()
                .map(RadioButton.class::cast)
                .filter(button -> button.getText().equals(words) && seen(button))
                .findFirst();
    }

    boolean shows(String words) {
        return Stream.of(".label", ".button")
                .flatMap(style -> stage.getScene().getRoot().lookupAll(style).stream())
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .anyMatch(label -> label.getText() != null && visible(label).contains(words) && seen(label));
    }

    /** Without the places where a long word may break, and without the mark of an access key. */
    static String visible(Labeled label) {
        return Words.of(label).replace("\u200b", "");
    }

    static boolean seen(Node node) {
        return node == null || node.isVisible() && seen(node.getParent());
    }
}
