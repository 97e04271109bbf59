package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;

/** A machine's size, typed or selected from those of the location, which are listed with CPUs and memory. */
final class SizeBox extends ComboBox<String> {

    private final Texts texts;
    private final MachinesModel model;

    SizeBox(Texts texts, MachinesModel model) {
        this.texts = texts;
        this.model = model;
        setId("size");
        setEditable(true);
        setValue(model.sizeProperty().get());
        getEditor().textProperty().bindBidirectional(model.sizeProperty());
        setCellFactory(list -> new Cell());
        model.sizes().stateProperty().addListener((property, before, now) -> {
            if (now instanceof BackgroundTask.State.Done<List<SizeInfo>> done) {
                String typed = model.sizeProperty().get();
                getItems()
                        .setAll(done.value().stream()
                                .filter(SizeInfo::available)
                                .map(SizeInfo::name)
                                .toList());
                setValue(typed);
                getEditor().setText(typed);
            }
        });
    }

    private String words(String name) {
        return model.sizes().state() instanceof BackgroundTask.State.Done<List<SizeInfo>> done
                ? done.value().stream()
                        .filter(size -> size.name().equals(name))
                        .findFirst()
                        .map(size ->
                                name + "  ·  " + texts.render("ui.machines.size.facts", size.vCpus(), size.memoryGb()))
                        .orElse(name)
                : name;
    }

    private final class Cell extends ListCell<String> {
        @Override
        protected void updateItem(String item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? null : words(item));
        }
    }
}
