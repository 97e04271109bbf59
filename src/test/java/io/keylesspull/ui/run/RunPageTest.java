package io.keylesspull.ui.run;

import static io.keylesspull.ui.run.ScriptedRun.words;
import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import io.keylesspull.ui.access.Words;
import io.keylesspull.ui.component.Screenshot;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.log.LogLine;
import io.keylesspull.ui.remembered.Remembered;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class RunPageTest {

    private static final StepId GROUP = StepId.shared("Resource group keyless-pull-rg");
    private static final StepId REGISTRY = StepId.shared("Registry contosoimages7f3");
    private static final StepId ROLE = StepId.shared("Role AcrPull");
    private static final StepId DOCKER = StepId.on("myDockerVM", "Docker on myDockerVM");
    private static final StepId CLI = StepId.on("myDockerVM", "Azure CLI on myDockerVM");
    private static final Problem PROBLEM = new Problem(
            words("Docker could not be installed on myDockerVM."),
            words("The machine cannot pull images yet. Everything made so far is still there."),
            words("Check that the machine reaches archive.ubuntu.com, then try again."),
            "apt-get exited with 100\nE: Unable to fetch some archives");

    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final AtomicReference<Instant> now = new AtomicReference<>(ScriptedRun.START);
    private final Time time = new Time() {
        @Override
        public Instant now() {
            return now.get();
        }

        @Override
        public void sleep(Duration duration) {
            now.updateAndGet(then -> then.plus(duration));
        }
    };
    private final AtomicReference<ScriptedRun> run = new AtomicReference<>();
    private final List<URI> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger undos = new AtomicInteger();
    private final Remembered remembered = new Remembered(java.util.Map.of(), all -> {});
    private Stage stage;
    private RunPage page;

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
                    page = new RunPage(
                            new Texts(locale),
                            new Workers(background, Platform::runLater, time),
                            ZoneOffset.UTC,
                            remembered,
                            opened::add,
                            undos::incrementAndGet);
                    StackPane root = new StackPane(page.node());
                    String font = locale.equals(Locale.JAPANESE) ? "-fx-font-family: 'Noto Sans CJK JP';" : "";
                    root.setStyle("-fx-padding: 16px;" + font);
                    Scene scene = new Scene(root, width, height);
                    scene.setUserAgentStylesheet(theme.getUserAgentStylesheet());
                    stage = new Stage();
                    stage.setScene(scene);
                    stage.show();
                })
                .get();
    }

    private ScriptedRun start() throws Exception {
        WaitForAsyncUtils.asyncFx(() -> page.start(events -> {
                    run.set(new ScriptedRun(events));
                    return run.get();
                }))
                .get();
        until(() -> page.run().isPresent());
        return run.get();
    }

    private void openAndStart() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        start();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private <T> T lookup(String selector, Class<T> type) {
        return type.cast(stage.getScene().lookup(selector));
    }

    @SuppressWarnings("unchecked")
    private ListView<LogLine> log() {
        return lookup(".log-list", ListView.class);
    }

    private String text(String selector) throws Exception {
        return WaitForAsyncUtils.asyncFx(() -> Words.of(lookup(selector, Labeled.class)))
                .get();
    }

    private boolean visible(String selector) {
        return stage.getScene().lookup(selector) != null
                && stage.getScene().lookup(selector).isVisible();
    }

    @Test
    void aRunIsShownToItsEnd() throws Exception {
        openAndStart();
        run.get().plan(GROUP, REGISTRY, DOCKER).starts(GROUP).after(2).done(GROUP, Outcome.FOUND);
        now.set(run.get().at());
        until(() -> lookup("#run-progress", Labeled.class).getText().equals("1 of 3 · 0:02 · less than a minute left"));
        assertThat(text("#run-title")).isEqualTo("Setting up 1 target");
        assertThat(page.resultProperty().get()).isNull();
        run.get().done(REGISTRY, Outcome.CREATED).done(DOCKER, Outcome.CREATED).ends(RunResult.SUCCEEDED);
        until(() -> page.resultProperty().get() == RunResult.SUCCEEDED);
        assertThat(visible("#run-cancel")).isFalse();
        assertThat(visible("#problem")).isFalse();
    }

    @Test
    void aFailureIsShownAndTriedAgainWithTheLogKept() throws Exception {
        openAndStart();
        run.get()
                .plan(GROUP, DOCKER)
                .starts(DOCKER)
                .command(DOCKER, "sudo apt-get update", "Hit:1\n", 100)
                .fails(DOCKER, PROBLEM)
                .ends(RunResult.FAILED);
        until(() -> page.resultProperty().get() == RunResult.FAILED && visible("#problem"));
        assertThat(text(".problem-what")).isEqualTo("Docker could not be installed on myDockerVM.");
        assertThat(lookup("#try-again", Button.class).getAccessibleHelp())
                .startsWith("Docker could not be installed on myDockerVM. ");
        until(() -> log().getItems().stream().anyMatch(line -> line.text().equals("sudo apt-get update")));
        ScriptedRun first = run.get();
        WaitForAsyncUtils.asyncFx(() -> lookup("#try-again", Button.class).fire())
                .get();
        until(() -> first.next != null && page.run().orElseThrow() == first.next);
        assertThat(visible("#problem")).isFalse();
        assertThat(page.resultProperty().get()).isNull();
        first.next
                .plan(GROUP, DOCKER)
                .done(GROUP, Outcome.FOUND)
                .done(DOCKER, Outcome.CREATED)
                .ends(RunResult.SUCCEEDED);
        until(() -> page.resultProperty().get() == RunResult.SUCCEEDED);
        assertThat(log().getItems()).anyMatch(line -> line.text().equals("sudo apt-get update"));
    }

    @Test
    void theCodeOfAnErrorIsCopied() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        openAndStart();
        Problem locked = PROBLEM.withRemedy(Text.of("setup.packages.stillLocked.remedy"));
        run.get().plan(DOCKER).starts(DOCKER).fails(DOCKER, locked).ends(RunResult.FAILED);
        until(() -> visible("#problem"));

        String copied = WaitForAsyncUtils.asyncFx(() -> {
                    Button code = lookup(".problem-buttons .copy", Button.class);
                    assertThat(code.getText()).startsWith("KP-");
                    code.fire();
                    return Clipboard.getSystemClipboard().getString();
                })
                .get();

        assertThat(copied).isEqualTo(locked.code().orElseThrow().toString());
    }

    @Test
    void aRunThatCannotBeginSaysWhy() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        WaitForAsyncUtils.asyncFx(() -> page.start(events -> {
                    throw new Failure(PROBLEM);
                }))
                .get();
        until(() -> page.resultProperty().get() == RunResult.FAILED && visible("#problem"));
        assertThat(page.run()).isEmpty();
    }

    /** As the title gets the focus, a screen reader says it. */
    @Test
    void theEndIsToldUnlessSomebodyIsAtWork() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        busy();
        WaitForAsyncUtils.asyncFx(() -> lookup("#run-cancel", Button.class).requestFocus())
                .get();
        fail();
        until(() -> lookup("#run-title", Labeled.class).isFocused());
        assertThat(lookup("#run-title", Labeled.class).getAccessibleText())
                .contains("Docker could not be installed on myDockerVM.", "then try again.");

        busy();
        until(() -> visible("#run-cancel"));
        WaitForAsyncUtils.asyncFx(() -> lookup("#log-find", TextField.class).requestFocus())
                .get();
        fail();
        until(() -> visible("#problem"));
        assertThat(lookup("#log-find", TextField.class).isFocused()).isTrue();
    }

    @Test
    void cancelReachesTheRunAndIsSeenAtOnce() throws Exception {
        openAndStart();
        run.get().plan(GROUP).starts(GROUP);
        WaitForAsyncUtils.asyncFx(() ->
                        lookup("#run-cancel", javafx.scene.control.Button.class).fire())
                .get();
        assertThat(run.get().cancelled).isTrue();
        assertThat(text("#run-cancel")).isEqualTo("Cancelling…");
        run.get().ends(RunResult.CANCELLED);
        until(() -> page.resultProperty().get() == RunResult.CANCELLED && visible("#problem"));
        assertThat(text(".problem-what")).isEqualTo("The setup was cancelled.");
    }

    @Test
    void aSetupThatStoppedOffersToTakeBackWhatItDid() throws Exception {
        openAndStart();
        run.get().plan(GROUP).starts(GROUP).fails(GROUP, PROBLEM).ends(RunResult.FAILED);
        until(() -> visible("#run-undo"));
        WaitForAsyncUtils.asyncFx(() ->
                        lookup("#run-undo", javafx.scene.control.Button.class).fire())
                .get();
        assertThat(undos.get()).isEqualTo(1);
    }

    @Test
    void aSetupThatNeverBeganHasNothingToTakeBack() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        WaitForAsyncUtils.asyncFx(() -> page.start(events -> {
                    throw new Failure(PROBLEM);
                }))
                .get();
        until(() -> visible("#problem"));
        assertThat(visible("#run-undo")).isFalse();
    }

    @Test
    void anUndoSaysAtItsEndWhatIsGoneAndWhatStays() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        WaitForAsyncUtils.asyncFx(() -> page.undo(
                        events -> {
                            run.set(new ScriptedRun(events));
                            return run.get();
                        },
                        new UndoExpected(
                                2,
                                List.of(new UndoList.Staying(
                                        words("packages on old-vm"), words("not chosen"), Optional.empty())))))
                .get();
        until(() -> page.run().isPresent());
        run.get().plan(Purpose.UNDO, REGISTRY, GROUP).starts(REGISTRY);
        until(() -> text("#run-title").equals("Taking back what the run did"));
        assertThat(visible("#undone")).isFalse();
        run.get()
                .done(REGISTRY, Outcome.DELETED)
                .starts(GROUP)
                .done(GROUP, Outcome.SKIPPED)
                .ends(RunResult.SUCCEEDED);
        until(() -> visible("#undone"));
        assertThat(text("#run-title")).isEqualTo("Taken back");
        assertThat(stage.getScene().getRoot().lookupAll("#undone .label").stream()
                        .map(Labeled.class::cast)
                        .map(Labeled::getText))
                .containsExactly(
                        "1 thing is deleted or taken back.",
                        "This stays:",
                        "\u2022 Resource group keyless-pull-rg \u2014 skipped",
                        "\u2022 packages on old-vm \u2014 not chosen");
    }

    @Test
    void whatWasKnownToStayIsShownOnce() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        WaitForAsyncUtils.asyncFx(() -> page.undo(
                        events -> {
                            run.set(new ScriptedRun(events));
                            return run.get();
                        },
                        new UndoExpected(
                                1,
                                List.of(new UndoList.Staying(
                                        words("group keyless-pull-rg"), words("not empty"), Optional.of(GROUP))))))
                .get();
        until(() -> page.run().isPresent());
        run.get()
                .plan(Purpose.UNDO, REGISTRY, GROUP)
                .done(REGISTRY, Outcome.DELETED)
                .done(GROUP, Outcome.SKIPPED)
                .ends(RunResult.SUCCEEDED);
        until(() -> visible("#undone"));
        assertThat(stage.getScene().getRoot().lookupAll("#undone .label").stream()
                        .map(Labeled.class::cast)
                        .map(Labeled::getText))
                .containsExactly(
                        "1 thing is deleted or taken back.",
                        "This stays:",
                        "\u2022 group keyless-pull-rg \u2014 not empty");
    }

    @Test
    void anUndoThatStoppedIsTriedAgainAndNotUndone() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        WaitForAsyncUtils.asyncFx(() -> page.undo(
                        events -> {
                            run.set(new ScriptedRun(events));
                            return run.get();
                        },
                        new UndoExpected(0, List.of())))
                .get();
        until(() -> page.run().isPresent());
        run.get().plan(Purpose.UNDO, GROUP).starts(GROUP).ends(RunResult.CANCELLED);
        until(() -> visible("#problem"));
        assertThat(text(".problem-what")).isEqualTo("Undoing was cancelled.");
        assertThat(visible("#try-again")).isTrue();
        assertThat(visible("#run-undo")).isFalse();
    }

    @Test
    void cancelInterruptsAStartThatTakesLong() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        WaitForAsyncUtils.asyncFx(() -> page.start(events -> {
                    new java.util.concurrent.CountDownLatch(1).await();
                    return null;
                }))
                .get();
        WaitForAsyncUtils.asyncFx(() -> page.cancel()).get();
        until(() -> page.resultProperty().get() == RunResult.CANCELLED);
    }

    @Test
    void followingLetsGoWhenScrolledUpAndIsTakenUpAgain() throws Exception {
        openAndStart();
        run.get().plan(DOCKER).starts(DOCKER);
        output(0, 500);
        ToggleButton follow = lookup(".log-follow", ToggleButton.class);
        until(() -> log().getItems().size() > 500 && follow.getText().isEmpty() && follow.isSelected());
        WaitForAsyncUtils.asyncFx(() -> log().fireEvent(new ScrollEvent(
                        ScrollEvent.SCROLL,
                        10,
                        10,
                        10,
                        10,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        0,
                        40,
                        0,
                        40,
                        ScrollEvent.HorizontalTextScrollUnits.NONE,
                        0,
                        ScrollEvent.VerticalTextScrollUnits.NONE,
                        0,
                        0,
                        null)))
                .get();
        assertThat(follow.isSelected()).isFalse();
        output(500, 7);
        until(() -> follow.getText().equals("7 new"));
        WaitForAsyncUtils.asyncFx(follow::fire).get();
        until(() -> follow.getText().isEmpty() && follow.isSelected());
    }

    private void output(int from, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            lines.append("line ").append(i).append('\n');
        }
        run.get()
                .tell(new io.keylesspull.engine.event.RunEvent.CommandOutput(
                        run.get().at(),
                        DOCKER,
                        io.keylesspull.engine.event.RunEvent.OutputStream.STDOUT,
                        lines.toString()));
    }

    @Test
    void choosingAStepShowsItsLinesAlone() throws Exception {
        openAndStart();
        run.get().plan(GROUP, DOCKER).starts(GROUP).starts(DOCKER).command(DOCKER, "docker info", "ok\n", 0);
        until(() -> stage.getScene().getRoot().lookupAll(".step-row").size() == 2
                && log().getItems().size() == 5);
        StepRow row = stage.getScene().getRoot().lookupAll(".step-row").stream()
                .map(StepRow.class::cast)
                .filter(r -> r.step().equals(DOCKER))
                .findFirst()
                .orElseThrow();
        WaitForAsyncUtils.asyncFx(row::fire).get();
        assertThat(log().getItems())
                .hasSize(3)
                .allMatch(line -> line.source().step().orElseThrow().equals(DOCKER));
        WaitForAsyncUtils.asyncFx(row::fire).get();
        assertThat(log().getItems()).hasSize(5);
    }

    private ScriptedRun manySteps(StepId[] steps) throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 420);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = StepId.shared("Step " + i);
        }
        ScriptedRun scripted = start().plan(steps);
        until(() -> rows().size() == steps.length && rows().get(0).getHeight() > 0 && !inView(steps[30]));
        return scripted;
    }

    private List<StepRow> rows() {
        return stage.getScene().getRoot().lookupAll(".step-row").stream()
                .map(StepRow.class::cast)
                .toList();
    }

    private boolean inView(StepId step) {
        Bounds list = lookup(".step-list", Node.class)
                .localToScene(lookup(".step-list", Node.class).getLayoutBounds());
        StepRow row = rows().stream()
                .filter(each -> each.step().equals(step))
                .findFirst()
                .orElseThrow();
        return list.contains(row.localToScene(row.getLayoutBounds()));
    }

    /** As if the wheel was turned over the list of steps. @param deltaY positive to see what is above */
    private void wheel(double deltaY) throws Exception {
        WaitForAsyncUtils.asyncFx(() -> {
                    Node content = lookup(".step-list-content", Node.class);
                    content.fireEvent(new ScrollEvent(
                            ScrollEvent.SCROLL,
                            10,
                            10,
                            10,
                            10,
                            false,
                            false,
                            false,
                            false,
                            false,
                            false,
                            0,
                            deltaY,
                            0,
                            deltaY,
                            ScrollEvent.HorizontalTextScrollUnits.NONE,
                            0,
                            ScrollEvent.VerticalTextScrollUnits.NONE,
                            0,
                            0,
                            null));
                })
                .get();
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void theListOfStepsFollowsTheStepAtWork() throws Exception {
        StepId[] steps = new StepId[40];
        ScriptedRun scripted = manySteps(steps);
        scripted.starts(steps[30]);
        until(() -> inView(steps[30]));
        scripted.done(steps[30], Outcome.CREATED).starts(steps[3]);
        until(() -> inView(steps[3]));
        shoot("run-steps-followed.png");
    }

    @Test
    void withOneTargetTheStepThatStartedLastIsFollowed() throws Exception {
        StepId[] steps = new StepId[40];
        ScriptedRun scripted = manySteps(steps);
        scripted.starts(steps[1]).after(1).starts(steps[39]);
        until(() -> inView(steps[39]));
    }

    @Test
    void theListOfStepsStaysWhileAnyStepAtWorkIsInViewOfSeveralTargets() throws Exception {
        StepId[] steps = new StepId[40];
        open(Locale.ENGLISH, new PrimerLight(), 800, 420);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = StepId.on("machine-" + i / 20, "Step " + i);
        }
        ScriptedRun scripted = start().plan(steps);
        until(() -> rows().size() == steps.length && rows().get(0).getHeight() > 0 && !inView(steps[30]));
        scripted.starts(steps[1]).starts(steps[39]).command(steps[39], "true", "", 0);
        until(() -> log().getItems().size() == 4);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(inView(steps[1])).isTrue();
        scripted.done(steps[1], Outcome.CREATED);
        until(() -> inView(steps[39]));
    }

    @Test
    void theListOfStepsStaysWhereItWasScrolledUntilAStepAtWorkIsInViewAgain() throws Exception {
        StepId[] steps = new StepId[40];
        ScriptedRun scripted = manySteps(steps);
        scripted.starts(steps[20]);
        until(() -> inView(steps[20]));
        wheel(4000);
        until(() -> inView(steps[0]));
        scripted.done(steps[20], Outcome.CREATED).starts(steps[30]).command(steps[30], "true", "", 0);
        until(() -> log().getItems().size() == 5);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(inView(steps[0])).isTrue();
        while (!inView(steps[30])) {
            wheel(-40);
        }
        scripted.done(steps[30], Outcome.CREATED).starts(steps[0]);
        until(() -> inView(steps[0]));
    }

    @Test
    void theListOfStepsDoesNotMoveWhileAStepIsChosen() throws Exception {
        StepId[] steps = new StepId[40];
        ScriptedRun scripted = manySteps(steps);
        WaitForAsyncUtils.asyncFx(() -> rows().get(0).fire()).get();
        scripted.starts(steps[30]).command(steps[0], "true", "", 0);
        until(() -> log().getItems().size() == 1);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(inView(steps[0])).isTrue();
        WaitForAsyncUtils.asyncFx(() -> rows().get(0).fire()).get();
        until(() -> inView(steps[30]));
    }

    @Test
    void theListOfStepsEndsAtTheStepThatFailed() throws Exception {
        StepId[] steps = new StepId[40];
        ScriptedRun scripted = manySteps(steps);
        scripted.starts(steps[35]).fails(steps[35], PROBLEM).ends(RunResult.FAILED);
        until(() -> visible("#problem") && inView(steps[35]));
    }

    @Test
    void aThousandTargetsAreAListOfWhichOneHasItsStepsShown() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 800, 620);
        StepId[] steps = new StepId[2001];
        steps[0] = REGISTRY;
        for (int i = 1; i < steps.length; i++) {
            steps[i] = StepId.on("vm" + (i - 1) / 2, "Step " + (i - 1) % 2);
        }
        ScriptedRun scripted = start().plan(steps);
        until(() -> targets().getItems().size() == 1000);
        assertThat(rows()).hasSize(1);
        assertThat(stage.getScene().getRoot().lookupAll("*")).hasSizeLessThan(1500);
        scripted.starts(steps[1])
                .done(steps[1], Outcome.CREATED)
                .starts(steps[1801])
                .fails(steps[1801], PROBLEM);
        until(() -> rows().size() == 3 && rows().get(1).step().equals(steps[1801]));
        assertThat(targets().getSelectionModel().getSelectedIndex()).isEqualTo(900);
        WaitForAsyncUtils.asyncFx(() -> targets().getSelectionModel().select(0)).get();
        until(() -> rows().size() == 3 && rows().get(1).step().equals(steps[1]));
        WaitForAsyncUtils.asyncFx(() -> targets().scrollTo(0)).get();
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(stage.getScene().getRoot().lookupAll("#run-targets .list-cell").stream()
                        .map(Node::getAccessibleText))
                .contains("vm0, waiting for its turn, 1 of 2");
        shoot("run-thousand.png");
    }

    private ListView<?> targets() {
        return lookup("#run-targets", ListView.class);
    }

    private void tab(String name) throws Exception {
        WaitForAsyncUtils.asyncFx(
                        () -> lookup("#run-tab-" + name, ToggleButton.class).fire())
                .get();
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void thePictureFillsInAndIsRememberedAsWhatIsLookedAt() throws Exception {
        openAndStart();
        StepId registry = StepId.shared("registry");
        run.get().plan(registry).starts(registry);
        tab("picture");
        until(() -> said("Registry, myContainerRegistry, new, at work"));
        run.get().finds(registry, "REGISTRY", "/registry").done(registry, Outcome.CREATED);
        until(() -> said("Registry, myContainerRegistry, new, ready"));
        assertThat(visible(".step-list")).isFalse();
        assertThat(remembered.choice("run.tab", RunTabs.Tab.STEPS).get()).isEqualTo(RunTabs.Tab.PICTURE);
        tab("picture");
        assertThat(lookup("#run-tab-picture", ToggleButton.class).isSelected()).isTrue();
        tab("steps");
        assertThat(visible(".step-list")).isTrue();
    }

    private boolean said(String words) {
        return stage.getScene().getRoot().lookupAll(".picture-part").stream()
                .anyMatch(part -> words.equals(part.getAccessibleText()));
    }

    @Test
    void theTimelineIsReachedWithKeysAndSaysWhatItShows() throws Exception {
        openAndStart();
        run.get()
                .plan(GROUP, ROLE)
                .starts(GROUP)
                .after(2)
                .done(GROUP, Outcome.CREATED)
                .starts(ROLE)
                .waits(ROLE, "the role has not taken effect", 3, 20)
                .after(30)
                .done(ROLE, Outcome.CREATED)
                .ends(RunResult.SUCCEEDED);
        until(() -> page.resultProperty().get() == RunResult.SUCCEEDED);
        WaitForAsyncUtils.asyncFx(() -> {
                    Node button = lookup("#run-tab-timeline", Node.class);
                    button.requestFocus();
                    button.fireEvent(
                            new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
                })
                .get();
        ListView<?> rows = lookup("#timeline-rows", ListView.class);
        assertThat(rows.getItems()).hasSize(2);
        WaitForAsyncUtils.asyncFx(() -> rows.getSelectionModel().select(1)).get();
        assertThat(text("#timeline-told"))
                .isEqualTo("Role AcrPull, from 0:02, took 0:30, succeeded, waited 0:20 of it: the role has not taken"
                        + " effect");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(stage.getScene().getRoot().lookupAll(".time-row").stream().map(Node::getAccessibleText))
                .contains(text("#timeline-told"));
        shoot("run-timeline.png");
    }

    @Test
    void anUndoHasATimelineAndNoPicture() throws Exception {
        openAndStart();
        run.get().plan(Purpose.UNDO, GROUP).starts(GROUP);
        tab("picture");
        until(() -> stage.getScene().lookup(".picture-part") == null);
        tab("timeline");
        until(() -> lookup("#timeline-rows", ListView.class).getItems().size() == 1);
    }

    @Test
    void aTextIsFoundAndCopied() throws Exception {
        openAndStart();
        run.get().plan(DOCKER).command(DOCKER, "docker info", "one Needle\ntwo\nneedle three\n", 0);
        until(() -> log().getItems().size() == 5);
        WaitForAsyncUtils.asyncFx(() -> lookup("#log-find", TextField.class).setText("needle"))
                .get();
        until(() -> lookup("#log-found", Labeled.class).getText().equals("0 of 2"));
        press(KeyCode.F3, false);
        press(KeyCode.F3, false);
        assertThat(text("#log-found")).isEqualTo("2 of 2");
        String copied = WaitForAsyncUtils.asyncFx(() -> {
                    log().requestFocus();
                    log().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "c", "c", KeyCode.C, false, true, false, false));
                    return Clipboard.getSystemClipboard().getString();
                })
                .get();
        assertThat(copied).isEqualTo("needle three");
    }

    @Test
    void whatIsFarBackInALongLogIsFoundAndShown() throws Exception {
        openAndStart();
        run.get().plan(DOCKER).command(DOCKER, "docker info", "the Needle\n", 0);
        for (int i = 0; i < 30; i++) {
            output(i * 1_000, 1_000);
        }
        until(() -> last().equals("line 29999"));
        assertThat(log().getItems()).hasSizeLessThan(20_000);
        WaitForAsyncUtils.asyncFx(() -> lookup("#log-find", TextField.class).setText("needle"))
                .get();
        until(() -> lookup("#log-found", Labeled.class).getText().equals("0 of 1"));
        press(KeyCode.F3, false);
        until(() -> selected().map(LogLine::text).filter("the Needle"::equals).isPresent());
        until(() -> lookup("#log-where", Labeled.class).isVisible()
                && text("#log-where").equals("Line 1 of 30,003"));
        WaitForAsyncUtils.asyncFx(() -> log().scrollTo(log().getItems().size() - 1))
                .get();
        until(() -> log().getItems().size() > 1_500);
        press(KeyCode.END, false);
        until(() -> last().equals("line 29999") && !visible("#log-where"));
        press(KeyCode.HOME, false);
        until(() -> log().getItems().get(0).text().equals("Setup begins: 1 step"));
    }

    private String last() {
        return log().getItems().isEmpty()
                ? ""
                : log().getItems().get(log().getItems().size() - 1).text();
    }

    private Optional<LogLine> selected() {
        return Optional.ofNullable(log().getSelectionModel().getSelectedItem());
    }

    @Test
    void aLinkIsOpenedAndADigestCopied() throws Exception {
        openAndStart();
        String digest = "sha256:" + "ab".repeat(32);
        run.get().plan(DOCKER).command(DOCKER, "docker info", "see https://aka.ms/acr\ngot " + digest + "\n", 0);
        follow("https://aka.ms/acr");
        until(() -> opened.contains(URI.create("https://aka.ms/acr")));
        follow(digest);
        until(() -> digest.equals(Clipboard.getSystemClipboard().getString()));
    }

    /** Clicks a link, found and clicked in one go, because rows are used again for other lines. */
    private void follow(String text) throws Exception {
        until(() -> {
            Optional<javafx.scene.text.Text> link = stage.getScene().getRoot().lookupAll(".log-link").stream()
                    .map(javafx.scene.text.Text.class::cast)
                    .filter(node -> node.getText().equals(text))
                    .filter(node -> node.getParent().getParent().isVisible())
                    // As the style sheet says, not as a text without one.
                    .filter(node -> !Color.BLACK.equals(node.getFill()))
                    .findFirst();
            link.ifPresent(node -> Event.fireEvent(node, mouse(MouseEvent.MOUSE_CLICKED, node)));
            return link.isPresent();
        });
    }

    private static MouseEvent mouse(EventType<MouseEvent> type, Node on) {
        return new MouseEvent(
                type,
                1,
                1,
                1,
                1,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                type != MouseEvent.MOUSE_CLICKED,
                false,
                false,
                false,
                false,
                type != MouseEvent.MOUSE_DRAGGED,
                new PickResult(on, 1, 1));
    }

    @Test
    void anErrorLeadsToItsStepAndTheStepsErrorToItsLine() throws Exception {
        openAndStart();
        run.get().plan(GROUP, DOCKER).starts(GROUP).done(GROUP, Outcome.FOUND).starts(DOCKER);
        output(0, 2_000);
        run.get().fails(DOCKER, PROBLEM).ends(RunResult.FAILED);
        until(() -> visible("#show-in-log"));
        WaitForAsyncUtils.asyncFx(() -> lookup("#show-in-log", Button.class).fire())
                .get();
        until(() -> selected()
                .filter(line -> line.text().contains("Docker could not be installed"))
                .isPresent());
        WaitForAsyncUtils.asyncFx(() -> log().requestFocus()).get();
        press(KeyCode.ENTER, false);
        until(() -> stage.getScene().getFocusOwner() instanceof StepRow row
                && row.step().equals(DOCKER));
        assertThat(log().getItems()).hasSizeGreaterThan(2_000);
    }

    @Test
    void linesAreSelectedByDraggingAndCopied() throws Exception {
        openAndStart();
        run.get().plan(DOCKER).command(DOCKER, "docker info", "one\ntwo\nthree\n", 0);
        until(() -> cell("one").isPresent() && cell("three").isPresent());
        LogLine first = WaitForAsyncUtils.asyncFx(() -> {
                    Node from = cell("one").orElseThrow();
                    Node to = cell("three").orElseThrow();
                    Event.fireEvent(from, mouse(MouseEvent.MOUSE_PRESSED, from));
                    Event.fireEvent(from, mouse(MouseEvent.MOUSE_DRAGGED, to));
                    log().requestFocus();
                    log().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "c", "c", KeyCode.C, false, true, false, false));
                    return log().getSelectionModel().getSelectedItems().get(0);
                })
                .get();
        assertThat(first.text()).isEqualTo("one");
        assertThat(WaitForAsyncUtils.asyncFx(
                                () -> Clipboard.getSystemClipboard().getString())
                        .get())
                .isEqualTo(String.join(System.lineSeparator(), "one", "two", "three"));
    }

    private Optional<ListCell<?>> cell(String text) {
        return stage.getScene().getRoot().lookupAll(".log-cell").stream()
                .<ListCell<?>>map(ListCell.class::cast)
                .filter(cell ->
                        cell.getItem() instanceof LogLine line && line.text().equals(text))
                .findFirst();
    }

    @Test
    void aLinesMenuOffersWhatIsInIt() throws Exception {
        openAndStart();
        run.get().plan(DOCKER).command(DOCKER, "docker info", "cat /etc/docker/daemon.json\n", 0);
        until(() -> cell("cat /etc/docker/daemon.json").isPresent());
        WaitForAsyncUtils.asyncFx(() -> {
                    log().getSelectionModel()
                            .select(log().getItems().stream()
                                    .filter(line -> line.text().startsWith("cat"))
                                    .findFirst()
                                    .orElseThrow());
                    log().requestFocus();
                })
                .get();
        press(KeyCode.ENTER, false);
        until(() -> Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .flatMap(menu -> menu.getItems().stream())
                .map(MenuItem::getText)
                .toList()
                .equals(List.of(
                        "Copy /etc/docker/daemon.json",
                        "Go to the step \u201cDocker on myDockerVM\u201d",
                        "Copy the selected lines")));
    }

    private void press(KeyCode key, boolean shift) throws Exception {
        WaitForAsyncUtils.asyncFx(() ->
                        log().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, shift, false, false, false)))
                .get();
    }

    @Test
    void aFloodOfOutputDoesNotHoldTheWindowUp() throws Exception {
        openAndStart();
        run.get().plan(DOCKER).starts(DOCKER);
        AtomicBoolean answered = new AtomicBoolean();
        Future<String> last = background.submit(() -> {
            int lines = 0;
            for (; lines < 300_000 || !answered.get(); lines += 1_000) {
                output(lines, 1_000);
            }
            return "line " + (lines - 1);
        });
        for (int i = 0; i < 50; i++) {
            WaitForAsyncUtils.asyncFx(() -> log().getItems().size()).get(20, TimeUnit.SECONDS);
        }
        answered.set(true);
        String end = last.get();
        until(() -> !log().getItems().isEmpty()
                && log().getItems().get(log().getItems().size() - 1).text().equals(end));
        assertThat(log().getItems()).hasSizeLessThan(20_000);
    }

    @Test
    void itLooksRightInLightEnglish() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 776, 616);
        busy();
        shoot("run-light-en.png");
        fail();
        WaitForAsyncUtils.asyncFx(
                        () -> lookup("#details-toggle", ToggleButton.class).setSelected(true))
                .get();
        shoot("run-failed-light-en.png");
    }

    @Test
    void itLooksRightInDarkJapanese() throws Exception {
        open(Locale.JAPANESE, new PrimerDark(), 776, 616);
        busy();
        WaitForAsyncUtils.asyncFx(() -> lookup("#log-find", TextField.class).setText("apt"))
                .get();
        shoot("run-dark-ja.png");
        fail();
        shoot("run-failed-dark-ja.png");
    }

    @Test
    void itFitsASmallWindowWithLongNamesAndManyMachines() throws Exception {
        open(Locale.ENGLISH, new PrimerLight(), 660, 500);
        start();
        StepId[] steps = new StepId[13];
        steps[0] = StepId.shared("Registry " + "a-name-as-long-as-names-may-be-".repeat(2) + "64");
        for (int i = 1; i < steps.length; i++) {
            steps[i] = StepId.on("worker-machine-" + i, "Docker on worker-machine-" + i);
        }
        ScriptedRun scripted = run.get()
                .plan(steps)
                .starts(steps[0])
                .after(3)
                .done(steps[0], Outcome.CREATED)
                .starts(steps[1])
                .starts(steps[2])
                .command(steps[2], "sudo apt-get update", "Hit:1 http://azure\n", 100)
                .fails(steps[2], PROBLEM);
        now.set(scripted.after(8).at());
        until(() -> log().getItems().size() > 6);
        shoot("run-small-many.png");
    }

    private void busy() throws Exception {
        ScriptedRun scripted = start().plan(GROUP, REGISTRY, ROLE, DOCKER, CLI);
        scripted.starts(GROUP)
                .after(1)
                .done(GROUP, Outcome.FOUND)
                .starts(REGISTRY)
                .after(21)
                .done(REGISTRY, Outcome.CREATED)
                .starts(ROLE)
                .starts(DOCKER)
                .command(
                        DOCKER,
                        "sudo apt-get update",
                        "Hit:1 http://azure.archive.ubuntu.com/ubuntu jammy InRelease\n"
                                + "Get:2 http://azure.archive.ubuntu.com/ubuntu jammy-updates InRelease [128 kB]\n"
                                + "0% [Working]\r40% [2 Packages 1,204 kB]\rReading package lists... Done\n",
                        0)
                .after(3)
                .tell(new io.keylesspull.engine.event.RunEvent.CommandStarted(
                        scripted.at(), DOCKER, "sudo apt-get install -y docker.io"))
                .error(DOCKER, "debconf: delaying package configuration, since apt-utils is not installed\n")
                .tell(new io.keylesspull.engine.event.RunEvent.CommandOutput(
                        scripted.at(),
                        DOCKER,
                        io.keylesspull.engine.event.RunEvent.OutputStream.STDOUT,
                        "\u001b[1mUnpacking\u001b[0m docker.io \u001b[32m(24.0.7)\u001b[0m ...\n"
                                + "\u001b[33mProgress: [ 42%]\u001b[0m 設定を読み込んでいます"))
                .waits(ROLE, "The role has not taken effect yet", 3, 20);
        now.set(scripted.after(8).at());
        until(() -> log().getItems().size() >= 14);
    }

    private void fail() throws Exception {
        run.get()
                .fails(DOCKER, PROBLEM)
                .tell(new io.keylesspull.engine.event.RunEvent.StepBlocked(
                        run.get().at(), CLI, DOCKER))
                .ends(RunResult.FAILED);
        until(() -> visible("#problem"));
    }

    private void shoot(String name) throws Exception {
        WaitForAsyncUtils.waitForFxEvents();
        Screenshot.of(stage.getScene(), name);
    }
}
