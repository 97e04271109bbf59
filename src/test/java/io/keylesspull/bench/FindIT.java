package io.keylesspull.bench;

import atlantafx.base.theme.PrimerLight;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.session.ImageLists;
import io.keylesspull.setup.session.Session;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.CheckList;
import io.keylesspull.ui.component.LoadedList;
import io.keylesspull.ui.component.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.SimpleSetProperty;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Long lists: when the first of them are there, and whether the window keeps up while they come. */
@Timeout(600)
class FindIT {

    /** What a request takes at a usual distance. */
    private static final Duration LATENCY = Duration.ofMillis(200);

    private static final int SUBSCRIPTIONS = 500;
    private static final int MACHINES = 5_000;
    private static final int REGISTRIES = 2_000;
    private static final int TAGS = 10_000;

    @TempDir
    private Path folder;

    private final ExecutorService background = Executors.newCachedThreadPool();

    /** @param first seconds on the practice cloud's clock until the first page has come @param all until the last */
    private record Listed(String what, double first, double all, int items, int requests) {}

    @AfterEach
    void stop() throws Exception {
        background.shutdownNow();
        FxToolkit.cleanupStages();
    }

    @Test
    void longListsStreamIn() throws Exception {
        try (PracticeWorld world = new PracticeWorld(folder)) {
            world.fill(SUBSCRIPTIONS, MACHINES, REGISTRIES, TAGS);
            Session session = world.session();
            world.answerAfter(LATENCY);
            List<Listed> lists = new ArrayList<>();
            lists.add(list(world, "subscriptions", session.subscriptions()));
            lists.add(list(world, "machines", session.machines(world.subscriptionId())));
            lists.add(list(world, "registries", session.registries(world.subscriptionId())));
            lists.add(list(world, "resource groups", session.resourceGroups(world.subscriptionId())));
            RegistryInfo registry = session.registries(world.subscriptionId())
                    .find(found -> found.name().equals("practiceclassic"))
                    .orElseThrow();
            ImageLists images = session.images(world.subscriptionId(), registry, Optional.empty());
            // As in the window: nobody asks for tags before the repositories.
            lists.add(list(world, "repositories", images.repositories()));
            lists.add(list(world, "tags", images.tags(PracticeWorld.CROWDED_REPOSITORY)));
            world.answerAfter(Duration.ZERO);
            Samples frames = new Samples("work of a pulse while machines come", "ms", pulses(world, session));
            Section section = new Section(9, "Long lists")
                    .note(SUBSCRIPTIONS + " subscriptions, " + MACHINES + " machines, " + REGISTRIES
                            + " registries and resource groups, " + TAGS + " tags. Every request "
                            + "takes " + LATENCY.toMillis() + " ms of the practice cloud's time, which throttles as "
                            + "Azure does and gives pages of 25 (resources) and 100 (images).")
                    .note("A pulse: everything that JavaFX's thread does from one to the next for a list of machines "
                            + "that grows as fast as the practice cloud answers, and is searched meanwhile. A frame "
                            + "at 60 Hz has " + Report.number(FxWork.FRAME) + " ms.");
            for (Listed list : lists) {
                section.ratio(Ratio.atMost("virtual time until the first " + list.what + ", s", 1, list.first));
            }
            Report.add(section.ratio(Ratio.atMost("99th percentile of a pulse, ms", FxWork.FRAME, frames.p99())
                            .byTheWallClock())
                    .measured(frames)
                    .table(new Section.Table(
                            "By list",
                            List.of("list", "first page, s", "all, s", "items", "requests"),
                            lists.stream()
                                    .map(list -> List.of(
                                            list.what,
                                            Report.number(list.first),
                                            Report.number(list.all),
                                            String.valueOf(list.items),
                                            String.valueOf(list.requests)))
                                    .toList())));
        }
    }

    private static <T> Listed list(PracticeWorld world, String what, Pages<T, Failure> pages) throws Exception {
        // What Azure has counted so far is forgotten by then.
        world.time().pass(Duration.ofMinutes(1));
        world.requests().reset();
        Instant begun = world.time().now();
        List<Double> at = new ArrayList<>();
        List<T> items = new ArrayList<>();
        pages.read(page -> {
            at.add(seconds(begun, world));
            items.addAll(page);
            return true;
        });
        return new Listed(
                what,
                at.get(0),
                seconds(begun, world),
                items.size(),
                world.requests().withoutPolling());
    }

    private static double seconds(Instant begun, PracticeWorld world) {
        return Duration.between(begun, world.time().now()).toMillis() / 1000.0;
    }

    /** What JavaFX's thread worked for each pulse, in milliseconds. */
    private List<Double> pulses(PracticeWorld world, Session session) throws Exception {
        world.time().pass(Duration.ofMinutes(1));
        FxToolkit.registerPrimaryStage();
        FxWork work = new FxWork();
        LoadedList<MachineInfo> machines = WaitForAsyncUtils.asyncFx(() -> {
                    LoadedList<MachineInfo> loaded =
                            new LoadedList<>(new Workers(background, work::execute, world.time()));
                    CheckList<MachineInfo> list = new CheckList<>(
                            new Texts(Locale.ENGLISH),
                            new SimpleSetProperty<>(FXCollections.observableSet()),
                            each -> new Label(each.name() + "\n" + each.resourceGroup()),
                            each -> each.name() + " " + each.resourceGroup());
                    list.loadedBy(loaded, machine -> machine.os().linux());
                    Stage stage = new Stage();
                    stage.setScene(new Scene(list, 900, 600));
                    stage.getScene().setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
                    stage.show();
                    work.watch(stage.getScene());
                    loaded.start(session.machines(world.subscriptionId()));
                    return loaded;
                })
                .get();
        String words = "crowd0042";
        for (int typed = 0;
                !WaitForAsyncUtils.asyncFx(() -> !machines.isRunning()).get();
                typed++) {
            String so = words.substring(0, typed % (words.length() + 1));
            WaitForAsyncUtils.asyncFx(() -> work.execute(() -> search(work).setText(so)))
                    .get();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        WaitForAsyncUtils.asyncFx(work::stop).get();
        int came = WaitForAsyncUtils.asyncFx(() -> machines.items().size()).get();
        if (came < MACHINES) {
            throw new IllegalStateException("only " + came + " machines: " + machines.state());
        }
        return work.pulses();
    }

    private static TextField search(FxWork work) {
        return (TextField) work.scene().getRoot().lookup(".text-field");
    }
}
