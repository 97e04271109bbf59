package io.keylesspull.app;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.keylesspull.practice.Pace;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.WizardWindow;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

/** Starts JavaFX and opens the wizard in it. */
public final class FxLauncher implements Launcher {

    private final SessionsFactory sessions;
    private final Texts texts;
    private final Time time;
    private final RandomGenerator random;
    private final Consumer<URI> browser;
    private final Function<SetupRequest, List<String>> byHand;
    private final boolean dark;

    /**
     * @param sessions asked for sessions that reach both Azure and a practice cloud
     * @param browser  opens an address for the administrator
     * @param byHand   the commands that do the same as a request; an empty list where they cannot be told
     * @param dark     whether the system prefers dark windows
     */
    public FxLauncher(SessionsFactory sessions, Texts texts, Time time, RandomGenerator random,
                      Consumer<URI> browser, Function<SetupRequest, List<String>> byHand, boolean dark) {
        this.sessions = sessions;
        this.texts = texts;
        this.time = time;
        this.random = random;
        this.browser = browser;
        this.byHand = byHand;
        this.dark = dark;
    }

    @Override
    public void launch(Optional<Pace> practice) {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicReference<RuntimeException> trouble = new AtomicReference<>();
        ExecutorService background = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "wizard");
            thread.setDaemon(true);
            return thread;
        });
        try (SessionsFactory.Open open = sessions.open(practice)) {
            Platform.startup(() -> {
                try {
                    open(open, practice.isPresent(), background, closed);
                } catch (RuntimeException e) {
                    trouble.set(e);
                    closed.countDown();
                }
            });
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            background.shutdownNow();
            Platform.exit();
        }
        if (trouble.get() != null) {
            throw trouble.get();
        }
    }

    private void open(SessionsFactory.Open open, boolean practice, ExecutorService background,
                      CountDownLatch closed) {
        Platform.setImplicitExit(false);
        Application.setUserAgentStylesheet(
                (dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        WizardWindow window = new WizardWindow(new WizardWindow.Surroundings(texts, open.sessions(), background,
                time, random, browser, byHand), practice);
        Stage stage = new Stage();
        window.show(stage);
        stage.showingProperty().addListener((property, before, now) -> {
            if (!now) {
                closed.countDown();
            }
        });
    }
}
