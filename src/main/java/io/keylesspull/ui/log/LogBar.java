package io.keylesspull.ui.log;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The bar above the log: filters, search, copy, save. */
final class LogBar extends VBox {

    /** An entry of a filter's list; without a value, no filter. */
    private record FilterOption<T>(Optional<T> value, String label) {
        @Override
        public String toString() {
            return label;
        }
    }

    private final Texts texts;
    private final LogView view;
    private final LogFile file;
    private final ComboBox<FilterOption<String>> machine = new ComboBox<>();
    private final ComboBox<FilterOption<StepId>> step = new ComboBox<>();
    private final TextField find = new TextField();
    private final Label found = new Label();
    private final ToggleButton follow = new ToggleButton();
    private final Label said = new Label();
    private boolean showing;

    LogBar(Texts texts, LogView view, LogFile file) {
        this.texts = texts;
        this.view = view;
        this.file = file;
        filters();
        search();
        HBox row = new HBox(
                machine,
                step,
                find,
                found,
                whileSearching(button("previous", "log-icon-up", () -> view.findNext(-1))),
                whileSearching(button("next", "log-icon-down", () -> view.findNext(1))),
                follow(),
                toggle("wrap", view.wrappingProperty()),
                toggle("details", view.detailedProperty()),
                button("copy", "log-icon-copy", view::copy),
                button("save", "log-icon-save", this::save));
        row.getStyleClass().add("log-bar");
        row.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(find, Priority.ALWAYS);
        said.getStyleClass().add("log-said");
        said.setWrapText(true);
        said.managedProperty().bind(said.visibleProperty());
        said.setVisible(false);
        getChildren().addAll(row, said);
    }

    private void filters() {
        machine.setId("log-machine");
        step.setId("log-step");
        machine.setAccessibleText(texts.render("ui.log.machine"));
        step.setAccessibleText(texts.render("ui.log.step"));
        machine.managedProperty().bind(machine.visibleProperty());
        offer(List.of(), List.of());
        machine.valueProperty().addListener((property, old, now) -> choose());
        step.valueProperty().addListener((property, old, now) -> choose());
    }

    private void search() {
        find.setId("log-find");
        find.setPromptText(texts.render("ui.log.find"));
        find.setAccessibleText(texts.render("ui.log.find"));
        find.textProperty().addListener((property, old, now) -> view.find(now));
        find.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                view.findNext(event.isShiftDown() ? -1 : 1);
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE && !find.getText().isEmpty()) {
                find.clear();
                event.consume();
            }
        });
        found.setId("log-found");
        found.setMinWidth(Region.USE_PREF_SIZE);
        found.managedProperty().bind(found.visibleProperty());
        found.setVisible(false);
    }

    private ToggleButton follow() {
        named(follow, "follow", "log-icon-follow");
        follow.getStyleClass().add("log-follow");
        follow.setMinWidth(Region.USE_PREF_SIZE);
        follow.selectedProperty().bindBidirectional(view.followingProperty());
        return follow;
    }

    /** Says how many lines have come that were not in view. */
    void unseen(int lines) {
        String text = lines == 0 ? "" : texts.render("ui.log.unseen", lines);
        if (!text.equals(follow.getText())) {
            follow.setText(text);
        }
    }

    private ToggleButton toggle(String name, BooleanProperty property) {
        ToggleButton toggle = new ToggleButton();
        named(toggle, name, "log-icon-" + name);
        toggle.selectedProperty().bindBidirectional(property);
        return toggle;
    }

    private Button button(String name, String icon, Runnable action) {
        Button button = new Button();
        named(button, name, icon);
        button.setOnAction(event -> action.run());
        return button;
    }

    private void named(ButtonBase button, String name, String icon) {
        Region shape = new Region();
        shape.getStyleClass().addAll("log-icon", icon);
        button.setGraphic(shape);
        button.setId("log-" + name);
        button.getStyleClass().addAll("button-icon", "flat", "log-button");
        button.setTooltip(new Tooltip(texts.render("ui.log." + name)));
        button.setAccessibleText(texts.render("ui.log." + name));
    }

    private Button whileSearching(Button button) {
        button.visibleProperty().bind(find.textProperty().isNotEmpty());
        button.managedProperty().bind(button.visibleProperty());
        return button;
    }

    private void choose() {
        if (!showing && machine.getValue() != null && step.getValue() != null) {
            view.filterProperty()
                    .set(new LogFilter(
                            machine.getValue().value(),
                            step.getValue().value(),
                            view.detailedProperty().get()));
        }
    }

    void offer(List<String> machines, List<LogSource> steps) {
        List<FilterOption<String>> machineOptions = new ArrayList<>();
        machineOptions.add(new FilterOption<>(Optional.empty(), texts.render("ui.log.allMachines")));
        machines.forEach(name -> machineOptions.add(new FilterOption<>(Optional.of(name), name)));
        List<FilterOption<StepId>> stepOptions = new ArrayList<>();
        stepOptions.add(new FilterOption<>(Optional.empty(), texts.render("ui.log.allSteps")));
        steps.forEach(source -> stepOptions.add(new FilterOption<>(source.step(), source.title())));
        showing = true;
        machine.getItems().setAll(machineOptions);
        step.getItems().setAll(stepOptions);
        machine.setVisible(machines.size() > 1);
        showing = false;
        show(
                view.filterProperty() == null
                        ? LogFilter.ALL
                        : view.filterProperty().get());
    }

    /** Shows the filter that is set. */
    void show(LogFilter filter) {
        showing = true;
        machine.getItems().stream()
                .filter(choice -> choice.value().equals(filter.machine()))
                .findFirst()
                .ifPresent(machine::setValue);
        step.getItems().stream()
                .filter(choice -> choice.value().equals(filter.step()))
                .findFirst()
                .ifPresent(step::setValue);
        showing = false;
    }

    void found(LogSearch search) {
        found.setVisible(search.searching());
        if (search.searching()) {
            String hits = texts.render("ui.log.found", search.position(), search.count());
            found.setText(
                    search.progress() < 1
                            ? texts.render("ui.log.finding", hits, (int) (100 * search.progress()))
                            : hits);
        }
    }

    void focusFind() {
        find.requestFocus();
        find.selectAll();
    }

    private void save() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.render("ui.log.save"));
        chooser.setInitialFileName("keyless-pull.log");
        File chosen = chooser.showSaveDialog(getScene().getWindow());
        if (chosen != null) {
            file.save(chosen.toPath(), words -> Platform.runLater(() -> say(words)));
        }
    }

    void say(String words) {
        said.setText(words);
        said.setVisible(true);
    }
}
