package io.keylesspull.ui.timeline;

import io.keylesspull.engine.event.Timeline.End;
import io.keylesspull.engine.event.TimelineRow;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.Icon;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A row: what ran, when, and how long. */
final class TimelineCell extends ListCell<TimelineRow> {

    private final TimelineTexts words;
    private final Supplier<Span> span;
    private final Label title = new Label();
    private final BarTrack track = new BarTrack();
    private final Label lasted = new Label();
    private final HBox content = new HBox(title, track, lasted);
    private final Tooltip tooltip = new Tooltip();

    /** The time that the axis shows. */
    record Span(Instant begin, Duration whole) {}

    TimelineCell(TimelineTexts words, Supplier<Span> span) {
        this.words = words;
        this.span = span;
        getStyleClass().add("time-row");
        // The names of similar targets differ at their end.
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        title.getStyleClass().add("time-title");
        lasted.getStyleClass().add("time-lasted");
        lasted.setAlignment(Pos.CENTER_RIGHT);
        HBox.setHgrow(track, Priority.ALWAYS);
        content.getStyleClass().add("time-columns");
        content.setAlignment(Pos.CENTER_LEFT);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(480);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(TimelineRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        if (empty || row == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        Span now = span.get();
        title.setText(Visible.of(words.title(row)));
        lasted.setText(row.bars().isEmpty() ? "" : TimelineTexts.clock(row.lasted()));
        lasted.setGraphic(
                row.end() == End.FAILED || row.failed() > 0
                        ? Icon.CROSS.node(10)
                        : row.end() == End.SUCCEEDED ? Icon.CHECK.node(10) : null);
        track.show(row, now.begin(), now.whole());
        String spoken = words.spoken(row, now.begin());
        tooltip.setText(spoken);
        setTooltip(tooltip);
        setAccessibleText(spoken);
        setGraphic(content);
    }
}
