package io.keylesspull.ui.log;

import io.keylesspull.text.Style;
import io.keylesspull.text.Styles;
import io.keylesspull.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/** The columns of one line: time, machine if there are several, a mark that no output can write, the text. */
final class LogRow extends Region {

    private static final double TIME = 64;
    private static final double MACHINE = 104;
    private static final double MARK = 16;

    private final LogLook look;
    private final Text time = new Text();
    private final Label machine = new Label();
    private final Label mark = new Label();
    private final TextFlow flow = new TextFlow();
    private final List<Path> highlights = new ArrayList<>();
    private final Consumer<LogLink> onLink;
    private @Nullable LogLine line;
    private int used;

    /** @param onLink gets a link that was clicked */
    LogRow(LogLook look, Consumer<LogLink> onLink) {
        this.look = look;
        this.onLink = onLink;
        time.getStyleClass().add("log-time");
        machine.getStyleClass().add("log-machine");
        mark.getStyleClass().add("log-mark");
        // The names of similar machines differ at their end.
        machine.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        flow.getStyleClass().add("log-text");
        getChildren().addAll(time, mark, flow);
    }

    void show(LogLine line) {
        this.line = line;
        time.setText(look.clock(line.at()));
        if (look.machines()) {
            machine.setText(Visible.of(line.source().machine().orElse("")));
        }
        if (look.machines() != getChildren().contains(machine)) {
            // Each node takes its time, so a column that is not shown has none.
            if (look.machines()) {
                getChildren().add(machine);
            } else {
                getChildren().remove(machine);
            }
        }
        mark.setText(markOf(line.kind()));
        used = 0;
        String shown = line.text();
        int at = 0;
        for (LogLink link : LogLink.in(shown)) {
            add(shown, at, link.start(), Optional.empty());
            add(shown, link.start(), link.end(), Optional.of(link));
            at = link.end();
        }
        add(shown, at, shown.length(), Optional.empty());
        flow.getChildren().remove(used, flow.getChildren().size());
        requestLayout();
    }

    /** Adds a part of the line, in stretches of one style each. */
    private void add(String shown, int from, int to, Optional<LogLink> link) {
        Styles styles = line == null ? Styles.PLAIN : line.styles();
        int start = from;
        for (int stretch = 0; stretch < styles.count(); stretch++) {
            int end = Math.min(styles.end(stretch), to);
            if (end > start) {
                add(shown.substring(start, end), styles.style(stretch), link);
                start = end;
            }
        }
        if (start < to) {
            add(shown.substring(start, to), Style.PLAIN, link);
        }
    }

    /** Adds a stretch of one style, in parts for the font of the log and for the one that has Japanese. */
    private void add(String part, int style, Optional<LogLink> link) {
        int start = 0;
        while (start < part.length()) {
            int end = look.sameFont(part, start);
            next().show(part.substring(start, end), style, look.japanese(part.charAt(start)), link);
            start = end;
        }
    }

    private LogText next() {
        if (used == flow.getChildren().size()) {
            flow.getChildren().add(new LogText(onLink));
        }
        return (LogText) flow.getChildren().get(used++);
    }

    private static String markOf(LogKind kind) {
        return switch (kind) {
            case COMMAND -> "$";
            case STEP -> "\u25b8";
            case DONE -> "\u2713";
            case FAILED -> "\u2717";
            case WAIT -> "\u2026";
            case RUN -> "\u25a0";
            case EXIT, NOTE, RESOURCE -> "\u00b7";
            case STDOUT, STDERR -> "";
        };
    }

    @Override
    protected void layoutChildren() {
        double height = Math.min(getHeight(), lineHeight());
        time.relocate(0, Math.rint((height - time.getLayoutBounds().getHeight()) / 2));
        double x = sized(TIME);
        if (look.machines()) {
            machine.resizeRelocate(x, 0, sized(MACHINE) - 8, height);
            x += sized(MACHINE);
        }
        mark.resizeRelocate(x, 0, sized(MARK), height);
        x += sized(MARK);
        double width = look.wraps() ? getWidth() - x : Math.max(flow.prefWidth(-1), getWidth() - x);
        double textHeight = flow.prefHeight(look.wraps() ? width : -1);
        flow.resizeRelocate(x, Math.rint((getHeight() - textHeight) / 2), width, textHeight);
        highlight();
    }

    private void highlight() {
        if (!highlights.isEmpty()) {
            getChildren().removeAll(highlights);
            highlights.clear();
        }
        String wanted = look.highlighted();
        if (wanted.isEmpty() || line == null) {
            return;
        }
        int at = line.indexOf(wanted, 0);
        while (at >= 0) {
            Path path = new Path(flow.rangeShape(at, at + wanted.length()));
            path.getStyleClass().add("log-hit");
            path.setManaged(false);
            path.setLayoutX(flow.getLayoutX());
            path.setLayoutY(flow.getLayoutY());
            highlights.add(path);
            at = line.indexOf(wanted, at + wanted.length());
        }
        getChildren().addAll(0, highlights);
    }

    /** The height of the text at a width; with lines that do not wrap, the same at any. */
    double heightAt(double width) {
        return look.wraps() ? Math.max(lineHeight(), flow.prefHeight(width - textStart()) + 4) : lineHeight();
    }

    /** Of a row that is not wrapped. */
    double lineHeight() {
        return sized(LogLook.LINE_HEIGHT);
    }

    /** A length at the size of text that is chosen. */
    private double sized(double usual) {
        return Math.rint(usual * mark.getFont().getSize() / LogLook.FONT);
    }

    private double textStart() {
        return sized(TIME) + (look.machines() ? sized(MACHINE) : 0) + sized(MARK);
    }

    @Override
    protected double computePrefWidth(double height) {
        return look.wraps() ? 0 : textStart() + flow.prefWidth(-1) + 8;
    }

    @Override
    protected double computePrefHeight(double width) {
        return flow.prefHeight(look.wraps() && width > 0 ? width - textStart() : -1);
    }
}
