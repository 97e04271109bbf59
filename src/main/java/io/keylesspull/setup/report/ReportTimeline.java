package io.keylesspull.setup.report;

import static io.keylesspull.setup.report.HtmlWriter.kind;
import static io.keylesspull.setup.report.HtmlWriter.style;

import io.keylesspull.engine.event.Timeline;
import io.keylesspull.engine.event.Timeline.Bar;
import io.keylesspull.engine.event.TimelineRow;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Draws when the steps ran, and what they waited for meanwhile. */
final class ReportTimeline {

    private static final double WHOLE = 100;
    /** In percent: a bar that can be seen. */
    private static final double THINNEST = 0.4;

    private static final long MINUTE = 60;
    private static final double MILLIS = 1000;
    /** Shorter times are shown with a tenth of a second, in milliseconds. */
    private static final long PRECISE = 10_000;

    private final Timeline timeline;
    private final HtmlWriter html;
    private final Texts texts;

    ReportTimeline(Timeline timeline, HtmlWriter html, Texts texts) {
        this.timeline = timeline;
        this.html = html;
        this.texts = texts;
    }

    void write() {
        html.element("section", () -> {
            html.element("h2", texts.render("setup.report.timeline", shown(timeline.lasted())));
            html.element(
                    "div",
                    () -> TimelineRow.of(timeline).stream()
                            .filter(row -> !row.bars().isEmpty())
                            .forEach(this::row),
                    kind("timeline"));
        });
    }

    private void row(TimelineRow row) {
        html.element(
                "div",
                () -> {
                    html.element("span", () -> what(row), kind("what"));
                    html.element("span", () -> row.bars().forEach(this::bar), kind("track"));
                    html.element("span", shown(row.lasted()), kind("lasted"));
                },
                kind("line"));
    }

    private void what(TimelineRow row) {
        html.text(words(row));
        Map<Text, Duration> waited = new LinkedHashMap<>();
        row.bars()
                .forEach(
                        bar -> bar.waits().forEach(wait -> waited.merge(wait.reason(), wait.lasted(), Duration::plus)));
        waited.forEach((reason, lasted) ->
                html.element("span", texts.render("setup.report.waited", shown(lasted), reason), kind("waited")));
    }

    private String words(TimelineRow row) {
        if (row.title().isEmpty()) {
            return row.target().orElse("");
        }
        String title = texts.render(row.title().get());
        if (row.targets() > 1) {
            return texts.render("setup.report.many", title, row.targets(), row.failed());
        }
        return row.target()
                .map(target -> texts.render("setup.report.of", target, title))
                .orElse(title);
    }

    private void bar(Bar bar) {
        html.element(
                "span",
                "",
                kind("bar " + bar.end().name().toLowerCase(Locale.ROOT)),
                style(place(bar.from(), bar.lasted())));
        bar.waits().forEach(wait -> html.element("span", "", kind("wait"), style(place(wait.from(), wait.lasted()))));
    }

    private String place(Instant begin, Duration lasted) {
        Duration from = Duration.between(timeline.from(), begin);
        double whole = Math.max(1, timeline.lasted().toMillis());
        double left = Math.min(WHOLE - THINNEST, WHOLE * from.toMillis() / whole);
        double width = Math.max(THINNEST, Math.min(WHOLE - left, WHOLE * lasted.toMillis() / whole));
        return String.format(Locale.ROOT, "left:%.2f%%;width:%.2f%%", left, width);
    }

    private String shown(Duration lasted) {
        if (lasted.toMillis() < PRECISE) {
            return texts.render("setup.report.seconds", lasted.toMillis() / MILLIS);
        }
        long seconds = Math.round(lasted.toMillis() / MILLIS);
        return seconds < MINUTE
                ? texts.render("setup.report.seconds", seconds)
                : texts.render("setup.report.minutes", seconds / MINUTE, seconds % MINUTE);
    }
}
