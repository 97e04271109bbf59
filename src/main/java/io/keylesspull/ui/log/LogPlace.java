package io.keylesspull.ui.log;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import org.jspecify.annotations.Nullable;

/**
 * Where the list is in the log. When it comes near the end of the lines that it has, further ones are read in the
 * background. Used by JavaFX's thread.
 */
final class LogPlace {

    private static final int PORTION = 1_000;
    /** So many lines before the end of those that are there. */
    private static final int NEAR = 200;
    /** Lines that are shown above one that is gone to. */
    private static final int ABOVE = 3;

    private final ListView<LogLine> list;
    private final LogLines lines;
    private final LogBuffer buffer;
    private final Executor background;
    private final Runnable onMoved;
    private int reads;
    private boolean reading;

    /** @param onMoved called after other lines were put in */
    LogPlace(ListView<LogLine> list, LogLines lines, LogBuffer buffer, Executor background, Runnable onMoved) {
        this.list = list;
        this.lines = lines;
        this.buffer = buffer;
        this.background = background;
        this.onMoved = onMoved;
    }

    private @Nullable VirtualFlow<?> flow() {
        return (VirtualFlow<?>) list.lookup(".virtual-flow");
    }

    /** The index of the line at the top; 0 if there is none. */
    private int top() {
        VirtualFlow<?> flow = flow();
        return flow == null || flow.getFirstVisibleCell() == null
                ? 0
                : flow.getFirstVisibleCell().getIndex();
    }

    private int bottom() {
        VirtualFlow<?> flow = flow();
        return flow == null || flow.getLastVisibleCell() == null
                ? lines.size() - 1
                : flow.getLastVisibleCell().getIndex();
    }

    /** Whether the newest line is in view. */
    boolean atBottom() {
        return !lines.hasLater() && bottom() >= lines.size() - 1;
    }

    /**
     * Shows the newest line; where rows are of unequal height, it takes a few calls, with a layout between them.
     *
     * @param roughly whether it may be cut off, because others follow at once: that is much less work
     */
    void showEnd(boolean roughly) {
        VirtualFlow<?> flow = flow();
        if (flow != null && roughly) {
            flow.setPosition(1);
            return;
        }
        IndexedCell<?> last = flow == null ? null : flow.getLastVisibleCell();
        if (flow == null || last == null || last.getIndex() != lines.size() - 1) {
            list.scrollTo(lines.size() - 1);
            return;
        }
        double hidden = last.getBoundsInParent().getMaxY() - flow.getHeight();
        if (hidden > 1) {
            flow.scrollPixels(hidden);
        } else {
            // Then it stays at its end by itself.
            flow.setPosition(1);
        }
    }

    /** How many lines of the log are above the list, whether the filter shows them or not. */
    long above() {
        int top = top();
        return (top < lines.size() ? lines.get(top).number() : lines.to()) - buffer.oldest();
    }

    long all() {
        return buffer.end() - buffer.oldest();
    }

    /** Called before lines change. @return keeps the line at the top where it is, after the change */
    Runnable hold() {
        VirtualFlow<?> flow = flow();
        int index = top();
        if (flow == null || flow.getFirstVisibleCell() == null || index >= lines.size()) {
            return () -> {};
        }
        long number = lines.get(index).number();
        double hidden = -flow.getFirstVisibleCell().getLayoutY();
        return () -> {
            int now = lines.indexOf(number);
            if (now != index && now < lines.size()) {
                flow.scrollToTop(now);
                flow.scrollPixels(hidden);
            }
        };
    }

    /** Reads further lines if the list is near the end of those that it has. */
    void fill() {
        if (reading) {
            return;
        }
        LogFilter filter = lines.filter();
        if (lines.hasEarlier() && top() < NEAR) {
            long to = lines.from();
            read(() -> LogPortion.before(buffer, to, filter, PORTION), holding(lines::prepend));
        } else if (lines.hasLater() && bottom() > lines.size() - NEAR) {
            long from = lines.to();
            read(() -> LogPortion.after(buffer, from, filter, PORTION), holding(lines::append));
        }
    }

    private Consumer<LogPortion> holding(Consumer<LogPortion> change) {
        return portion -> {
            Runnable keep = hold();
            change.accept(portion);
            keep.run();
        };
    }

    /** Selects a line and shows it, and some around it. @param number of a line that the filter shows */
    void goTo(long number) {
        if (lines.covers(number)) {
            select(number);
            return;
        }
        forget();
        LogFilter filter = lines.filter();
        read(
                () -> LogPortion.before(buffer, number, filter, PORTION)
                        .and(LogPortion.after(buffer, number, filter, PORTION)),
                portion -> {
                    lines.show(portion);
                    select(number);
                });
    }

    private void select(long number) {
        int index = lines.indexOf(number);
        if (index < lines.size()) {
            list.getSelectionModel().clearAndSelect(index);
            list.scrollTo(Math.max(0, index - ABOVE));
        }
    }

    /** Shows the first line of all. */
    void goToStart() {
        if (lines.hasEarlier()) {
            forget();
            LogFilter filter = lines.filter();
            read(() -> LogPortion.after(buffer, buffer.oldest(), filter, PORTION), portion -> {
                lines.show(portion);
                list.scrollTo(0);
            });
        }
    }

    /** What is being read is not wanted any more. */
    void forget() {
        reads++;
        reading = false;
    }

    private void read(Supplier<LogPortion> portion, Consumer<LogPortion> then) {
        reading = true;
        reads++;
        int mine = reads;
        background.execute(() -> {
            LogPortion read = portion.get();
            Platform.runLater(() -> {
                if (mine == reads) {
                    reading = false;
                    then.accept(read);
                    onMoved.run();
                }
            });
        });
    }
}
