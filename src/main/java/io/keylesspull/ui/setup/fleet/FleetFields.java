package io.keylesspull.ui.setup.fleet;

import io.keylesspull.setup.fleet.RegistryLimits;
import io.keylesspull.setup.request.SetupRules;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.About;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.PathField;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.setup.machine.SizeBox;
import io.keylesspull.ui.setup.machine.SystemBox;
import java.time.Duration;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.TextField;

/** The fields of a new scale set. */
public final class FleetFields {

    private final Texts texts;
    private final FleetModel model;
    /** A field, because the binding refers to it weakly. */
    private final ObjectProperty<Integer> instances;

    public FleetFields(Texts texts, FleetModel model) {
        this.texts = texts;
        this.model = model;
        instances = model.instancesProperty().asObject();
    }

    /**
     * @param errors the rule that a part of the request breaks, by its path; empty if it breaks none
     * @param sku the registry's tier
     */
    public Node form(Function<String, ObservableValue<String>> errors, ObservableValue<String> sku) {
        Form form = new Form();
        form.field(texts.render("ui.fleet"), Labels.hint(texts.render("ui.fleet.text")));
        form.field(texts.marked("ui.fleet.name"), text("fleet-name", model.nameProperty()))
                .error(errors.apply("scaleSet.name"));
        Spinner<Integer> count =
                new Spinner<>(new SpinnerValueFactory.IntegerSpinnerValueFactory(1, SetupRules.MOST_INSTANCES, 10));
        count.setEditable(true);
        count.setId("fleet-instances");
        count.getValueFactory().valueProperty().bindBidirectional(instances);
        form.field(texts.marked("ui.fleet.instances"), count)
                .narrow(120)
                .hint(Bindings.createStringBinding(() -> spread(sku.getValue()), model.instancesProperty(), sku))
                .error(errors.apply("scaleSet.instances"));
        SystemBox system = new SystemBox(texts, model.imageProperty());
        system.setId("fleet-system");
        form.field(texts.marked("ui.machines.image"), system).error(errors.apply("scaleSet.image"));
        SizeBox size = new SizeBox(texts, model.sizeProperty(), model.sizes());
        size.setId("fleet-size");
        form.field(texts.marked("ui.machines.size"), size)
                .error(errors.apply("scaleSet.size"))
                .under(new LoadStatus(texts, model.sizes(), texts.render("ui.loading")));
        form.field(texts.marked("ui.machines.user"), text("fleet-user", model.adminUserProperty()))
                .error(errors.apply("scaleSet.adminUser"));
        form.field(
                        texts.marked("ui.machines.key"),
                        new RadioOptions<>(model.ownKeyProperty())
                                .add(false, texts.render("ui.machines.key.new"))
                                .add(true, texts.render("ui.machines.key.own")))
                .hint(texts.render("ui.fleet.key.hint"));
        form.field(
                        texts.marked("ui.machines.keyPath"),
                        PathField.file(texts, texts.render("ui.machines.keyPath"), model.keyPathProperty()),
                        model.ownKeyProperty())
                .error(errors.apply("scaleSet.sshKey"));
        return form;
    }

    /** How long the first pulls take because of what the registry answers in a minute. */
    private String spread(String sku) {
        Duration spread =
                RegistryLimits.spread(Math.max(1, model.instancesProperty().get()), sku);
        return spread.toSeconds() < 10
                ? texts.render("ui.fleet.atOnce")
                : texts.render("ui.fleet.spread", About.of(texts, spread));
    }

    private static TextField text(String id, StringProperty property) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(property);
        return field;
    }
}
