package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.setup.request.SetupRules;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.CheckList;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.PathField;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.setup.MachinesModel.NetworkKind;
import io.keylesspull.ui.setup.machine.SizeBox;
import io.keylesspull.ui.setup.machine.SystemBox;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** New machines, or existing ones from a list, and how they are reached. */
final class MachineFields {

    /** Characters that fit into a row of the list in the smallest window, beside the machine's state. */
    private static final int NAME_LINE = 32;

    private static final int HINT_LINE = 52;

    private final Texts texts;
    private final MachinesModel model;
    private final FieldErrors errors;
    private final TextField name = new TextField();
    /** A field, because the binding refers to it weakly. */
    private final ObjectProperty<Integer> countValue;

    private final VBox root;

    MachineFields(Texts texts, MachinesModel model, RequestModel request) {
        this.texts = texts;
        this.model = model;
        errors = new FieldErrors(texts, request);
        countValue = model.countProperty().asObject();
        Form kind = new Form();
        kind.field(texts.marked("ui.machines"), NewOrExisting.of(texts, model.existingProperty()));
        root = new VBox(
                kind,
                Show.when(model.existingProperty().not(), newMachines()),
                Show.when(model.existingProperty(), existingMachines()),
                docker(),
                WayPane.of(texts, model.way(), model.existingProperty(), errors, request));
    }

    Node node() {
        return root;
    }

    /** The field to type in first. */
    Node name() {
        return name;
    }

    private Form newMachines() {
        Form form = new Form();
        Spinner<Integer> count = new Spinner<>(
                new SpinnerValueFactory.IntegerSpinnerValueFactory(1, SetupRules.MOST_SINGLE_MACHINES, 1));
        count.setEditable(true);
        count.setId("count");
        count.getValueFactory().valueProperty().bindBidirectional(countValue);
        form.field(texts.marked("ui.machines.count"), count).narrow(120).error(errors.ofMachines("count"));
        name.setId("machine-name");
        name.textProperty().bindBidirectional(model.baseNameProperty());
        form.field(texts.marked("ui.name"), name)
                .hint(Bindings.createStringBinding(this::names, model.countProperty(), model.baseNameProperty()))
                .error(errors.ofMachines("name"));
        form.field(texts.marked("ui.machines.image"), new SystemBox(texts, model.imageProperty()))
                .error(errors.ofMachines("image"));
        form.field(texts.marked("ui.machines.size"), new SizeBox(texts, model.sizeProperty(), model.sizes()))
                .hint(Bindings.createStringBinding(
                        this::sizeNote, model.sizeProperty(), model.sizes().stateProperty()))
                .error(errors.ofMachines("size"))
                .under(new LoadStatus(texts, model.sizes(), texts.render("ui.loading")));
        form.field(texts.marked("ui.machines.user"), text("admin-user", model.adminUserProperty()))
                .error(errors.ofMachines("adminUser"));
        form.field(
                        texts.marked("ui.machines.key"),
                        new RadioOptions<>(model.ownKeyProperty())
                                .add(false, texts.render("ui.machines.key.new"))
                                .add(true, texts.render("ui.machines.key.own")))
                .hint(model.ownKeyProperty()
                        .map(own -> texts.render(own ? "ui.machines.key.own.hint" : "ui.machines.key.new.hint")));
        form.field(
                        texts.marked("ui.machines.keyPath"),
                        PathField.file(texts, texts.render("ui.machines.keyPath"), model.keyPathProperty()),
                        model.ownKeyProperty())
                .error(errors.ofMachines("sshKey"));
        RadioOptions<NetworkKind> networks = new RadioOptions<>(model.networkProperty());
        for (NetworkKind kind : NetworkKind.values()) {
            networks.add(kind, texts.render("ui.machines.network." + kind));
        }
        form.field(texts.marked("ui.machines.network"), networks)
                .hint(model.networkProperty().map(kind -> texts.render("ui.machines.network." + kind + ".hint")));
        new SubnetFields(texts, model.subnet())
                .addTo(form, model.networkProperty().map(NetworkKind.SUBNET::equals), errors);
        form.field(
                        texts.marked("ui.machines.from"),
                        text("allow-ssh", model.allowSshFromProperty()),
                        Bindings.createBooleanBinding(model::asksSshSource, model.inputs()))
                .hint(texts.render("ui.machines.from.hint"))
                .error(errors.ofMachines("allowSshFrom"))
                .error(Bindings.createStringBinding(
                        () -> model.addressNeeded() ? texts.render("ui.machines.from.needed") : "", model.inputs()))
                .under(new LoadStatus(texts, model.callerAddress(), texts.render("ui.machines.from.asking")));
        return form;
    }

