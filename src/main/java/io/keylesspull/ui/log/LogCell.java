package io.keylesspull.ui.log;

import java.util.Locale;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import org.jspecify.annotations.Nullable;

/** One line of the log in the list. */
final class LogCell extends ListCell<LogLine> {

    private static final PseudoClass OUTPUT = PseudoClass.getPseudoClass("output");

    private final LogRow row;
    private @Nullable LogKind kind;

    /** @param onLink gets a link that was clicked */
    LogCell(LogLook look, Consumer<LogLink> onLink) {
        row = new LogRow(look, onLink);
        getStyleClass().add("log-cell");
        // It stays when the cell is empty: what comes into a scene anew is styled anew.
        setGraphic(row);
    }

    @Override
    protected void updateItem(LogLine line, boolean empty) {
        super.updateItem(line, empty);
        if (empty || line == null) {
            row.setVisible(false);
            setAccessibleText(null);
            return;
        }
        row.show(line);
        row.setVisible(true);
        setAccessibleText(line.plain());
        become(line.kind());
    }

    /** A label's own would be that of one line. */
    @Override
    protected double computePrefHeight(double width) {
        return isEmpty() ? row.lineHeight() : row.heightAt(width - snappedLeftInset() - snappedRightInset());
    }

    @Override
    protected double computeMinHeight(double width) {
        return row.lineHeight();
    }

    private void become(LogKind now) {
        if (now == kind) {
            return;
        }
        if (kind != null) {
            getStyleClass().remove(name(kind));
        }
        getStyleClass().add(name(now));
        kind = now;
        pseudoClassStateChanged(OUTPUT, now.output());
    }

    private static String name(LogKind kind) {
        return "log-" + kind.name().toLowerCase(Locale.ROOT);
    }
}
