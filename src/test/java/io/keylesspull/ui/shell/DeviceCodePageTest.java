package io.keylesspull.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.practice.SetTime;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.component.Screenshot;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The window while Azure waits for a code to be entered in a browser. */
@Timeout(120)
class DeviceCodePageTest {

    private static final URI PAGE = URI.create("https://microsoft.com/devicelogin");

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final SetTime time = new SetTime(Instant.parse("2026-03-04T10:32:24Z"));
    private final CountDownLatch entered = new CountDownLatch(1);
    private final List<URI> opened = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Consumer<DeviceCode>> prompt = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final Sessions sessions = new FakeSessions(new FakeSession(false), new FakeRuns()) {
        @Override
        public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> asked) throws InterruptedException {
            asked.accept(code("HJBSNQTW4", ended));
            prompt.complete(asked);
            entered.await();
            ended.complete(null);
            return super.azure(signIn, asked);
        }
    };

    private Stage stage;

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.asyncFx(stage::close).get();
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void theCodeIsLargeCanBeCopiedAndCountsDown(String language) throws Exception {
        signInByCode(Locale.forLanguageTag(language));

        until(() -> text("#code").equals("HJBSNQTW4") && text("#code-time").contains("15:00"));
        Screenshot.of(stage.getScene(), "device-code-" + language + ".png");
        press("#copy-code");
        String copied = WaitForAsyncUtils.asyncFx(
                        () -> Clipboard.getSystemClipboard().getString())
                .get();
        assertThat(copied).isEqualTo("HJBSNQTW4");
        WaitForAsyncUtils.asyncFx(() -> ((Hyperlink) find("#code-page")).fire()).get();
        assertThat(opened).containsExactly(PAGE);

        time.sleep(Duration.ofSeconds(61));
        until(() -> text("#code-time").contains("13:59"));
        time.sleep(Duration.ofMinutes(14));
        Texts texts = new Texts(Locale.forLanguageTag(language));
        until(() -> text("#code-time").equals(texts.render("ui.signIn.code.expired")));
    }

    @Test
    void theCodeGoesWhenItHasBeenEntered() throws Exception {
        signInByCode(Locale.ENGLISH);
        until(() -> text("#code").equals("HJBSNQTW4"));

        entered.countDown();

        until(() -> text("#next").equals("Next"));
        until(() -> find("#code") == null);
    }

    @Test
    void aCodeThatAzureWantsLaterIsShownOnEveryPageUntilItWasEntered() throws Exception {
        signInByCode(Locale.ENGLISH);
        entered.countDown();
        until(() -> text("#next").equals("Next"));
        press("#next");
        until(() -> text("#page-title").equals("Registry and image"));

        CompletableFuture<Void> secondEnded = new CompletableFuture<>();
        prompt.get(10, TimeUnit.SECONDS).accept(code("SECONDC0D", secondEnded));

        until(() -> text("#code").equals("SECONDC0D")
                && find("#code").localToScene(0, 0).getY() > 0);
        Screenshot.of(stage.getScene(), "device-code-later.png");
        secondEnded.complete(null);
        until(() -> find("#code") == null);
    }

    private DeviceCode code(String userCode, CompletableFuture<Void> until) {
        return new DeviceCode(userCode, PAGE, "", Duration.ofMinutes(15), until);
    }

    private void signInByCode(Locale locale) throws Exception {
        FxToolkit.registerPrimaryStage();
        Texts texts = new Texts(locale);
        WizardWindow window = WaitForAsyncUtils.asyncFx(() -> {
                    WizardWindow made = new WizardWindow(new Dependencies(
                            texts,
                            sessions,
                            background,
                            time,
                            new Random(7),
                            opened::add,
                            Arrangement.none(),
                            TestHost.of(false),
                            Desktop.none()));
                    made.scene().setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
                    stage = new Stage();
                    stage.setWidth(1000);
                    stage.setHeight(760);
                    made.show(stage);
                    return made;
                })
                .get();
        WaitForAsyncUtils.asyncFx(window::fill).get();
        until(() -> find("#azure") != null);
        WaitForAsyncUtils.asyncFx(() -> Event.fireEvent(
                        find("#azure"),
                        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.SPACE, false, false, false, false)))
                .get();
        String method = texts.render("ui.signIn.method.DEVICE_CODE");
        until(() -> radio(method) != null);
        WaitForAsyncUtils.asyncFx(() -> radio(method).setSelected(true)).get();
        press("#next");
    }

    private RadioButton radio(String label) {
        return stage.getScene().getRoot().lookupAll(".radio-button").stream()
                .filter(RadioButton.class::isInstance)
                .map(RadioButton.class::cast)
                .filter(button -> label.equals(Words.of(button)))
                .findFirst()
                .orElse(null);
    }

    private String text(String selector) {
        return find(selector) instanceof Labeled label ? Words.of(label) : "";
    }

    private Node find(String selector) {
        return stage.getScene().lookup(selector);
    }

    private void press(String selector) throws Exception {
        until(() -> find(selector) instanceof Button button && !button.isDisabled());
        WaitForAsyncUtils.asyncFx(() -> ((Button) find(selector)).fire()).get();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }
}
