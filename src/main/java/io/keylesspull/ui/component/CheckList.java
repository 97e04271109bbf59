package io.keylesspull.ui.component;

import io.keylesspull.text.Texts;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SetProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A list with a check box in every row, and a search field. */
public final class CheckList<T> extends VBox {

    private final ObservableList<T> items = FXCollections.observableArrayList();
    private final FilteredList<T> found = new FilteredList<>(items);
    /** A field, because the loaded list refers to it weakly. */
    private ObservableList<T> offered = FXCollections.emptyObservableList();

    private final SetProperty<T> ticked;
    private final Function<T, Node> face;
    private final ListView<T> list = new ListView<>(found);

    /**
     * @param ticked the model's set, read and changed
     * @param face makes what is shown beside an item's check box
     * @param words the text of an item that is searched
     */
    public CheckList(Texts texts, SetProperty<T> ticked, Function<T, Node> face, Function<T, String> words) {
        this.ticked = ticked;
        this.face = face;
        getStyleClass().add("check-list");
        TextField search = new TextField();
        search.setPromptText(texts.render("ui.search"));
        search.setAccessibleText(texts.render("ui.search"));
        search.textProperty().addListener((property, before, now) -> {
            String wanted = now.strip().toLowerCase(Locale.ROOT);
            found.setPredicate(
                    item -> words.apply(item).toLowerCase(Locale.ROOT).contains(wanted));
        });
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN) {
                list.requestFocus();
                list.getSelectionModel().selectFirst();
                event.consume();
            }
        });
        list.setPlaceholder(Labels.whyNothing(texts, items));
        list.accessibleTextProperty().bind(accessibleTextProperty());
        list.setCellFactory(view -> new Cell());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.SPACE) {
                toggle(list.getSelectionModel().getSelectedItem());
                event.consume();
            }
        });
        HBox.setHgrow(search, Priority.ALWAYS);
        HBox top = new HBox(12, search, all(texts));
        top.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(top, list);
    }

    /** Ticks all that are found, or none of them. */
    private CheckBox all(Texts texts) {
        CheckBox all = new CheckBox(texts.marked("ui.all"));
        all.getStyleClass().add("check-all");
        all.setMinWidth(USE_PREF_SIZE);
        InvalidationListener changed = observable -> all.setSelected(!found.isEmpty() && ticked.containsAll(found));
        ticked.addListener(changed);
        found.addListener(changed);
        changed.invalidated(found);
        all.setOnAction(event -> {
            Set<T> then = new LinkedHashSet<>(ticked);
            if (all.isSelected()) {
                then.addAll(found);
            } else {
                found.forEach(then::remove);
            }
            // One change, however many there are: what depends on the set is worked out once.
            ticked.set(FXCollections.observableSet(then));
            list.refresh();
        });
        return all;
    }

    public ObservableList<T> items() {
        return items;
    }

    /** Shows those of what comes, as it comes. */
    public CheckList<T> loadedBy(LoadedList<T> loaded, Predicate<T> which) {
        offered = loaded.items().filtered(which);
        Bindings.bindContent(items, offered);
        return this;
    }

    private void toggle(T item) {
        if (item != null && !ticked.remove(item)) {
            ticked.add(item);
        }
        list.refresh();
    }

    private final class Cell extends ListCell<T> {
        Cell() {
            // The list's width, not the text's, so that long words end in an ellipsis.
            setPrefWidth(0);
            setOnMouseClicked(event -> {
                if (!isEmpty()) {
                    toggle(getItem());
                }
            });
        }

        @Override
        protected void updateItem(T item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            CheckBox box = new CheckBox();
            box.setGraphic(face.apply(item));
            box.setMaxWidth(Double.MAX_VALUE);
            box.setSelected(ticked.contains(item));
            // The row is the target, so that a click anywhere on it counts once.
            box.setMouseTransparent(true);
            box.setFocusTraversable(false);
            setGraphic(box);
        }
    }
}
