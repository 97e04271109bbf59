package io.keylesspull.ui.runs;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Page;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** All earlier runs, the latest first, and what can be done with each. */
public final class RunsPage implements Page {

    private final Texts texts;
    private final RunsModel model;
    private final ListView<EarlierRun> list = new ListView<>();
    private final RunDetails details;
    private final VBox root;

    public RunsPage(Texts texts, RunsModel model, RunTexts words, RunActions actions) {
        this.texts = texts;
        this.model = model;
        details = new RunDetails(texts, model, words, actions, list::requestFocus);
        list.setId("runs");
        list.getStyleClass().add("runs-list");
        list.setAccessibleText(texts.render("ui.title.RUNS"));
        list.setCellFactory(view -> new RunCell(words));
        list.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> details.show(now));
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DELETE) {
                details.askToRemove();
                event.consume();
            }
        });
        list.heightProperty().addListener((property, before, now) -> {
            if (now.doubleValue() < before.doubleValue()) {
                // The question below makes the list shorter; the selected run stays in view.
                Platform.runLater(() -> list.scrollTo(list.getSelectionModel().getSelectedIndex()));
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        LoadStatus note = LoadStatus.ofFailure(texts, model.reading());
        details.setMinHeight(Region.USE_PREF_SIZE);
        root = new VBox(note, list, details);
        root.getStyleClass().addAll("page", "runs-page");
        model.knownProperty().addListener((property, before, now) -> refresh(now));
        model.reading().stateProperty().addListener((property, before, now) -> placeholder());
        refresh(model.knownProperty().get());
    }

    private void refresh(List<EarlierRun> now) {
        EarlierRun selected = list.getSelectionModel().getSelectedItem();
        int index = Math.max(0, list.getSelectionModel().getSelectedIndex());
        list.getItems().setAll(now);
        int same = selected == null
                ? -1
                : now.stream()
                        .map(earlier -> earlier.stored().folder())
                        .toList()
                        .indexOf(selected.stored().folder());
        // If it is gone, the one that took its place.
        list.getSelectionModel().select(same >= 0 ? same : Math.min(index, now.size() - 1));
        details.show(list.getSelectionModel().getSelectedItem());
        placeholder();
    }

    private void placeholder() {
        list.setPlaceholder(
                model.reading().state() instanceof BackgroundTask.State.Running<List<EarlierRun>>
                        ? LoadStatus.waiting(texts.render("ui.loading"))
                        : Labels.hint(texts.render("ui.runs.none")));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Optional<Node> initialFocus() {
        return Optional.of(list);
    }

    @Override
    public boolean scrolls() {
        return false;
    }

    @Override
    public void open() {
        details.keep();
        model.load();
    }
}
