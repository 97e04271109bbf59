package io.keylesspull.ui.timeline;

import java.time.Duration;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** The times above the rows. */
final class TimeAxis extends Region {

    /** The width of a mark with the space to the next, in pixels. */
    private static final double MARK = 70;

    /** Above and below a mark, in pixels. */
    private static final double ROOM = 4;

    private Duration whole = Duration.ZERO;
    private List<Duration> marks = List.of();

    TimeAxis() {
        getStyleClass().add("time-axis");
    }

    void show(Duration time) {
        whole = time;
        requestLayout();
    }

    @Override
    protected double computePrefHeight(double width) {
        return getChildren().stream()
                        .mapToDouble(label -> label.prefHeight(-1))
                        .max()
                        .orElse(0)
                + ROOM;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        List<Duration> wanted = TimeScale.marks(whole, (int) Math.max(1, getWidth() / MARK));
        if (!wanted.equals(marks)) {
            marks = wanted;
            getChildren().setAll(marks.stream().map(TimeAxis::label).toList());
        }
        double all = Math.max(1, whole.toMillis());
        for (int i = 0; i < marks.size(); i++) {
            Label label = (Label) getChildren().get(i);
            double left = marks.get(i).toMillis() / all * getWidth();
            double width = label.prefWidth(-1);
            label.resizeRelocate(Math.min(left, getWidth() - width), 0, width, getHeight());
        }
    }

    private static Label label(Duration mark) {
        Label label = new Label(TimelineTexts.clock(mark));
        label.getStyleClass().add("time-mark");
        return label;
    }
}
