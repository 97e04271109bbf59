package io.keylesspull.ui.log;

import io.keylesspull.text.Texts;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The lines of a log file, with a search that hides all others, and copying them. */
public final class StoredLogView extends VBox {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);

    private final Texts texts;
    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final FilteredList<String> found = new FilteredList<>(lines);
    private final ListView<String> list = new ListView<>(found);
    private final TextField find = new TextField();
    private final Label count = new Label();
    private long skipped;

    public StoredLogView(Texts texts) {
        this.texts = texts;
        getStyleClass().add("log-view");
        getStylesheets().add(StoredLogView.class.getResource("log.css").toExternalForm());
        find.setId("stored-log-find");
        find.setPromptText(texts.render("ui.log.find"));
        find.setAccessibleText(texts.render("ui.log.find"));
        find.textProperty().addListener((property, before, now) -> narrow());
        find.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !find.getText().isEmpty()) {
                find.clear();
                event.consume();
            }
        });
        HBox.setHgrow(find, Priority.ALWAYS);
        count.getStyleClass().add("hint");
        count.setMinWidth(USE_PREF_SIZE);
        HBox bar = new HBox(find, count, copyButton());
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("log-bar");
        list.setId("stored-log");
        list.getStyleClass().addAll("log-list", LogLook.ONE_LINE, "edge-to-edge");
        list.setStyle("-fx-font-family: '" + LogLook.monospace(texts.locale()) + "';");
        list.setCellFactory(view -> new Line());
        list.setAccessibleText(texts.render("ui.log.name"));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(bar, list);
        setOnKeyPressed(event -> {
            if (FIND.match(event)) {
                find.requestFocus();
                event.consume();
            } else if (COPY.match(event) && list.isFocused()) {
                copy();
                event.consume();
            }
        });
    }

    private Button copyButton() {
        Region shape = new Region();
        shape.getStyleClass().addAll("log-icon", "log-icon-copy");
        Button copy = new Button(null, shape);
        copy.getStyleClass().addAll("button-icon", "flat", "log-button");
        copy.setTooltip(new Tooltip(texts.render("ui.log.copy")));
        copy.setAccessibleText(texts.render("ui.log.copy"));
        copy.setOnAction(event -> copy());
        return copy;
    }

    public void show(StoredLog log) {
        skipped = log.skipped();
        find.clear();
        lines.setAll(log.lines());
        narrow();
    }

    public ListView<String> list() {
        return list;
    }

    private void narrow() {
        String wanted = find.getText().strip().toLowerCase(Locale.ROOT);
        found.setPredicate(line -> line.toLowerCase(Locale.ROOT).contains(wanted));
        count.setText(
                !wanted.isEmpty()
                        ? texts.render("ui.log.found", found.size(), lines.size())
                        : skipped == 0 ? "" : texts.render("ui.log.skipped", (skipped + 999_999) / 1_000_000));
    }

    private void copy() {
        ObservableList<String> selected = list.getSelectionModel().getSelectedItems();
        ClipboardContent content = new ClipboardContent();
        content.putString(
                (selected.isEmpty() ? found : selected).stream().collect(Collectors.joining(System.lineSeparator())));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private static final class Line extends ListCell<String> {
        Line() {
            getStyleClass().add("log-cell");
        }

        @Override
        protected void updateItem(String line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty ? null : line);
        }
    }
}
