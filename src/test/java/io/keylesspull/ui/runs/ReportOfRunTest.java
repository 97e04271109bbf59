package io.keylesspull.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.practice.SetTime;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Workers;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReportOfRunTest {

    private static final SetupRequest REQUEST =
            Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);

    @TempDir
    private Path folder;

    private final ExecutorService background = Executors.newSingleThreadExecutor();

    private final Runs runs = fake(
            Runs.class,
            new Report(
                    "20260304-103104-0a1b2",
                    false,
                    REQUEST,
                    List.of(
                            new RunEvent.RunStarted(Instant.EPOCH, Purpose.SETUP, List.of()),
                            new RunEvent.RunEnded(Instant.EPOCH, RunResult.SUCCEEDED))));

    private final RunsModel model = new RunsModel(
            fake(Sessions.class, runs),
            new Workers(background, Runnable::run, new SetTime(Instant.EPOCH)),
            new Texts(Locale.ENGLISH));

    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer));
    }

    private EarlierRun run() {
        return new EarlierRun(
                new StoredRun(
                        "20260304-103104-0a1b2",
                        folder,
                        Instant.EPOCH,
                        Optional.of(REQUEST),
                        StoredRun.State.PROVEN,
                        1,
                        1,
                        new RunState(),
                        false,
                        Optional.empty()),
                false);
    }

    private void save(Path file) throws InterruptedException {
        model.saveReport(run(), file);
        background.shutdown();
        assertThat(background.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theReportIsSavedWhereTheUserSays() throws Exception {
        Path file = folder.resolve("report.html");
        save(file);
        assertThat(model.reporting().state()).isEqualTo(new State.Done<>(file));
        assertThat(Files.readString(file)).contains("The pull is proven");
    }

    @Test
    void aFileThatCannotBeWrittenIsAProblem() throws Exception {
        save(folder);
        assertThat(model.reporting().state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.problem().what().key()).isEqualTo("setup.reportNotWritten.what"));
    }
}
