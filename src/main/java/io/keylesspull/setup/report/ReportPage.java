package io.keylesspull.setup.report;

import static io.keylesspull.setup.report.HtmlWriter.kind;
import static io.keylesspull.setup.report.HtmlWriter.of;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.plan.Together;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Writes a report as one page of HTML. */
final class ReportPage {

    private final Report report;
    private final Texts texts;
    private final DateTimeFormatter clock;
    private final HtmlWriter html = new HtmlWriter();

    ReportPage(Report report, Texts texts, ZoneId zone) {
        this.report = report;
        this.texts = texts;
        this.clock = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(texts.locale())
                .withZone(zone);
    }

    String html() {
        html.element(
                "html",
                () -> {
                    html.element("head", this::head);
                    html.element("body", () -> html.element("main", this::body));
                },
                of("lang", texts.locale().getLanguage()));
        return html.html();
    }

    private void head() {
        html.empty("meta", of("charset", "utf-8"));
        html.empty("meta", of("name", "viewport"), of("content", "width=device-width"));
        html.empty("meta", of("name", "color-scheme"), of("content", "light dark"));
        html.element("title", text("title", report.run()));
        html.element("style", style());
    }

    private static String style() {
        try (InputStream file = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style is part of the program", e);
        }
    }

    private void body() {
        String ended = report.result().map(Enum::name).orElse("OPEN");
        html.element(
                "header",
                () -> {
                    html.element("p", text("product"), kind("product"));
                    html.element("h1", text("ended." + report.purpose() + "." + ended));
                    html.element(
                            "p",
                            text(
                                    "when",
                                    report.run(),
                                    shown(report.begun()),
                                    shown(report.timeline().to()),
                                    report.attempts()));
                    if (report.practice()) {
                        html.element("p", text("practice"), kind("practice"));
                    }
                },
                kind(ended.toLowerCase(Locale.ROOT)));
        picture();
        failures();
        proven();
        asked();
        left();
        new ReportTimeline(report.timeline(), html, texts).write();
        steps();
        commands();
        html.element("footer", text("footer"));
    }

    /** Of what is taken back, or was to be, the events of the setup no longer tell what stands. */
    private void picture() {
        if (report.purpose() == Purpose.SETUP) {
            new ReportPicture(report.picture(), html, texts).write();
        }
    }

    private void failures() {
        report.failures().forEach(failed -> {
            Problem problem = failed.problem();
            html.element(
                    "section",
                    () -> {
                        html.element("h2", subject(failed.step(), texts.render(problem.what())));
                        html.element("p", texts.render(problem.meaning()));
                        html.element("p", texts.render(problem.remedyWithCode()));
                        problem.command().ifPresent(this::lines);
                        if (!problem.details().isEmpty()) {
                            lines(problem.details());
                        }
                    },
                    kind("failure"));
        });
    }

    private String subject(StepId step, String words) {
        return step.machine().map(target -> text("of", target, words)).orElse(words);
    }

    private void lines(String several) {
        html.element("pre", () -> several.lines().forEach(line -> html.element("code", line)));
    }

    private void proven() {
        List<String> proven = report.request().labels().stream()
                .filter(target -> report.digest(target).isPresent())
                .toList();
        if (proven.isEmpty() || report.purpose() == Purpose.UNDO) {
            return;
        }
        section("proven", () -> {
            List<String> others = report.request().labels().stream()
                    .filter(target -> !proven.contains(target))
                    .toList();
            provenHow(proven, others.isEmpty());
            if (!others.isEmpty()) {
                html.element("p", text("proven.not", String.join(", ", others)));
            }
            html.element("table", () -> {
                headings("target", "image", "digest");
                proven.forEach(target -> html.element("tr", () -> {
                    html.element("td", target);
                    html.element("td", report.image(target).orElse(""), kind("mono"));
                    html.element("td", report.digest(target).orElse(""), kind("mono"));
                }));
            });
        });
    }

    /** Says of no instance that it was asked if it was not. */
    private void provenHow(List<String> proven, boolean all) {
        List<String> sampled = proven.stream()
                .filter(target ->
                        report.sample(target).filter(asked -> !asked.isAll()).isPresent())
                .toList();
        if (proven.size() > sampled.size()) {
            html.element("p", text(all && sampled.isEmpty() ? "proven.how" : "proven.others"));
        }
        sampled.forEach(target -> report.sample(target)
                .ifPresent(asked -> html.element("p", text("proven.sample", target, asked.asked(), asked.of()))));
    }

