package io.keylesspull.ui.setup.machine;

import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;

/** A machine's size, typed or selected from those of the location, which are listed with CPUs and memory. */
public final class SizeBox extends ComboBox<String> {

    private final Texts texts;
    private final BackgroundTask<List<SizeInfo>> sizes;

    /** @param sizes those of the location */
    public SizeBox(Texts texts, StringProperty size, BackgroundTask<List<SizeInfo>> sizes) {
        this.texts = texts;
        this.sizes = sizes;
        setId("size");
        setEditable(true);
        setValue(size.get());
        getEditor().textProperty().bindBidirectional(size);
        setCellFactory(list -> new Cell());
        sizes.stateProperty().addListener((property, before, now) -> {
            if (now instanceof BackgroundTask.State.Done<List<SizeInfo>> done) {
                String typed = size.get();
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
        return sizes.state() instanceof BackgroundTask.State.Done<List<SizeInfo>> done
                ? done.value().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .map(each ->
                                name + "  ·  " + texts.render("ui.machines.size.facts", each.vCpus(), each.memoryGb()))
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
