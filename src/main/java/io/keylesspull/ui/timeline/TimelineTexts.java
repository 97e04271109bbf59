package io.keylesspull.ui.timeline;

import io.keylesspull.engine.event.Timeline.Bar;
import io.keylesspull.engine.event.Timeline.Wait;
import io.keylesspull.engine.event.TimelineRow;
import io.keylesspull.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a timeline says, in words. */
final class TimelineTexts {

    private final Texts texts;

    TimelineTexts(Texts texts) {
        this.texts = texts;
    }

    /** What the row is about. */
    String title(TimelineRow row) {
        if (row.title().isEmpty()) {
            return row.target().orElse("");
        }
        String title = texts.render(row.title().get());
        if (row.targets() > 1) {
            return texts.render("ui.timeline.many", title, row.targets());
        }
        return row.target()
                .map(target -> texts.render("ui.timeline.of", target, title))
                .orElse(title);
    }

    /** All that the row shows, for who does not see it. */
    String spoken(TimelineRow row, Instant begin) {
        List<String> words = new ArrayList<>(List.of(title(row)));
        if (row.bars().isEmpty()) {
            words.add(row.by()
                    .map(by -> texts.render("ui.timeline.waitsFor", by))
                    .orElseGet(() -> texts.render("ui.timeline.notBegun")));
        } else {
            Instant from = row.from().orElse(begin);
            words.add(texts.render(
                    "ui.timeline.ran",
                    clock(Duration.between(begin, from)),
                    clock(row.lasted()),
                    texts.render("ui.timeline.end." + row.end())));
            row.bars().forEach(bar -> waits(bar, words));
            if (row.targets() > 1 && row.failed() > 0) {
                words.add(texts.render("ui.timeline.failed", row.failed()));
            }
        }
        return String.join(texts.render("ui.listed"), words);
    }

    private void waits(Bar bar, List<String> words) {
        bar.held().ifPresent(held -> {
            Duration time = Duration.between(held.from(), bar.from());
            if (!time.isNegative() && time.toSeconds() > 0) {
                words.add(texts.render("ui.timeline.held", clock(time), held.by()));
            }
        });
        for (Wait wait : bar.waits()) {
            words.add(texts.render("ui.timeline.waited", clock(wait.lasted()), wait.reason()));
        }
    }

    /** Minutes and seconds, and hours if there are any. */
    static String clock(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format("%d:%02d", seconds / 60, seconds % 60)
                : String.format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
