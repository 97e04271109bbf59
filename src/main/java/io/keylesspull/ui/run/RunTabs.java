package io.keylesspull.ui.run;

import io.keylesspull.text.Texts;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/** Chooses how the run is shown: always exactly one way. */
final class RunTabs extends HBox {

    /** A way to look at a run. */
    enum Tab {
        STEPS,
        PICTURE,
        TIMELINE
    }

    private final Map<Tab, ToggleButton> buttons = new EnumMap<>(Tab.class);

    RunTabs(Texts texts, ObjectProperty<Tab> chosen) {
        getStyleClass().add("run-tabs");
        ToggleGroup group = new ToggleGroup();
        for (Tab tab : Tab.values()) {
            ToggleButton button = new ToggleButton(texts.marked("ui.run.tab." + tab));
            button.setId("run-tab-" + tab.name().toLowerCase(java.util.Locale.ROOT));
            button.setToggleGroup(group);
            button.setUserData(tab);
            button.setMinWidth(USE_PREF_SIZE);
            button.getStyleClass()
                    .add(tab == Tab.STEPS ? "left-pill" : tab == Tab.TIMELINE ? "right-pill" : "center-pill");
            button.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
                if (event.getCode() == KeyCode.ENTER) {
                    button.fire();
                    event.consume();
                }
            });
            buttons.put(tab, button);
            getChildren().add(button);
        }
        group.selectToggle(buttons.get(chosen.get()));
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null) {
                group.selectToggle(before);
            } else {
                chosen.set(tabOf(now));
            }
        });
        chosen.addListener((property, before, now) -> group.selectToggle(buttons.get(now)));
    }

    private static Tab tabOf(Toggle toggle) {
        return (Tab) toggle.getUserData();
    }
}
