package io.keylesspull.setup.report;

import static io.keylesspull.setup.report.HtmlWriter.kind;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.text.Texts;
import java.util.List;

/** Draws who gets access to what: the targets, their identities, the role and the registry with the image. */
final class ReportPicture {

    /** More names than this are counted. */
    private static final int NAMED = 3;

    private final SetupRequest request;
    private final HtmlWriter html;
    private final Texts texts;

    ReportPicture(SetupRequest request, HtmlWriter html, Texts texts) {
        this.request = request;
        this.html = html;
        this.texts = texts;
    }

    void write() {
        html.element(
                "section",
                () -> {
                    html.element("div", this::targets, kind("rows"));
                    arrow(request.role().azureName());
                    box(text("registry"), request.registry().name());
                    arrow("");
                    box(text("image"), request.image());
                },
                kind("picture"));
    }

    private void targets() {
        if (!request.machines().isEmpty()) {
            boolean shared = request.identity().kind() == Identity.Kind.USER_ASSIGNED;
            row(
                    text("picture.machines", request.machines().size()),
                    request.machines().stream().map(request::label).toList(),
                    shared ? request.identity().name() : text("systemAssigned"));
        }
        request.scaleSet()
                .ifPresent(set -> row(
                        text("picture.scaleSet", set.instances()),
                        List.of(request.label(set)),
                        request.identity().name()));
        if (!request.clusters().isEmpty()) {
            row(
                    text("picture.clusters", request.clusters().size()),
                    request.clusters().stream().map(request::label).toList(),
                    text("picture.kubelet"));
        }
    }

    private void row(String title, List<String> names, String identity) {
        html.element(
                "div",
                () -> {
                    box(title, shown(names));
                    arrow("");
                    box(text("identity"), identity);
                },
                kind("row"));
    }

    private String shown(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? text("picture.more", first, names.size() - NAMED) : first;
    }

    private void box(String title, String name) {
        html.element(
                "div",
                () -> {
                    html.element("span", title, kind("title"));
                    html.element("span", name, kind("name"));
                },
                kind("box"));
    }

    private void arrow(String words) {
        html.element(
                "div",
                () -> {
                    html.element("span", words);
                    html.element("span", "→");
                },
                kind("arrow"));
    }

    private String text(String key, Object... arguments) {
        return texts.render("setup.report." + key, arguments);
    }
}
