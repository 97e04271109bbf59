package io.keylesspull.ui.setup;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * A diagram of the setup: the machines, the scale set and the clusters, their identities, and the registry they get
 * access to.
 */
final class SetupDiagram extends HBox {

    /** The width of a box at least, in pixels. */
    private static final double LEAST = 112;
    /** The width that a name gets before it is shortened; three of them fit into the smallest window. */
    private static final double NAME = 130;

    private final Texts texts;

    SetupDiagram(Texts texts) {
        this.texts = texts;
        getStyleClass().add("picture");
        setAlignment(Pos.CENTER);
    }

    void show(SetupRequest request) {
        VBox rows = new VBox();
        rows.getStyleClass().add("picture-rows");
        rows.setMinWidth(0);
        HBox.setHgrow(rows, Priority.ALWAYS);
        if (!request.machines().isEmpty()) {
            rows.getChildren().add(machines(request));
        }
        request.scaleSet().ifPresent(set -> rows.getChildren().add(scaleSet(request, set)));
        if (!request.clusters().isEmpty()) {
            rows.getChildren().add(clusters(request));
        }
        getChildren()
                .setAll(
                        rows,
                        arrow(request.role().azureName()),
                        box(
                                Icon.REGISTRY,
                                texts.render("ui.registry"),
                                request.registry().name()));
    }

    private HBox machines(SetupRequest request) {
        int count = request.machines().size();
        boolean user = request.identity().kind() == Identity.Kind.USER_ASSIGNED;
        return row(
                box(
                        Icon.MACHINE,
                        texts.render("ui.review.picture.machines", count),
                        named(request.label(request.machines().get(0)), count)),
                box(
                        Icon.KEY,
                        texts.render("ui.identity." + request.identity().kind()),
                        user ? request.identity().name() : texts.render("ui.review.picture.own", count)));
    }

    private HBox scaleSet(SetupRequest request, ScaleSet set) {
        return row(
                box(Icon.FLEET, texts.render("ui.review.picture.fleet", set.instances()), request.label(set)),
                box(
                        Icon.KEY,
                        texts.render("ui.identity." + request.identity().kind()),
                        request.identity().name()));
    }

    private HBox clusters(SetupRequest request) {
        int count = request.clusters().size();
        return row(
                box(
                        Icon.CLUSTER,
                        texts.render("ui.review.picture.clusters", count),
                        named(request.label(request.clusters().get(0)), count)),
                box(Icon.KEY, texts.render("ui.identity.kubelet"), texts.render("ui.review.picture.kubelet", count)));
    }

    private String named(String first, int count) {
        return count > 1 ? texts.render("ui.review.picture.andMore", first, count - 1) : first;
    }

    private static HBox row(VBox target, VBox identity) {
        HBox row = new HBox(target, arrow(""), identity);
        row.getStyleClass().add("picture-row");
        row.setAlignment(Pos.CENTER);
        return row;
    }

    private static VBox box(Icon icon, String what, String name) {
        Label kind = Labels.of(what, "picture-kind");
        kind.setGraphic(icon.node(16));
        Label whole = Labels.middleOut(name, "picture-name");
        VBox box = new VBox(kind, whole) {
            @Override
            protected double computeMinWidth(double height) {
                return Math.max(LEAST, snappedLeftInset() + Math.min(whole.prefWidth(-1), NAME) + snappedRightInset());
            }
        };
        box.getStyleClass().add("picture-box");
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    private static VBox arrow(String words) {
        Label label = new Label(words);
        label.getStyleClass().add("hint");
        label.setMinWidth(USE_PREF_SIZE);
        VBox box = new VBox(label, Icon.ARROW.node(16));
        box.getStyleClass().add("picture-arrow");
        box.setAlignment(Pos.CENTER);
        return box;
    }
}
