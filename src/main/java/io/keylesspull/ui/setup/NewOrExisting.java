package io.keylesspull.ui.setup;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.RadioOptions;
import javafx.beans.property.Property;

/** The choice between something new and something that exists already. */
final class NewOrExisting {

    private NewOrExisting() {}

    /** @param existing true if something that exists is chosen */
    static RadioOptions<Boolean> of(Texts texts, Property<Boolean> existing) {
        return new RadioOptions<>(existing).add(false, texts.render("ui.new")).add(true, texts.render("ui.existing"));
    }
}
