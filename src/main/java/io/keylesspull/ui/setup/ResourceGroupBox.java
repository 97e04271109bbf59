package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.ResourceGroupInfo;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ComboBox;

/** A resource group's name, typed or selected from the existing ones. */
final class ResourceGroupBox extends ComboBox<String> {

    ResourceGroupBox(RegistryModel model) {
        setId("group");
        setEditable(true);
        setValue(model.groupProperty().get());
        getEditor().textProperty().bindBidirectional(model.groupProperty());
        model.groups().items().addListener((ListChangeListener<ResourceGroupInfo>) change -> {
            while (change.next()) {
                if (change.wasRemoved()) {
                    clear(model.groupProperty().get());
                }
                // At the end, so that what is being typed stays as it is.
                getItems()
                        .addAll(change.getAddedSubList().stream()
                                .map(ResourceGroupInfo::name)
                                .toList());
            }
        });
    }

    private void clear(String typed) {
        getItems().clear();
        setValue(typed);
        getEditor().setText(typed);
    }
}
