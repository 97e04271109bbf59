package io.keylesspull.ui.setup.cluster;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.cluster.ClusterInfo.Hindrance;
import io.keylesspull.text.Texts;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.CheckList;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Notice;
import io.keylesspull.ui.component.Show;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The list of AKS clusters, of which one or several are chosen. */
public final class ClusterFields {

    /** Characters that fit into a row of the list in the smallest window, beside the cluster's state. */
    private static final int NAME_LINE = 32;

    private final Texts texts;
    private final ClustersModel model;

    public ClusterFields(Texts texts, ClustersModel model) {
        this.texts = texts;
        this.model = model;
    }

    /** @param broken the rule that the choice breaks; empty if it breaks none */
    public Node form(ObservableValue<String> broken) {
        CheckList<ClusterInfo> list =
                new CheckList<>(texts, model.chosen(), this::face, each -> String.join(" ", each.name(), facts(each)));
        list.setId("clusters-list");
        list.loadedBy(model.clusters(), any -> true);
        Button again = new Button(texts.marked("ui.refresh"));
        again.setId("clusters-again");
        again.setOnAction(event -> model.clusters().again());
        again.disableProperty().bind(model.clusters().stateProperty().map(state -> state instanceof State.Running<?>));
        Label chosen = Labels.hint("");
        chosen.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.render("ui.clusters.chosen", model.chosen().size()), model.chosen()));
        HBox under = new HBox(12, again, chosen);
        under.getStyleClass().add("under");
        StringBinding hindrances =
                Bindings.createStringBinding(this::hindrances, model.chosen(), model.wantedProperty());
        Form form = new Form();
        form.field(texts.marked("ui.clusters"), list)
                .under(under)
                .under(LoadStatus.ofList(texts, model.clusters()))
                .under(Show.when(hindrances.isNotEmpty(), new Notice(Notice.Kind.WARNING, hindrances)))
                .hint(texts.render("ui.clusters.hint"))
                .error(Bindings.createStringBinding(
                        this::trouble,
                        model.chosen(),
                        model.clusters().stateProperty(),
                        model.clusters().items()))
                .error(broken);
        return form;
    }

    private String trouble() {
        if (model.isEmpty()) {
            return texts.render("ui.clusters.empty");
        }
        return model.chosen().isEmpty() && !model.clusters().items().isEmpty()
                ? texts.render("ui.clusters.missing")
                : "";
    }

    private String hindrances() {
        return model.hindered().stream()
                .map(cluster -> texts.render(
                        "ui.clusters.hindrance." + cluster.hindrance().orElseThrow(), cluster.name()))
                .collect(Collectors.joining("\n"));
    }

    private Node face(ClusterInfo cluster) {
        Label title = new Label(Labels.inLines(cluster.name(), NAME_LINE));
        HBox first = new HBox(8, title);
        Optional<Hindrance> hindrance = cluster.hindrance().filter(found -> found != Hindrance.STOPPED);
        // What stands in the way counts more than that it runs, and both do not fit beside a long name.
        if (hindrance.isEmpty() || !cluster.running()) {
            first.getChildren().add(power(cluster.running()));
        }
        hindrance.ifPresent(found -> first.getChildren().add(hindered(found)));
        Label second = new Label(Visible.of(facts(cluster)));
        second.getStyleClass().add("hint");
        VBox face = new VBox(first, second);
        face.getStyleClass().add("machine-face");
        return face;
    }

    private Label power(boolean running) {
        Label state = badge(texts.render("ui.clusters.power." + (running ? "RUNNING" : "STOPPED")));
        state.getStyleClass().add(running ? "power-running" : "power-stopped");
        return state;
    }

    private Label hindered(Hindrance hindrance) {
        Label label = badge(texts.render("ui.clusters.badge." + hindrance));
        label.getStyleClass().add("badge-warning");
        return label;
    }

    private static Label badge(String text) {
        Label badge = new Label(text);
        badge.getStyleClass().add("badge");
        badge.setMinWidth(Label.USE_PREF_SIZE);
        return badge;
    }

    private String facts(ClusterInfo cluster) {
        return String.join(
                " · ",
                cluster.resourceGroup(),
                cluster.location(),
                texts.render("ui.clusters.version", cluster.version()));
    }
}
