package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;

/** A drop-down list with a search field. */
public final class SearchableChoice<T> extends Button {

    private static final double ROW = 44;
    private static final int MOST_ROWS = 6;
    private final Function<T, String> title;
    private final Function<T, String> detail;
    private final ObjectProperty<T> value = new SimpleObjectProperty<>();
    private final ObservableList<T> items = FXCollections.observableArrayList();
    /** A field, because the loaded list refers to it weakly. */
    private ObservableList<T> offered = FXCollections.emptyObservableList();

    private final FilteredList<T> found = new FilteredList<>(items);
    private final Popup popup = new Popup();
    private final TextField search = new TextField();
    private final ListView<T> list = new ListView<>(found);

    /**
     * @param prompt the text while nothing is selected
     * @param detail an item's second line; may return an empty text
     */
    public SearchableChoice(Texts texts, String prompt, Function<T, String> title, Function<T, String> detail) {
        this.title = title.andThen(Visible::of);
        this.detail = detail.andThen(Visible::of);
        getStyleClass().add("choice");
        setAccessibleRole(AccessibleRole.COMBO_BOX);
        Label shown = new Label(prompt);
        shown.setMinWidth(0);
        HBox.setHgrow(shown, Priority.ALWAYS);
        shown.setMaxWidth(Double.MAX_VALUE);
        HBox face = new HBox(8, shown, Icon.DOWN.node(10));
        face.setAlignment(Pos.CENTER_LEFT);
        face.prefWidthProperty().bind(widthProperty().subtract(26));
        setGraphic(face);
        setMnemonicParsing(false);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        shown.textProperty().bind(value.map(this.title).orElse(prompt));
        accessibleTextProperty().bind(shown.textProperty());
        value.addListener((property, before, now) -> list.getSelectionModel().select(now));

        list.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.max(2, Math.min(MOST_ROWS, items.size())) * ROW + 4, items));
        search.setPromptText(texts.render("ui.search"));
        search.setAccessibleText(texts.render("ui.search"));
        search.textProperty().addListener((property, before, now) -> find(now));
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN) {
                list.requestFocus();
                list.getSelectionModel().selectFirst();
                event.consume();
            }
        });
        search.setOnAction(event -> pick());
        list.setCellFactory(view -> new Cell());
        list.setPlaceholder(Labels.whyNothing(texts, items));
        list.setOnMouseClicked(event -> pick());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                pick();
                event.consume();
            }
        });
        VBox box = new VBox(8, search, list);
        box.getStyleClass().add("choice-popup");
        box.prefWidthProperty().bind(widthProperty());
        popup.getContent().add(box);
        popup.setAutoHide(true);
        setOnAction(event -> open());
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN) {
                open();
                event.consume();
            }
        });
    }

    public ObjectProperty<T> valueProperty() {
        return value;
    }

    public ObservableList<T> items() {
        return items;
    }

    /** Shows what the task loads. */
    public SearchableChoice<T> loadedBy(BackgroundTask<? extends java.util.List<T>> work) {
        work.stateProperty().addListener((property, before, now) -> take(work));
        take(work);
        return this;
    }

    /** Shows what comes, as it comes. */
    public SearchableChoice<T> loadedBy(LoadedList<T> loaded) {
        return loadedBy(loaded, any -> true);
    }

    /** Shows those of what comes, as it comes. */
    public SearchableChoice<T> loadedBy(LoadedList<T> loaded, Predicate<T> which) {
        offered = loaded.items().filtered(which);
        Bindings.bindContent(items, offered);
        return this;
    }

    private void take(BackgroundTask<? extends java.util.List<T>> work) {
        if (work.state() instanceof BackgroundTask.State.Done<? extends java.util.List<T>> done) {
            items.setAll(done.value());
        } else {
            items.clear();
        }
    }

    private void open() {
        search.clear();
        list.getSelectionModel().select(value.get());
        popup.getScene().getStylesheets().setAll(getScene().getStylesheets());
        // A popup has a root of its own, which takes over no style, such as the font of the language.
        popup.getContent().get(0).setStyle(getScene().getRoot().getStyle());
        var below = localToScreen(0, getHeight() + 2);
        popup.show(this, below.getX(), below.getY());
        if (value.get() != null) {
            list.scrollTo(value.get());
        }
        search.requestFocus();
    }

    private void find(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        found.setPredicate(item -> (title.apply(item) + " " + detail.apply(item))
                .toLowerCase(Locale.ROOT)
                .contains(wanted));
        list.getSelectionModel().selectFirst();
    }

    private void pick() {
        T picked = list.getSelectionModel().getSelectedItem();
        if (picked != null) {
            popup.hide();
            value.set(picked);
            requestFocus();
        }
    }

    private final class Cell extends ListCell<T> {
        Cell() {
            // The list's width, not the text's, so that long words end in an ellipsis.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            VBox lines = new VBox(new Label(title.apply(item)));
            lines.setAlignment(Pos.CENTER_LEFT);
            if (!detail.apply(item).isEmpty()) {
                Label second = new Label(detail.apply(item));
                second.getStyleClass().add("hint");
                lines.getChildren().add(second);
            }
            setGraphic(lines);
        }
    }
}
