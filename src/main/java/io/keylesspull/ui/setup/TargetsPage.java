package io.keylesspull.ui.setup;

import io.keylesspull.setup.session.Session;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.setup.cluster.ClusterFields;
import io.keylesspull.ui.setup.cluster.ClustersModel;
import io.keylesspull.ui.setup.fleet.FleetFields;
import io.keylesspull.ui.setup.fleet.FleetModel;
import io.keylesspull.ui.signin.SignInModel;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What gets the right to pull: virtual machines, a new scale set, AKS clusters. */
final class TargetsPage implements Page {

    private final MachinesModel machines;
    private final ClustersModel clusters;
    private final RegistryModel registry;
    private final SignInModel signIn;
    private final MachineFields machineFields;
    private final VBox root;
    private final BooleanBinding complete;

    TargetsPage(
            Texts texts,
            MachinesModel machines,
            ClustersModel clusters,
            FleetModel fleet,
            RegistryModel registry,
            SignInModel signIn,
            RequestModel request) {
        this.machines = machines;
        this.clusters = clusters;
        this.registry = registry;
        this.signIn = signIn;
        machineFields = new MachineFields(texts, machines, request);
        FlowPane kinds = new FlowPane(
                tick(texts, "target-machines", "ui.targets.machines", machines.wantedProperty()),
                tick(texts, "target-fleet", "ui.targets.fleet", fleet.wantedProperty()),
                tick(texts, "target-clusters", "ui.targets.clusters", clusters.wantedProperty()));
        kinds.getStyleClass().add("options");
        BooleanExpression none = machines.wantedProperty()
                .or(clusters.wantedProperty())
                .or(fleet.wantedProperty())
                .not();
        Form kind = new Form();
        kind.field(texts.marked("ui.targets"), kinds)
                .error(Bindings.when(none)
                        .then(texts.render("ui.targets.missing"))
                        .otherwise(""));
        // The short list comes first: below the machines' many fields nobody would see that it has appeared.
        root = new VBox(
                kind,
                Show.when(
                        clusters.wantedProperty(),
                        new ClusterFields(texts, clusters).form(new FieldErrors(texts, request).ofList("clusters"))),
                Show.when(
                        fleet.wantedProperty(),
                        new FleetFields(texts, fleet)
                                .form(
                                        new FieldErrors(texts, request)::at,
                                        request.requestProperty()
                                                .map(now -> now.registry().sku()))),
                Show.when(machines.wantedProperty(), machineFields.node()));
        root.getStyleClass().addAll("page", "close");
        complete = Bindings.createBooleanBinding(
                () -> request.isValid("machines", "clusters", "scaleSet") && machines.complete() && clusters.complete(),
                PageInputs.of(
                        Stream.of(machines.inputs(), clusters.inputs(), fleet.inputs())
                                .flatMap(Stream::of)
                                .toArray(Observable[]::new),
                        request));
    }

    private static CheckBox tick(Texts texts, String id, String key, BooleanProperty wanted) {
        CheckBox box = new CheckBox(texts.marked(key));
        box.setId(id);
        box.selectedProperty().bindBidirectional(wanted);
        return box;
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Optional<Node> initialFocus() {
        return Optional.of(machineFields.name());
    }

    @Override
    public ObservableValue<Boolean> complete() {
        return complete;
    }

    @Override
    public void open() {
        Session session = signIn.signedInProperty().get().session();
        String subscription = signIn.subscriptionProperty().get().id();
        machines.open(session, subscription, registry.locationProperty().get());
        clusters.open(session, subscription);
    }

    @Override
    public void leave() {
        machines.leave();
        clusters.leave();
    }
}
