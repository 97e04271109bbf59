package io.keylesspull.setup.report;

import static io.keylesspull.setup.report.HtmlWriter.kind;
import static io.keylesspull.setup.report.HtmlWriter.style;

import io.keylesspull.engine.event.Timeline;
import io.keylesspull.engine.event.Timeline.Bar;
import io.keylesspull.engine.event.Timeline.End;
import io.keylesspull.text.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Draws when the steps ran: one bar for each, or for each target if there are many. */
final class ReportTimeline {

    /** Of more targets than this, each is one bar. */
    private static final int TARGETS = 10;

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

    /** A bar with its words. */
    private record Row(String words, Duration from, Duration lasted, End end) {}

    void write() {
        html.element("section", () -> {
            html.element("h2", texts.render("setup.report.timeline", shown(timeline.lasted())));
            html.element("div", () -> rows().forEach(this::row), kind("timeline"));
        });
    }

    private List<Row> rows() {
        long targets = timeline.bars().stream()
                .flatMap(bar -> bar.step().machine().stream())
                .distinct()
                .count();
        if (targets <= TARGETS) {
            return timeline.bars().stream().map(this::ofStep).toList();
        }
        List<Row> rows = new ArrayList<>();
        Map<String, List<Bar>> ofTargets = new LinkedHashMap<>();
        for (Bar bar : timeline.bars()) {
            Optional<String> target = bar.step().machine();
            if (target.isPresent()) {
                ofTargets
                        .computeIfAbsent(target.get(), any -> new ArrayList<>())
                        .add(bar);
            } else {
                rows.add(ofStep(bar));
            }
        }
        ofTargets.forEach((target, bars) -> rows.add(ofTarget(target, bars)));
        return rows;
    }

    private Row ofStep(Bar bar) {
        String title = texts.render(bar.title());
        return new Row(
                bar.step()
                        .machine()
                        .map(target -> texts.render("setup.report.of", target, title))
                        .orElse(title),
                Duration.between(timeline.from(), bar.from()),
                bar.lasted(),
                bar.end());
    }

    private Row ofTarget(String target, List<Bar> bars) {
        Bar first = bars.get(0);
        Bar last = bars.stream()
                .reduce((one, other) -> other.to().isBefore(one.to()) ? one : other)
                .orElse(first);
        End end = bars.stream()
                .map(Bar::end)
                .filter(one -> one != End.SUCCEEDED)
                .findFirst()
                .orElse(End.SUCCEEDED);
        return new Row(
                target,
                Duration.between(timeline.from(), first.from()),
                Duration.between(first.from(), last.to()),
                end);
    }

    private void row(Row row) {
        html.element(
                "div",
                () -> {
                    html.element("span", row.words(), kind("what"));
                    html.element(
                            "span",
                            () -> html.element(
                                    "span",
                                    "",
                                    kind("bar " + row.end().name().toLowerCase(Locale.ROOT)),
                                    style(place(row))),
                            kind("track"));
                    html.element("span", shown(row.lasted()), kind("lasted"));
                },
                kind("line"));
    }

    private String place(Row row) {
        double whole = Math.max(1, timeline.lasted().toMillis());
        double left = Math.min(WHOLE - THINNEST, WHOLE * row.from().toMillis() / whole);
        double width =
                Math.max(THINNEST, Math.min(WHOLE - left, WHOLE * row.lasted().toMillis() / whole));
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
