package io.keylesspull.ui.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.SetTime;
import io.keylesspull.setup.export.Exports;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Template;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Workers;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The test is the JavaFX thread. */
@Timeout(60)
class ReviewModelTest {

    @TempDir
    private Path folder;

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final BlockingQueue<Runnable> later = new LinkedBlockingQueue<>();
    private final ReviewModel model = new ReviewModel(new Workers(background, later::add, new SetTime(Instant.EPOCH)));

    private final Review review = new Review(
            List.of(),
            List.of(),
            new Exports(
                    new Template("myResourceGroup", "japaneast"),
                    List.of(new Script.Line(false, "az login")),
                    List.of(),
                    Map.of()));

    private final Session session = (Session) Proxy.newProxyInstance(
            Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> review);

    @AfterEach
    void end() {
        background.shutdownNow();
    }

    @Test
    void theReviewedSetupIsWrittenInTheChosenFormat() throws Exception {
        Path script = folder.resolve("setup.sh");
        model.export(Format.BASH, script);
        assertThat(script).as("before the review").doesNotExist();

        reviewed();
        model.export(Format.BASH, script);
        until(() -> model.exporting().state() instanceof State.Done);

        assertThat(Files.readString(script)).startsWith("#!/bin/sh\n").endsWith("az login\n");
        assertThat(script).isExecutable();
    }

    @Test
    void aFileThatCannotBeWrittenIsAProblemOfTheExportAlone() throws Exception {
        reviewed();
        model.export(Format.ARM, folder.resolve("missing").resolve("azuredeploy.json"));
        until(() -> model.exporting().state() instanceof State.Failed);

        assertThat(model.complete()).isTrue();
    }

    private void reviewed() throws InterruptedException {
        model.open(session, Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE));
        until(() -> model.review().state() instanceof State.Done);
    }

    private void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            later.take().run();
        }
    }
}