    private Form existingMachines() {
        CheckList<MachineInfo> list = new CheckList<>(
                texts,
                model.chosen(),
                this::face,
                each -> each.name() + " " + each.resourceGroup() + " "
                        + each.publicIp().orElse(""));
        list.setId("machines-list");
        list.loadedBy(model.machines(), machine -> machine.os().linux());
        Button again = new Button(texts.marked("ui.refresh"));
        again.setOnAction(event -> model.refresh());
        again.disableProperty().bind(model.machines().stateProperty().map(state -> state instanceof State.Running<?>));
        Label chosen = Labels.hint("");
        chosen.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.render("ui.machines.chosen", model.chosen().size()), model.chosen()));
        HBox under = new HBox(12, again, chosen);
        under.getStyleClass().add("under");
        Form form = new Form();
        form.field(texts.marked("ui.machines.list"), list)
                .under(under)
                .under(LoadStatus.ofList(texts, model.machines()))
                .error(Bindings.createStringBinding(this::listTrouble, model.inputs()));
        CheckBox start = new CheckBox(texts.marked("ui.machines.startStopped"));
        start.setId("start-stopped");
        start.selectedProperty().bindBidirectional(model.startStoppedProperty());
        form.field(
                        texts.render("ui.machines.stopped"),
                        start,
                        Bindings.createBooleanBinding(model::isStoppedChosen, model.inputs()))
                .hint(texts.render("ui.machines.startStopped.hint"));
        form.field(texts.marked("ui.machines.user"), text("existing-user", model.existingUserProperty()))
                .hint(texts.render("ui.machines.user.existing"))
                .error(errors.ofMachines("adminUser"));
        form.field(
                        texts.marked("ui.machines.keyPath"),
                        PathField.file(texts, texts.render("ui.machines.keyPath"), model.keyPathProperty()),
                        model.way().wayProperty().map(way -> way != WayModel.Way.RUN_COMMAND))
                .hint(texts.render("ui.machines.keyPath.hint"))
                .error(errors.ofMachines("sshKey"));
        return form;
    }

    private Form docker() {
        CheckBox group = new CheckBox(texts.marked("ui.machines.dockerGroup"));
        group.setId("docker-group");
        group.selectedProperty().bindBidirectional(model.dockerGroupProperty());
        Form form = new Form();
        form.field(texts.render("ui.machines.docker"), group).hint(texts.render("ui.machines.dockerGroup.hint"));
        return form;
    }

    private String listTrouble() {
        if (!(model.machines().state() instanceof State.Done<List<MachineInfo>> done)) {
            return "";
        }
        if (done.value().stream().noneMatch(machine -> machine.os().linux())) {
            return texts.render("ui.machines.list.empty");
        }
        return model.chosen().isEmpty() ? texts.render("ui.machines.list.none") : "";
    }

    private Node face(MachineInfo machine) {
        Label title = new Label(Labels.inLines(machine.name(), NAME_LINE));
        Label state = new Label(texts.render("ui.machines.power." + machine.power()));
        state.getStyleClass().addAll("badge", "power-" + machine.power().name().toLowerCase(java.util.Locale.ROOT));
        state.setMinWidth(Label.USE_PREF_SIZE);
        HBox first = new HBox(8, title, state);
        Label second = new Label(Labels.inLines(
                String.join(
                        " · ",
                        machine.resourceGroup(),
                        machine.size(),
                        machine.publicIp().or(machine::privateIp).orElse(texts.render("ui.machines.noAddress"))),
                HINT_LINE));
        second.getStyleClass().add("hint");
        VBox face = new VBox(first, second);
        face.getStyleClass().add("machine-face");
        return face;
    }

    private String names() {
        List<String> names = model.names();
        return names.size() == 1
                ? ""
                : names.size() == 2
                        ? String.join(", ", names)
                        : texts.render("ui.machines.names", names.get(0), names.get(names.size() - 1));
    }

    private String sizeNote() {
        if (model.sizeNeeded()) {
            return texts.render("ui.machines.size.none");
        }
        return model.sizeInfo()
                .map(size -> size.available()
                        ? texts.render("ui.machines.size.facts", size.vCpus(), size.memoryGb())
                        : texts.render("ui.machines.size.unavailable"))
                .orElse("");
    }

    private static TextField text(String id, javafx.beans.property.StringProperty property) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(property);
        return field;
    }
}