    private void asked() {
        SetupRequest request = report.request();
        section(
                "asked",
                () -> html.element("table", () -> {
                    request.subscription().ifPresent(subscription -> row("subscription", subscription));
                    row("location", request.location());
                    row(
                            "group",
                            madeOrFound(
                                    request.resourceGroup().name(),
                                    request.resourceGroup().create()));
                    row(
                            "registry",
                            madeOrFound(
                                    request.registry().name(),
                                    request.registry().create()));
                    row("image", request.image());
                    request.registry().imported().ifPresent(source -> row("imported", source));
                    request.machines()
                            .forEach(machine -> row("machine", madeOrFound(request.label(machine), machine.create())));
                    request.scaleSet()
                            .ifPresent(set -> row(
                                    "scaleSet",
                                    text(
                                            "scaleSet.instances",
                                            madeOrFound(request.label(set), true),
                                            set.instances())));
                    request.clusters().forEach(cluster -> row("cluster", madeOrFound(request.label(cluster), false)));
                    if (!request.machines().isEmpty() || request.scaleSet().isPresent()) {
                        SetupRequest.Identity identity = request.identity();
                        row(
                                "identity",
                                identity.kind() == SetupRequest.Identity.Kind.SYSTEM_ASSIGNED
                                        ? text("systemAssigned")
                                        : madeOrFound(identity.name(), identity.create()));
                    }
                    row("role", request.role().azureName());
                }));
    }

    private String madeOrFound(String name, boolean made) {
        return text(made ? "new" : "existing", name);
    }

    private void row(String key, String value) {
        html.element("tr", () -> {
            html.element("th", text(key), of("scope", "row"));
            html.element("td", value);
        });
    }

    private void headings(String... keys) {
        html.element("tr", () -> {
            for (String key : keys) {
                html.element("th", text(key), of("scope", "col"));
            }
        });
    }

    /** What is there now because of the run. */
    private void left() {
        RunState state = report.left();
        LeftBehind left = LeftBehind.of(state);
        if (left.isEmpty()) {
            section("left", () -> html.element("p", text("left.nothing")));
            return;
        }
        section("left", () -> {
            if (!left.resources().isEmpty()) {
                html.element("h3", text("left.resources"));
                html.element("ul", () -> left.resourcesTogether().forEach(this::resources));
            }
            if (!left.changes().isEmpty()) {
                html.element("h3", text("left.changes"));
                html.element(
                        "ul", () -> left.changesTogether().forEach(change -> html.element("li", texts.render(change))));
            }
        });
    }

    private void resources(List<String> alike) {
        if (alike.size() == 1) {
            resource(alike.get(0));
        } else {
            html.element("li", texts.render(Together.several(alike)), kind("mono"));
        }
    }

    private void resource(String id) {
        html.element(
                "li",
                () -> {
                    if (report.practice()) {
                        html.text(id);
                    } else {
                        html.element(
                                "a", id, of("href", report.request().signIn().portalPage(id)));
                    }
                },
                kind("mono"));
    }

    private void steps() {
        section(
                "steps",
                () -> html.element("table", () -> {
                    headings("target", "step", "outcome");
                    report.done()
                            .forEach((step, done) -> html.element("tr", () -> {
                                html.element("td", step.machine().orElse(""));
                                html.element("td", title(step));
                                html.element(
                                        "td",
                                        texts.render(
                                                Text.of("setup.event.succeeded." + done.outcome(), done.summary())));
                            }));
                }));
    }

    /** Steps that had nothing to do did not begin either, and have no bar. */
    private String title(StepId step) {
        return report.title(step).map(texts::render).orElse(step.name());
    }

    private void commands() {
        section(
                "commands",
                () -> html.element("table", () -> {
                    if (report.practice()) {
                        // The practice cloud ended with the program: there is nothing to go on with, or to take back.
                        command("repeat", "keyless-pull --practice --run setup.json");
                        return;
                    }
                    command("repeat", "keyless-pull --run setup.json");
                    if (report.purpose() == Purpose.SETUP
                            && !report.result().equals(Optional.of(RunResult.SUCCEEDED))) {
                        command("resume", "keyless-pull --resume " + report.run());
                    }
                    command("undo", "keyless-pull --undo " + report.run());
                }));
    }

    private void command(String key, String line) {
        html.element("tr", () -> {
            html.element("th", text(key), of("scope", "row"));
            html.element("td", line, kind("mono"));
        });
    }

    private void section(String key, Runnable content) {
        html.element("section", () -> {
            html.element("h2", text(key));
            content.run();
        });
    }

    private String shown(Instant at) {
        return clock.format(at);
    }

    private String text(String key, Object... arguments) {
        return texts.render("setup.report." + key, arguments);
    }
}
