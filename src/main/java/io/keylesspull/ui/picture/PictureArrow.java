package io.keylesspull.ui.picture;

import io.keylesspull.setup.picture.State;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** An arrow with what it means. */
final class PictureArrow extends Region {

    private static final int HEAD = 16;
    private static final double GAP = 4;
    /** Where the arrow that leads back ends, from the left, and where it begins, from below, in pixels. */
    private static final double END = 36;

    private static final double BEGIN = 34;

    private enum Way {
        RIGHT,
        DOWN,
        /** From the right to the left and up. */
        BACK
    }

    private final Way way;
    private final Label words = new Label();
    private final Region head = Icon.ARROW.node(HEAD);
    private final Region line = new Region();

    private PictureArrow(Way way) {
        this.way = way;
        getStyleClass().add("picture-arrow");
        words.getStyleClass().add("hint");
        line.getStyleClass().add("picture-line");
        getChildren().addAll(words, head);
        switch (way) {
            case RIGHT -> words.setAlignment(Pos.CENTER);
            case DOWN -> head.setRotate(90);
            case BACK -> {
                head.setRotate(-90);
                getChildren().add(line);
            }
        }
    }

    static PictureArrow right() {
        return new PictureArrow(Way.RIGHT);
    }

    static PictureArrow down() {
        return new PictureArrow(Way.DOWN);
    }

    static PictureArrow back() {
        return new PictureArrow(Way.BACK);
    }

    void show(String meaning, State state) {
        words.setText(way == Way.BACK ? meaning : Labels.breakable(meaning));
        words.setTooltip(way == Way.BACK ? new Tooltip(meaning) : null);
        PartButton.mark(this, state);
    }

    @Override
    protected double computePrefWidth(double height) {
        return switch (way) {
            case RIGHT -> Math.max(head.prefWidth(-1), words.prefWidth(-1));
            case DOWN -> head.prefWidth(-1) + GAP + words.prefWidth(-1);
            case BACK -> END * 2;
        };
    }

    @Override
    protected double computeMinWidth(double height) {
        return way == Way.BACK ? 0 : computePrefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        double text = words.prefHeight(-1);
        return way == Way.RIGHT ? text + head.prefWidth(-1) : Math.max(head.prefWidth(-1), text) + 2 * GAP;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double text = words.prefHeight(-1);
        switch (way) {
            case RIGHT -> {
                double top = (height - text - head.prefWidth(-1)) / 2;
                words.resizeRelocate(0, top, width, text);
                head.resizeRelocate(
                        (width - head.prefWidth(-1)) / 2, top + text, head.prefWidth(-1), head.prefWidth(-1));
            }
            case DOWN -> {
                double left = (width - head.prefWidth(-1) - GAP - words.prefWidth(-1)) / 2;
                head.resizeRelocate(left, (height - head.prefWidth(-1)) / 2, head.prefWidth(-1), head.prefWidth(-1));
                words.resizeRelocate(left + head.prefWidth(-1) + GAP, (height - text) / 2, words.prefWidth(-1), text);
            }
            case BACK -> {
                double bottom = height - BEGIN;
                head.resizeRelocate(END - head.prefWidth(-1) / 2, 0, head.prefWidth(-1), head.prefWidth(-1));
                line.resizeRelocate(
                        END - 1,
                        head.prefWidth(-1) - 2,
                        Math.max(0, width - END),
                        Math.max(0, bottom - head.prefWidth(-1) + 2));
                words.resizeRelocate(END + 3 * GAP, bottom - text - GAP, Math.max(0, width - END - 4 * GAP), text);
            }
        }
    }
}
