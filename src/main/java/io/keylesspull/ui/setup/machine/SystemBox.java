package io.keylesspull.ui.setup.machine;

import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.text.Texts;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;

/** The system of a new machine: one of a few by its full name, or the URN of any image. */
public final class SystemBox extends ComboBox<String> {

    public SystemBox(Texts texts, StringProperty image) {
        super(FXCollections.observableArrayList(MachineImages.aliases()));
        setId("system");
        setEditable(true);
        setConverter(new StringConverter<>() {
            @Override
            public String toString(String alias) {
                return alias == null
                        ? ""
                        : MachineImages.aliases().contains(alias) ? texts.render("ui.machines.image." + alias) : alias;
            }

            @Override
            public String fromString(String shown) {
                return MachineImages.aliases().stream()
                        .filter(alias -> toString(alias).equals(shown))
                        .findFirst()
                        .orElse(shown.strip());
            }
        });
        setValue(image.get());
        getEditor()
                .textProperty()
                .addListener((property, before, now) -> image.set(getConverter().fromString(now)));
    }
}
