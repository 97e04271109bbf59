package io.keylesspull.ui.setup;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.CollapsedPane;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.PathField;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.setup.WayModel.Way;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;

/** How the machines are reached, where the program's own choice does not fit. Stays open while something is wrong. */
final class WayPane {

    private static final String JUMP_HOST = "ssh.jumpHosts[0]";
    private static final double PORT_WIDTH = 120;

    private WayPane() {}

    /** @param existing whether it is for existing machines; the port and the added key are only theirs */
    static CollapsedPane of(
            Texts texts, WayModel model, ObservableValue<Boolean> existing, FieldErrors errors, RequestModel request) {
        RadioOptions<Way> ways = new RadioOptions<>(model.wayProperty());
        for (Way way : Way.values()) {
            ways.add(way, texts.render("ui.machines.way." + way));
        }
        Form form = new Form();
        form.field(texts.marked("ui.machines.way"), ways)
                .hint(model.wayProperty().map(way -> texts.render("ui.machines.way." + way + ".hint")))
                .error(errors.ofMachines("ssh.address"));
        ObservableValue<Boolean> jump = model.wayProperty().map(Way.JUMP_HOST::equals);
        form.field(texts.marked("ui.machines.jumpHost"), text("jump-host", model.jumpHostProperty()), jump)
                .error(errors.ofMachines(JUMP_HOST + ".host"));
        form.field(texts.marked("ui.machines.jumpPort"), text("jump-port", model.jumpPortProperty()), jump)
                .narrow(PORT_WIDTH)
                .error(errors.ofMachines(JUMP_HOST + ".port"));
        form.field(texts.marked("ui.machines.jumpUser"), text("jump-user", model.jumpUserProperty()), jump)
                .error(errors.ofMachines(JUMP_HOST + ".user"));
        String key = texts.render("ui.machines.jumpKey");
        form.field(texts.marked("ui.machines.jumpKey"), PathField.file(texts, key, model.jumpKeyProperty()), jump)
                .hint(texts.render("ui.machines.jumpKey.hint"))
                .error(errors.ofMachines(JUMP_HOST + ".key"))
                .error(errors.ofMachines(JUMP_HOST));
        form.field(texts.marked("ui.machines.jumpHostKey"), text("jump-host-key", model.jumpHostKeyProperty()), jump)
                .hint(texts.render("ui.machines.jumpHostKey.hint"))
                .error(errors.ofMachines(JUMP_HOST + ".hostKey"));
        ObservableValue<Boolean> ported = Bindings.createBooleanBinding(
                () -> existing.getValue() && !model.isRunCommand(), existing, model.wayProperty());
        form.field(texts.marked("ui.machines.port"), text("ssh-port", model.portProperty()), ported)
                .narrow(PORT_WIDTH)
                .error(errors.ofMachines("ssh.port"));
        CheckBox addKey = new CheckBox(texts.marked("ui.machines.addKey"));
        addKey.setId("add-key");
        addKey.selectedProperty().bindBidirectional(model.addKeyProperty());
        form.field(texts.render("ui.machines.publicKey"), addKey, ported).hint(texts.render("ui.machines.addKey.hint"));
        CollapsedPane pane = new CollapsedPane(texts.render("ui.machines.reach"), form);
        pane.setId("reach");
        ObservableValue<Boolean> valid = request.violationsProperty()
                .map(now -> now.stream().noneMatch(violation -> violation.path().contains("].ssh.")));
        pane.collapsibleProperty().bind(valid);
        valid.addListener((property, before, now) -> {
            if (!now) {
                pane.setExpanded(true);
            }
        });
        return pane;
    }

    private static TextField text(String id, StringProperty property) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(property);
        return field;
    }
}
