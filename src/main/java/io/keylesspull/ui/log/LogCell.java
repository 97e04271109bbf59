package io.keylesspull.ui.log;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import org.jspecify.annotations.Nullable;

/** One line of the log in the list. */
final class LogCell extends ListCell<LogLine> {

    private static final PseudoClass OUTPUT = PseudoClass.getPseudoClass("output");

    private final LogRow row;
    private @Nullable LogKind kind;

    LogCell(LogLook look) {
        row = new LogRow(look);
        getStyleClass().add("log-cell");
    }

    @Override
    protected void updateItem(LogLine line, boolean empty) {
        super.updateItem(line, empty);
        if (empty || line == null) {
            setGraphic(null);
            setAccessibleText(null);
            become(null);
            return;
        }
        row.show(line);
        setGraphic(row);
        setAccessibleText(line.plain());
        become(line.kind());
    }

    /** A label's own would be that of one line. */
    @Override
    protected double computePrefHeight(double width) {
        return isEmpty() ? row.lineHeight() : row.heightAt(width - snappedLeftInset() - snappedRightInset());
    }

    private void become(@Nullable LogKind now) {
        if (now == kind) {
            return;
        }
        if (kind != null) {
            getStyleClass().remove(name(kind));
        }
        if (now != null) {
            getStyleClass().add(name(now));
        }
        kind = now;
        pseudoClassStateChanged(OUTPUT, now != null && now.output());
    }

    private static String name(LogKind kind) {
        return "log-" + kind.name().toLowerCase(Locale.ROOT);
    }
}
