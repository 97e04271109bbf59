package io.keylesspull.ui.run;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.About;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.log.LogSource;
import io.keylesspull.ui.log.LogView;
import io.keylesspull.ui.picture.PictureView;
import io.keylesspull.ui.remembered.Remembered;
import io.keylesspull.ui.run.RunTabs.Tab;
import io.keylesspull.ui.timeline.TimelineView;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** What the Run page looks like. Shows what the controller and its model say. */
final class RunView {

    private final Texts texts;
    private final RunController controller;
    private final LogView log;
    private final StepsOfTargets steps;
    private final ProblemPane problem;
    private final UndoSummary undone;
    private final Label title = new Label();
    private final Label progress = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Button cancel = new Button();
    private final ObjectProperty<Tab> tab;
    private final StepsBesideLog split;
    private final PictureView picture;
    private final ScrollPane pictureArea;
    private final TimelineView timeline;
    private final Label noPicture;
    private final VBox root;
    private RunIntent intent = new RunIntent.NewSetup();
    private boolean ended = true;
    private final Timeline clock = new Timeline(new KeyFrame(Duration.millis(250), event -> refresh()));

    RunView(
            Texts texts,
            RunController controller,
            LogView log,
            Remembered remembered,
            Consumer<URI> browser,
            Runnable onUndo) {
        this.texts = texts;
        this.controller = controller;
        this.log = log;
        steps = new StepsOfTargets(texts, this::chosenTarget, this::chosen);
        problem = new ProblemPane(texts, controller::tryAgain, onUndo, this::showInLog);
        undone = new UndoSummary(texts);
        split = new StepsBesideLog(steps, log, remembered.pixels("run.steps", 0));
        picture = new PictureView(texts, controller::portalPage, browser);
        pictureArea = new ScrollPane(picture);
        pictureArea.setFitToWidth(true);
        pictureArea.setFocusTraversable(false);
        pictureArea.getStyleClass().add("page-scroll");
        noPicture = Labels.hint(texts.render("ui.run.noPicture"));
        timeline = new TimelineView(texts);
        tab = remembered.choice("run.tab", Tab.STEPS);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.getStyleClass().add("small");
        bar.setAccessibleText(texts.render("ui.run.overall"));
        HBox.setHgrow(bar, Priority.ALWAYS);
        HBox tabs = new HBox(new RunTabs(texts, tab), bar);
        tabs.getStyleClass().add("run-bar");
        tabs.setAlignment(Pos.CENTER_LEFT);
        root = new VBox(header(), tabs, problem, undone, split);
        Stream.of(split, pictureArea, timeline).forEach(area -> VBox.setVgrow(area, Priority.ALWAYS));
        tab.addListener((property, before, now) -> showTab());
        root.getStyleClass().add("run-page");
        root.getStylesheets().add(RunView.class.getResource("run.css").toExternalForm());
        clock.setCycleCount(Animation.INDEFINITE);
        log.onStep(steps::reveal);
        log.filterProperty().addListener((property, old, now) -> steps.choose(now.step()));
        controller.listen(this::rebuild, this::refresh);
        rebuild();
        refresh();
    }

    Node node() {
        return root;
    }

    /** Called before a run starts. */
    void expect(RunIntent next) {
        intent = next;
    }

    private HBox header() {
        title.setId("run-title");
        title.getStyleClass().add("run-title");
        title.setMinWidth(0);
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        progress.setId("run-progress");
        progress.getStyleClass().add("run-progress");
        progress.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setId("run-cancel");
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setOnAction(event -> controller.cancel());
        HBox header = new HBox(title, progress, cancel);
        header.setMinHeight(Region.USE_PREF_SIZE);
        header.getStyleClass().add("run-header");
        header.setAlignment(Pos.CENTER_LEFT);
        return header;
    }

    private void chosen(Optional<StepId> step) {
        if (!step.equals(log.filterProperty().get().step())) {
            log.filterProperty().set(log.filterProperty().get().of(step));
        }
        refresh();
    }

    private void chosenTarget(Optional<String> target) {
        log.filterProperty().set(log.filterProperty().get().of(Optional.empty()).ofTarget(target));
    }

    private void showInLog(StepId step) {
        controller.failureLine(step).ifPresent(line -> {
            tab.set(Tab.STEPS);
            log.showFailure(step, line);
        });
    }

    private void rebuild() {
        RunModel model = controller.model();
        log.filterProperty().set(log.filterProperty().get().everything());
        log.followingProperty().set(true);
        steps.rebuild(model, this::refresh);
        log.offer(
                model.machines(),
                model.steps().stream()
                        .map(step -> new LogSource(Optional.of(step.id()), texts.render(step.title())))
                        .toList());
    }

