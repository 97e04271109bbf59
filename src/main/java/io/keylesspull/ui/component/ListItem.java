package io.keylesspull.ui.component;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** One entry of a list that is only read: an icon and a text, with an optional remark under it. */
public final class ListItem extends HBox {

    /**
     * @param style of the icon, such as {@code item-goes}
     * @param remark may be empty
     */
    public ListItem(Icon icon, String style, String words, String remark) {
        getStyleClass().addAll("item", style);
        setAlignment(Pos.TOP_LEFT);
        Label what = Labels.of(words);
        VBox text = new VBox(what);
        if (!remark.isEmpty()) {
            text.getChildren().add(Labels.hint(remark));
        }
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        StackPane sign = new StackPane(icon.node(12));
        sign.getStyleClass().add("item-sign");
        getChildren().addAll(sign, text);
    }
}
