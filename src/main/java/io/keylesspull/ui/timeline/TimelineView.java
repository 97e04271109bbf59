package io.keylesspull.ui.timeline;

import io.keylesspull.engine.event.Timeline;
import io.keylesspull.engine.event.TimelineRow;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * When the steps of a run ran, as bars on a time axis, and what they waited for. The row that is chosen is told in
 * words below.
 */
public final class TimelineView extends VBox {

    /** What a list has besides its rows, in pixels. */
    private static final double BORDER = 4;
    /** Of this many rows, a list that is as high as its rows shows no more. */
    private static final int MOST = 14;

    private final TimelineTexts words;
    private final TimeAxis axis = new TimeAxis();
    private final ListView<TimelineRow> rows = new ListView<>();
    private final Label told = Labels.hint("");
    private TimelineCell.Span span = new TimelineCell.Span(Instant.EPOCH, Duration.ZERO);

    public TimelineView(Texts texts) {
        words = new TimelineTexts(texts);
        getStyleClass().add("timeline");
        getStylesheets().add(TimelineView.class.getResource("timeline.css").toExternalForm());
        Region titles = new Region();
        titles.getStyleClass().add("time-title");
        Region lasted = new Region();
        lasted.getStyleClass().add("time-lasted");
        HBox.setHgrow(axis, Priority.ALWAYS);
        HBox head = new HBox(titles, axis, lasted);
        head.getStyleClass().addAll("time-columns", "time-head");
        rows.setId("timeline-rows");
        rows.setAccessibleText(texts.render("ui.timeline"));
        rows.setPlaceholder(Labels.hint(texts.render("ui.timeline.nothing")));
        rows.setCellFactory(list -> new TimelineCell(words, () -> span));
        rows.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> tell());
        VBox.setVgrow(rows, Priority.ALWAYS);
        told.setId("timeline-told");
        told.managedProperty().bind(told.visibleProperty());
        getChildren().addAll(head, rows, told);
        tell();
    }

    /** Makes it as high as its rows, up to a limit, where nothing says how high it is. */
    public TimelineView asHighAsItsRows() {
        VBox.setVgrow(rows, Priority.NEVER);
        rows.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.min(MOST, Math.max(2, rows.getItems().size())) * rows.getFixedCellSize() + BORDER,
                        rows.getItems(),
                        rows.fixedCellSizeProperty()));
        return this;
    }

    /** Shows a timeline; the row that is chosen stays so. */
    public void show(Timeline timeline) {
        span = new TimelineCell.Span(timeline.from(), timeline.lasted());
        axis.show(timeline.lasted());
        List<TimelineRow> now = TimelineRow.of(timeline);
        int chosen = rows.getSelectionModel().getSelectedIndex();
        boolean same = now.size() == rows.getItems().size();
        rows.getItems().setAll(now);
        if (same && chosen >= 0) {
            rows.getSelectionModel().select(chosen);
        }
        // Cells of rows that did not change still have to follow the axis.
        rows.refresh();
        tell();
    }

    private void tell() {
        Optional<TimelineRow> row = Optional.ofNullable(rows.getSelectionModel().getSelectedItem());
        told.setText(row.map(chosen -> words.spoken(chosen, span.begin())).orElse(""));
        told.setVisible(row.isPresent());
    }
}