    private void refresh() {
        Instant now = controller.now();
        RunModel model = controller.model();
        showTab();
        Optional<Node> focused = Optional.ofNullable(root.getScene()).map(Scene::getFocusOwner);
        title.setText(heading(model));
        progress.setText(model.total() == 0 ? "" : progress(model, now));
        bar.setProgress(
                model.total() == 0 && controller.busy() ? ProgressBar.INDETERMINATE_PROGRESS : model.progress());
        bar.pseudoClassStateChanged(StepList.FAILED, controller.resultProperty().get() == RunResult.FAILED);
        cancel.setVisible(controller.busy());
        cancel.setManaged(controller.busy());
        cancel.setDisable(controller.cancelling());
        cancel.setText(texts.marked(controller.cancelling() ? "ui.run.cancelling" : "ui.run.cancel"));
        showProblem(model);
        title.setAccessibleText(Stream.of(title.getText(), problem.words())
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" ")));
        if (controller.busy()) {
            clock.play();
        } else {
            clock.stop();
        }
        if (!controller.busy() && !ended && focused.filter(this::isAtWork).isEmpty()) {
            // JavaFX has no live regions: a screen reader says what gets the focus.
            title.requestFocus();
        }
        ended = !controller.busy();
    }

    /** Whether somebody who has the focus there is left alone. */
    private boolean isAtWork(Node focused) {
        return focused != cancel
                && Stream.iterate(focused, Objects::nonNull, Node::getParent).anyMatch(root::equals);
    }

    /** Brings what is looked at up to date, and only that. */
    private void showTab() {
        RunModel model = controller.model();
        Instant now = controller.now();
        Node area = switch (tab.get()) {
            case STEPS -> {
                steps.show(model, now);
                yield split;
            }
            case PICTURE -> {
                Optional<SetupRequest> request =
                        controller.run().filter(run -> !undo(model)).map(SetupRun::request);
                request.ifPresent(known -> picture.show(model.picture(known)));
                yield request.isPresent() ? pictureArea : noPicture;
            }
            case TIMELINE -> {
                model.timeline(now).ifPresent(timeline::show);
                yield timeline;
            }
        };
        int last = root.getChildren().size() - 1;
        if (root.getChildren().get(last) != area) {
            root.getChildren().set(last, area);
        }
    }

    private String progress(RunModel model, Instant now) {
        String soFar = texts.render(
                "ui.run.progressAndTime", model.done(), model.total(), StepTexts.clock(model.elapsed(now)));
        // Nobody has measured what taking back takes.
        return controller
                .run()
                .filter(run -> !undo(model))
                .flatMap(run -> model.left(run.durations(), now))
                .map(left -> texts.render("ui.run.left", soFar, About.of(texts, left)))
                .orElse(soFar);
    }

    private String heading(RunModel model) {
        RunResult result = controller.resultProperty().get();
        int machines = model.machines().size();
        if (controller.busy()) {
            return model.total() == 0
                    ? texts.render("ui.run.starting")
                    : undo(model) ? texts.render("ui.run.takingBack") : texts.render("ui.run.settingUp", machines);
        }
        return result == null ? "" : texts.render((undo(model) ? "ui.run.undo.result." : "ui.run.result.") + result);
    }

    private static boolean undo(RunModel model) {
        return model.purpose() == Purpose.UNDO;
    }

    private void showUndone(RunModel model) {
        if (intent instanceof RunIntent.Undo undo && controller.resultProperty().get() == RunResult.SUCCEEDED) {
            undone.show(model, undo.expected());
        } else {
            undone.hide();
        }
    }

    private void showProblem(RunModel model) {
        RunResult result = controller.resultProperty().get();
        showUndone(model);
        problem.offerUndo(!undo(model)
                && (intent instanceof RunIntent.ResumedSetup || controller.run().isPresent()));
        Optional<Problem> why = controller.startProblem();
        List<StepState> failures = model.failures();
        if (controller.busy() || result == null || result == RunResult.SUCCEEDED) {
            problem.hide();
        } else if (why.isPresent()) {
            problem.show(why.get(), Optional.empty(), 0);
        } else if (!failures.isEmpty()) {
            Optional<StepId> wanted = log.filterProperty().get().step();
            StepState shown = failures.stream()
                    .filter(step -> Optional.of(step.id()).equals(wanted))
                    .findFirst()
                    .orElse(failures.get(0));
            problem.show(shown.problem().orElseThrow(), Optional.of(shown.id()), failures.size() - 1);
        } else {
            problem.showCancelled(model.purpose());
        }
    }
}
