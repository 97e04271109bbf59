package io.keylesspull.ui.timeline;

import io.keylesspull.engine.event.Timeline.Bar;
import io.keylesspull.engine.event.Timeline.End;
import io.keylesspull.engine.event.TimelineRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.layout.Region;

/** The bars of one row on the time axis. What was waited for is drawn lighter. */
final class BarTrack extends Region {

    /** A bar that can be seen, in pixels. */
    private static final double THINNEST = 3;

    private static final double HEIGHT = 12;
    private static final double HELD = 3;

    /** A part of a bar. @param from as a share of the whole */
    private record Piece(double from, double to, double height, Region region) {}

    private final List<Piece> pieces = new ArrayList<>();

    BarTrack() {
        getStyleClass().add("time-track");
    }

    void show(TimelineRow row, Instant begin, Duration whole) {
        pieces.clear();
        for (Bar bar : row.bars()) {
            bar.held().ifPresent(held -> add(held.from(), bar.from(), begin, whole, HELD, "held"));
            add(bar.from(), bar.to(), begin, whole, HEIGHT, style(bar.end()));
            bar.waits().forEach(wait -> add(wait.from(), wait.to(), begin, whole, HEIGHT, "wait"));
        }
        getChildren().setAll(pieces.stream().map(Piece::region).toList());
        requestLayout();
    }

    private static String style(End end) {
        return end.name().toLowerCase(Locale.ROOT);
    }

    private void add(Instant from, Instant to, Instant begin, Duration whole, double height, String style) {
        if (to.isBefore(from)) {
            return;
        }
        Region region = new Region();
        region.getStyleClass().addAll("time-bar", "time-" + style);
        pieces.add(new Piece(share(from, begin, whole), share(to, begin, whole), height, region));
    }

    private static double share(Instant at, Instant begin, Duration whole) {
        double all = Math.max(1, whole.toMillis());
        return Math.max(0, Math.min(1, Duration.between(begin, at).toMillis() / all));
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        for (Piece piece : pieces) {
            double left = Math.min(getWidth() - THINNEST, piece.from() * getWidth());
            double width = Math.max(THINNEST, piece.to() * getWidth() - left);
            piece.region().resizeRelocate(left, (getHeight() - piece.height()) / 2, width, piece.height());
        }
    }
}
