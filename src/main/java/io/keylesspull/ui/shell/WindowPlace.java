package io.keylesspull.ui.shell;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.geometry.Rectangle2D;

/**
 * Where a window is and how large, as it is remembered.
 *
 * @param bounds in pixels, when it is not maximised
 */
record WindowPlace(Rectangle2D bounds, boolean maximised) {

    private static final Pattern WRITTEN = Pattern.compile("(-?\\d{1,6}) (-?\\d{1,6}) (\\d{1,6}) (\\d{1,6})( max)?");
    /** How much of the title bar must be on a screen, so that the window can be taken hold of. */
    private static final double GRIP_WIDTH = 120;

    private static final double GRIP_HEIGHT = 30;

    /** Empty for a text that is none. */
    static Optional<WindowPlace> read(String written) {
        Matcher parts = WRITTEN.matcher(written);
        return parts.matches()
                ? Optional.of(new WindowPlace(
                        new Rectangle2D(number(parts, 1), number(parts, 2), number(parts, 3), number(parts, 4)),
                        parts.group(5) != null))
                : Optional.empty();
    }

    private static double number(Matcher parts, int group) {
        return Double.parseDouble(parts.group(group));
    }

    String written() {
        return "%d %d %d %d%s"
                .formatted(
                        Math.round(bounds.getMinX()),
                        Math.round(bounds.getMinY()),
                        Math.round(bounds.getWidth()),
                        Math.round(bounds.getHeight()),
                        maximised ? " max" : "");
    }

    /** Not larger than the screen it is on. @param screens the parts of them that windows may use; empty if on none */
    Optional<WindowPlace> on(List<Rectangle2D> screens) {
        Rectangle2D grip = new Rectangle2D(
                bounds.getMinX() + Math.max(0, bounds.getWidth() - GRIP_WIDTH) / 2,
                bounds.getMinY(),
                GRIP_WIDTH,
                GRIP_HEIGHT);
        return screens.stream()
                .filter(screen -> screen.contains(grip))
                .findFirst()
                .map(screen -> new WindowPlace(
                        new Rectangle2D(
                                bounds.getMinX(),
                                bounds.getMinY(),
                                Math.min(bounds.getWidth(), screen.getWidth()),
                                Math.min(bounds.getHeight(), screen.getHeight())),
                        maximised));
    }
}
