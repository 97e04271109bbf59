package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.NoRuns;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.component.Screenshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Labeled;
import javafx.scene.control.PasswordField;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Private keys with a passphrase, on the way to the page Review. */
@Timeout(120)
class PassphraseInWizardTest {

    private static final Path KEY = Path.of("/home/ops/.ssh/id_ed25519");
    private static final Path OTHER = Path.of("/home/ops/.ssh/jump");

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final List<Path> unlocked = new CopyOnWriteArrayList<>();
    private final List<Path> reviewedWith = new CopyOnWriteArrayList<>();
    private final CountDownLatch looksAtKeys = new CountDownLatch(1);
    private volatile CountDownLatch keysAreSeen = new CountDownLatch(0);
    private final Session session = new FakeSession(true) {
        @Override
        public List<Path> lockedKeys(SetupRequest request) {
            looksAtKeys.countDown();
            awaitKeysSeen();
            List<Path> locked = new ArrayList<>(List.of(KEY, OTHER));
            locked.removeAll(unlocked);
            return locked;
        }

        @Override
        public boolean unlock(Path key, char[] passphrase) {
            boolean right = new String(passphrase).equals("open sesame");
            if (right) {
                unlocked.add(key);
            }
            return right;
        }

        @Override
        public Review review(SetupRequest request) {
            reviewedWith.addAll(unlocked);
            return super.review(request);
        }
    };
    private Stage stage;

    /** As one file after another is read: an interrupt does not end it. */
    private void awaitKeysSeen() {
        boolean interrupted = false;
        while (true) {
            try {
                keysAreSeen.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.asyncFx(stage::close).get();
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void itIsAskedForUntilItIsRightAndMayBeLeftOut(String language) throws Exception {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        openReview(texts);

        answer("wrong");
        until(() -> dialog().isPresent() && shown().contains(texts.render("ui.passphrase.wrong")));
        assertThat(shown()).contains(texts.render("ui.passphrase.text", KEY.toString()));
        Screenshot.of(dialog().orElseThrow().getScene(), "passphrase-" + language + ".png");
        answer("open sesame");
        until(() -> dialog().isPresent() && shown().contains(texts.render("ui.passphrase.text", OTHER.toString())));
        assertThat(reviewedWith).isEmpty();
        press(texts.render("ui.passphrase.without"));

        until(() -> !button("#next").isDisabled());
        assertThat(reviewedWith).containsExactly(KEY);
    }

    @Test
    void afterAllAreUnlockedNothingIsAsked() throws Exception {
        unlocked.addAll(List.of(KEY, OTHER));
        openReview(new Texts(Locale.ENGLISH));

        until(() -> !button("#next").isDisabled());
        assertThat(WaitForAsyncUtils.asyncFx(PassphraseInWizardTest::dialog).get())
                .isEmpty();
    }

    @Test
    void whoLeavesThePageBeforeIsNotAsked() throws Exception {
        keysAreSeen = new CountDownLatch(1);
        openReview(new Texts(Locale.ENGLISH));
        assertThat(looksAtKeys.await(20, TimeUnit.SECONDS)).isTrue();
        WaitForAsyncUtils.asyncFx(() -> button("#back").fire()).get();

        keysAreSeen.countDown();
        background.shutdown();
        assertThat(background.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        assertThat(WaitForAsyncUtils.asyncFx(PassphraseInWizardTest::dialog).get())
                .isEmpty();
        assertThat(reviewedWith).isEmpty();
    }

    private void openReview(Texts texts) throws Exception {
        Sessions sessions = new FakeSessions(session, new NoRuns());
        FxToolkit.registerPrimaryStage();
        WizardWindow window = WaitForAsyncUtils.asyncFx(() -> {
                    WizardWindow opened = new WizardWindow(new Dependencies(
                            texts,
                            sessions,
                            background,
                            Time.system(),
                            new Random(7),
                            uri -> {},
                            Arrangement.none(),
                            TestHost.of(false),
                            Desktop.none()));
                    opened.scene().setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
                    stage = new Stage();
                    stage.setWidth(1000);
                    stage.setHeight(700);
                    opened.show(stage);
                    return opened;
                })
                .get();
        WaitForAsyncUtils.asyncFx(window::fill).get();
        for (WizardStep step :
                List.of(WizardStep.SIGN_IN, WizardStep.REGISTRY, WizardStep.TARGETS, WizardStep.IDENTITY)) {
            until(() -> ((Labeled) stage.getScene().lookup("#page-title"))
                            .getText()
                            .equals(texts.render("ui.title." + step))
                    && !button("#next").isDisabled());
            // Not get(): the press that leads to Review returns when the dialog is closed.
            WaitForAsyncUtils.asyncFx(() -> button("#next").fire());
        }
    }

    private Button button(String selector) {
        return (Button) stage.getScene().lookup(selector);
    }

    private static Optional<DialogPane> dialog() {
        return Window.getWindows().stream()
                .map(Window::getScene)
                .filter(Objects::nonNull)
                .map(Scene::getRoot)
                .filter(DialogPane.class::isInstance)
                .map(DialogPane.class::cast)
                .findFirst();
    }

    private static List<String> shown() {
        return dialog().orElseThrow().lookupAll(".label").stream()
                .map(node -> Words.of((Labeled) node))
                .toList();
    }

    private static void answer(String passphrase) throws Exception {
        until(() -> dialog().isPresent());
        WaitForAsyncUtils.asyncFx(
                        () -> ((PasswordField) dialog().orElseThrow().lookup("#passphrase")).setText(passphrase))
                .get();
        DialogPane answered = dialog().orElseThrow();
        WaitForAsyncUtils.asyncFx(
                () -> ((Button) answered.lookupButton(answered.getButtonTypes().get(0))).fire());
        until(() -> !dialog().equals(Optional.of(answered)));
    }

    private static void press(String text) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> dialog().orElseThrow().lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(button -> text.equals(Words.of(button)))
                .findFirst()
                .orElseThrow()
                .fire());
        until(() -> dialog().isEmpty());
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }
}
