package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.Show;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Four remarks for somebody who is here for the first time, one at a time, above the page; nothing waits for them. */
final class Tour extends VBox {

    private static final int STEPS = 4;

    private final Texts texts;
    /** From 1 on; 0 while it is closed. */
    private final IntegerProperty step = new SimpleIntegerProperty();

    private final Label count = Labels.of("", "notice-title");
    private final Label words = Labels.of("");
    private final Button next = new Button();
    private final Button close = new Button();

    Tour(Texts texts) {
        this.texts = texts;
        setId("tour");
        getStyleClass().addAll("notice", "notice-info");
        next.setId("tour-next");
        next.setMinWidth(USE_PREF_SIZE);
        next.setOnAction(event -> show(step.get() % STEPS + 1));
        close.setId("tour-close");
        close.getStyleClass().add("flat");
        close.setMinWidth(USE_PREF_SIZE);
        close.setOnAction(event -> step.set(0));
        HBox buttons = new HBox(8, next, close);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(count, words, buttons);
        VBox.setMargin(this, new Insets(0, 32, 8, 32));
        setMinHeight(USE_PREF_SIZE);
        Show.when(step.greaterThan(0), this);
    }

    /** Begins it, again too. */
    void begin() {
        show(1);
        next.requestFocus();
    }

    /** Says its words in the language that is spoken now. */
    void say() {
        if (step.get() > 0) {
            show(step.get());
        }
    }

    private void show(int now) {
        step.set(now);
        count.setText(texts.render("ui.tour.step", now, STEPS, texts.render("ui.tour." + now + ".title")));
        words.setText(texts.render("ui.tour." + now));
        next.setText(texts.marked(now < STEPS ? "ui.tour.next" : "ui.tour.again"));
        close.setText(texts.marked("ui.tour.close"));
    }
}
