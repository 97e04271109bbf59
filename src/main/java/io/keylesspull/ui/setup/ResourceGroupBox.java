package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.ui.component.BackgroundTask;
import java.util.List;
import javafx.scene.control.ComboBox;

/** A resource group's name, typed or selected from the existing ones. */
final class ResourceGroupBox extends ComboBox<String> {

    ResourceGroupBox(RegistryModel model) {
        setId("group");
        setEditable(true);
        setValue(model.groupProperty().get());
        getEditor().textProperty().bindBidirectional(model.groupProperty());
        model.groups().stateProperty().addListener((property, before, now) -> {
            if (now instanceof BackgroundTask.State.Done<List<ResourceGroupInfo>> done) {
                String typed = model.groupProperty().get();
                getItems()
                        .setAll(done.value().stream()
                                .map(ResourceGroupInfo::name)
                                .toList());
                setValue(typed);
                getEditor().setText(typed);
            }
        });
    }
}
