package io.keylesspull.app;

import io.keylesspull.app.cli.Launcher;
import io.keylesspull.app.cli.SessionOptions;
import io.keylesspull.app.cli.SessionsFactory;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.settings.SettingsHost;
import io.keylesspull.ui.shell.Arrangement;
import io.keylesspull.ui.shell.Dependencies;
import io.keylesspull.ui.shell.WizardWindow;
import java.nio.file.Path;
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
import javafx.application.Platform;
import javafx.stage.Stage;

/** Starts JavaFX and opens the wizard in it. */
final class FxLauncher implements Launcher {

    private final SessionsFactory sessions;
    private final Texts texts;
    private final Time time;
    private final RandomGenerator random;
    private final JavaFxLog log = new JavaFxLog();
    private final WindowStart start;

    /**
     * @param sessions opens sessions in Azure and in a practice cloud
     * @param start what the window begins with
     */
    FxLauncher(SessionsFactory sessions, Texts texts, Time time, RandomGenerator random, WindowStart start) {
        this.sessions = sessions;
        this.texts = texts;
        this.time = time;
        this.random = random;
        this.start = start;
    }

    /** @throws WindowUnavailable if JavaFX finds no display, or not the libraries it needs */
    @Override
    public void launch(SessionOptions options, Optional<Path> setup) {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch painted = new CountDownLatch(1);
        AtomicBoolean started = new AtomicBoolean();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        ExecutorService background = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(() -> after(painted, task), "wizard");
            thread.setDaemon(true);
            return thread;
        });
        try (SessionsFactory.OpenSessions open = sessions.open(options)) {
            FutureTask<Boolean> dark = new FutureTask<>(SystemLook::dark);
            // Runs another program, while JavaFX starts.
            new Thread(dark, "system's look").start();
            Arrangement known = new ArrangementFile(start.arrangement(), background).arrangement(start.kept());
            startUp(() -> {
                started.set(true);
                orClose(failure, closed, () -> {
                    WizardWindow window =
                            open(open, background, closed, known, start.host(get(dark), options.network()));
                    FirstPaint.then(
                            window.scene().getRoot(),
                            () -> orClose(failure, closed, () -> {
                                window.fill();
                                if (setup.isPresent()) {
                                    window.open(setup.get().toAbsolutePath());
                                } else if (options.practice().isPresent()) {
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
            // Exiting a toolkit that never started would block forever.
            if (started.get()) {
                Platform.exit();
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static void orClose(AtomicReference<RuntimeException> failure, CountDownLatch closed, Runnable opening) {
        try {
            opening.run();
        } catch (RuntimeException e) {
            failure.set(e);
            closed.countDown();
        }
    }

    /** Work in the background waits until the first page is shown, which it would only delay. */
    private static void after(CountDownLatch painted, Runnable task) {
        try {
            painted.await();
            task.run();
        } catch (InterruptedException closed) {
            // The window was closed before: nobody needs the task's result.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean get(Future<Boolean> dark) {
        try {
            return dark.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            // The window opens whether the system could be asked or not.
            return false;
        }
    }

    private void startUp(Runnable onScreen) {
        log.leaveOutClassPath();
        try {
            Platform.startup(onScreen);
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new WindowUnavailable(e);
        }
    }

    private WizardWindow open(
            SessionsFactory.OpenSessions open,
            ExecutorService background,
            CountDownLatch closed,
            Arrangement known,
            SettingsHost host) {
        Platform.setImplicitExit(false);
        WizardWindow window = new WizardWindow(new Dependencies(
                texts,
                open.sessions(),
                background,
                time,
                random,
                new SystemBrowser(System.getProperty("os.name"))::openIfPossible,
                known,
                host,
                new SystemDesktop(
                        System.getProperty("os.name"), ProcessHandle.current().pid(), background)));
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
