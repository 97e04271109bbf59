package io.keylesspull.ui.runs;

import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Field;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.ListItem;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.ProblemBox;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The selected run: what is left of it, what can be done with it, and the question before it is removed. */
final class RunDetails extends VBox {

    private final Texts texts;
    private final RunsModel model;
    private final RunTexts words;
    private final RunActions actions;
    private final Runnable onAnswered;
    private final VBox facts = new VBox();
    private final FlowPane buttons = new FlowPane();
    private final ReportSaving report;
    private @Nullable EarlierRun shown;
    private boolean asking;

    /** @param onAnswered called after the question was answered, to move the focus */
    RunDetails(Texts texts, RunsModel model, RunTexts words, RunActions actions, Runnable onAnswered) {
        this.texts = texts;
        this.model = model;
        this.words = words;
        this.actions = actions;
        this.onAnswered = onAnswered;
        report = new ReportSaving(texts, model);
        getStyleClass().add("run-details");
        setMinHeight(USE_PREF_SIZE);
        managedProperty().bind(visibleProperty());
        facts.getStyleClass().add("run-facts");
        buttons.getStyleClass().add("run-buttons");
        getChildren().addAll(facts, LoadStatus.ofFailure(texts, model.removal()), report.said(), buttons);
        // Escape answers no here; otherwise it leaves the page.
        setOnKeyPressed(event -> {
            if (asking && event.getCode() == KeyCode.ESCAPE) {
                keep();
                onAnswered.run();
                event.consume();
            }
        });
        show(null);
    }

    /** @param earlier null if none is selected */
    void show(@Nullable EarlierRun earlier) {
        shown = earlier;
        asking = false;
        if (model.removal().state() instanceof BackgroundTask.State.Failed) {
            model.removal().stop();
        }
        report.forget();
        setVisible(earlier != null);
        if (earlier != null) {
            refresh(earlier);
        }
    }

    /** Withdraws the question. */
    void keep() {
        EarlierRun earlier = shown;
        if (asking && earlier != null) {
            asking = false;
            refresh(earlier);
        }
    }

    void askToRemove() {
        EarlierRun earlier = shown;
        if (earlier != null) {
            asking = true;
            refresh(earlier);
        }
    }

    private void refresh(EarlierRun earlier) {
        if (asking) {
            ask(earlier);
            return;
        }
        StoredRun run = earlier.stored();
        Form form = new Form();
        Field left = form.field(texts.render("ui.runs.left"), Labels.of(words.left(run)));
        if (earlier.practice()) {
            left.hint(texts.render(run.cloudEnded() ? "ui.runs.practice.ended" : "ui.runs.practice.hint"));
        }
        form.field(
                texts.render("ui.runs.folder"), new Copyable(texts, run.folder().toString()));
        facts.getChildren().setAll(form);
        run.problem().ifPresent(problem -> facts.getChildren().add(0, new ProblemBox(texts, problem, null)));
        buttons.getChildren().clear();
        if (run.canGoOn()) {
            button("ui.runs.goOn", "run-go-on", () -> actions.resume(earlier))
                    .getStyleClass()
                    .add("accent");
        }
        if (run.canBeUndone()) {
            button("ui.runs.undo", "run-take-back", () -> actions.undo(earlier));
        }
        button("ui.runs.log", "run-log", () -> actions.showLog(earlier));
        if (run.problem().isEmpty() && run.steps() > 0) {
            button("ui.runs.report", "run-report", () -> report.ask(earlier));
        }
        button("ui.runs.open", "run-open", () -> actions.openFolder(earlier));
        button("ui.runs.remove", "run-remove", this::askToRemove);
    }

    private void ask(EarlierRun earlier) {
        StoredRun run = earlier.stored();
        List<String> left = words.leftInFull(run);
        Label title =
                Labels.of(texts.render("ui.runs.remove.title", words.about(run), words.started(run)), "notice-title");
        VBox box = new VBox(title);
        box.setId("remove-question");
        box.getStyleClass().addAll("notice", left.isEmpty() ? "notice-info" : "notice-danger");
        boolean damaged = run.state() == StoredRun.State.DAMAGED;
        box.getChildren()
                .add(Labels.of(texts.render(
                        damaged
                                ? "ui.runs.remove.damaged"
                                : left.isEmpty()
                                        ? "ui.runs.remove.nothing"
                                        : earlier.practice() ? "ui.runs.remove.practice" : "ui.runs.remove.left")));
        if (!left.isEmpty() && run.holdsKey()) {
            box.getChildren().add(Labels.of(texts.render("ui.runs.remove.key")));
        }
        if (!left.isEmpty()) {
            VBox lines = new VBox();
            lines.getStyleClass().add("lines");
            left.forEach(line -> lines.getChildren().add(new ListItem(Icon.FOUND, "item-stays", line, "")));
            box.getChildren().add(lines);
        }
        facts.getChildren().setAll(box);
        buttons.getChildren().clear();
        Button keep = button("ui.runs.remove.keep", "run-keep", () -> {
            keep();
            onAnswered.run();
        });
        button("ui.runs.remove.yes", "run-remove-now", () -> {
                    asking = false;
                    model.remove(earlier);
                    onAnswered.run();
                })
                .getStyleClass()
                .add("danger");
        keep.requestFocus();
    }

    private Button button(String key, String id, Runnable action) {
        Button button = new Button(texts.marked(key));
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        buttons.getChildren().add(button);
        return button;
    }
}
