package io.keylesspull.app;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.shell.Dependencies;
import io.keylesspull.ui.shell.WizardWindow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

/** Starts JavaFX and opens the wizard in it. */
final class FxLauncher implements Launcher {

    private final SessionsFactory sessions;
    private final Texts texts;
    private final Time time;
    private final RandomGenerator random;

    /** @param sessions asked for sessions that reach both Azure and a practice cloud */
    FxLauncher(SessionsFactory sessions, Texts texts, Time time, RandomGenerator random) {
        this.sessions = sessions;
        this.texts = texts;
        this.time = time;
        this.random = random;
    }

    /** @throws WindowUnavailable where JavaFX finds no display or not the libraries it needs */
    @Override
    public void launch(Optional<Pace> practice) {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch painted = new CountDownLatch(1);
        AtomicBoolean started = new AtomicBoolean();
        AtomicReference<RuntimeException> trouble = new AtomicReference<>();
        ExecutorService background = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(() -> after(painted, task), "wizard");
            thread.setDaemon(true);
            return thread;
        });
        try (SessionsFactory.Open open = sessions.open(practice)) {
            FutureTask<Boolean> dark = new FutureTask<>(SystemLook::dark);
            // Another program is asked, while JavaFX starts.
            new Thread(dark, "system's look").start();
            startUp(() -> {
                started.set(true);
                orEnd(trouble, closed, () -> {
                    WizardWindow window = open(open, answer(dark), background, closed);
                    FirstPaint.then(window.scene().getRoot(), () -> orEnd(trouble, closed, () -> {
                        window.fill();
                        if (practice.isPresent()) {
                            window.startPractice();
                        }
                        FirstPaint.then(window.scene().getRoot(), painted::countDown);
                    }));
                    background.execute(open.prepare());
                });
            });
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            background.shutdownNow();
            // A toolkit that never started would be waited for without end.
            if (started.get()) {
                Platform.exit();
            }
        }
        if (trouble.get() != null) {
            throw trouble.get();
        }
    }

    private static void orEnd(AtomicReference<RuntimeException> trouble, CountDownLatch closed, Runnable opening) {
        try {
            opening.run();
        } catch (RuntimeException e) {
            trouble.set(e);
            closed.countDown();
        }
    }

    /** What is done in the background waits until the window stands: it would only make that later. */
    private static void after(CountDownLatch painted, Runnable task) {
        try {
            painted.await();
            task.run();
        } catch (InterruptedException closed) {
            // The window is closed before it stood: nobody waits for the task.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answer(Future<Boolean> dark) {
        try {
            return dark.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            // Whatever became of asking, the window opens.
            return false;
        }
    }

    private static void startUp(Runnable onScreen) {
        try {
            Platform.startup(onScreen);
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new WindowUnavailable(e);
        }
    }

    private WizardWindow open(SessionsFactory.Open open, boolean dark, ExecutorService background,
                              CountDownLatch closed) {
        Platform.setImplicitExit(false);
        Application.setUserAgentStylesheet(
                (dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        WizardWindow window = new WizardWindow(new Dependencies(texts, open.sessions(), background,
                time, random, new SystemBrowser(System.getProperty("os.name"))::open));
        Stage stage = new Stage();
        window.show(stage);
        stage.showingProperty().addListener((property, before, now) -> {
            if (!now) {
                closed.countDown();
            }
        });
        return window;
    }
}
