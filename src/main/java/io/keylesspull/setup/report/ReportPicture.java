package io.keylesspull.setup.report;

import static io.keylesspull.setup.report.HtmlWriter.kind;

import io.keylesspull.setup.picture.Part;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.picture.PictureWords;
import io.keylesspull.setup.picture.State;
import io.keylesspull.text.Texts;
import java.util.Locale;

/** Draws who gets access to what: the targets, their identities, the role and the registry with the image. */
final class ReportPicture {

    private final Picture picture;
    private final HtmlWriter html;
    private final PictureWords words;

    ReportPicture(Picture picture, HtmlWriter html, Texts texts) {
        this.picture = picture;
        this.html = html;
        this.words = new PictureWords(texts);
    }

    void write() {
        html.element(
                "section",
                () -> {
                    html.element("div", () -> picture.rows().forEach(this::row), kind("rows"));
                    html.element(
                            "div",
                            () -> {
                                part(picture.registry());
                                arrow(words.contains(), "↓", picture.image().state());
                                part(picture.image());
                            },
                            kind("column"));
                },
                kind("picture"));
        html.element("p", words.pulled(picture), kind("pulled " + style(picture.pulled())));
    }

    private void row(Picture.Row row) {
        html.element(
                "div",
                () -> {
                    boolean one = row.targets().size() == 1;
                    box(
                            words.title(row),
                            words.names(row),
                            one
                                    ? words.said(row.targets().get(0))
                                    : words.listed(words.counts(row).values()),
                            row.state());
                    arrow(words.uses(), "→", row.uses());
                    Part identity = row.identity();
                    box(
                            words.title(identity),
                            words.name(identity, row.targets().size()),
                            words.said(identity),
                            identity.state());
                    arrow(words.holds(row.role()), "→", row.role().state());
                },
                kind("row"));
    }

    private void part(Part part) {
        box(words.title(part), part.name(), words.said(part), part.state());
    }

    private void box(String title, String name, String said, State state) {
        html.element(
                "div",
                () -> {
                    html.element("span", title, kind("title"));
                    html.element("span", name, kind("name"));
                    html.element("span", said, kind("said"));
                },
                kind("box " + style(state)));
    }

    private void arrow(String said, String head, State state) {
        html.element(
                "div",
                () -> {
                    html.element("span", said);
                    html.element("span", head);
                },
                kind("arrow " + style(state)));
    }

    private static String style(State state) {
        return "is-" + state.name().toLowerCase(Locale.ROOT);
    }
}
