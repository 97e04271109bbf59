package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.NetworkInfo.Subnet;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.component.SearchableChoice;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;

/** The fields for the subnet of new machines: one from a list, or its resource id. */
final class SubnetFields {

    private final Texts texts;
    private final SubnetModel model;

    SubnetFields(Texts texts, SubnetModel model) {
        this.texts = texts;
        this.model = model;
    }

    /** @param when whether they are shown */
    void addTo(Form form, ObservableValue<Boolean> when, FieldErrors errors) {
        form.field(
                texts.marked("ui.machines.subnet"),
                new RadioOptions<>(model.typedProperty())
                        .add(false, texts.render("ui.machines.subnet.listed"))
                        .add(true, texts.render("ui.machines.subnet.typed")),
                when);
        SearchableChoice<Subnet> choice = new SearchableChoice<>(
                texts,
                texts.render("ui.machines.subnet.pick"),
                each -> NetworkInfo.shortName(each.id()).replace("/", " / "),
                this::facts);
        choice.setId("subnet-choice");
        choice.loadedBy(model.subnets());
        choice.valueProperty().bindBidirectional(model.choiceProperty());
        Button again = new Button(texts.marked("ui.refresh"));
        again.setId("subnets-again");
        again.setOnAction(event -> model.subnets().again());
        again.disableProperty().bind(model.subnets().stateProperty().map(state -> state instanceof State.Running<?>));
        HBox under = new HBox(again);
        under.getStyleClass().add("under");
        form.field("", choice, shown(when, false))
                .hint(Bindings.createStringBinding(this::hint, model.choiceProperty(), model.locationProperty()))
                .under(under)
                .under(LoadStatus.ofList(texts, model.subnets()))
                .error(Bindings.createStringBinding(this::trouble, model.inputs()));
        TextField id = new TextField();
        id.setId("subnet");
        id.textProperty().bindBidirectional(model.idProperty());
        form.field("", id, shown(when, true))
                .hint(texts.render("ui.machines.subnet.hint"))
                .error(errors.ofMachines("subnet"));
    }

    private ObservableValue<Boolean> shown(ObservableValue<Boolean> when, boolean typed) {
        return Bindings.createBooleanBinding(
                () -> when.getValue() && model.typedProperty().get() == typed, when, model.typedProperty());
    }

    private String facts(Subnet subnet) {
        return Stream.of(
                        Stream.of(String.join(", ", subnet.ranges())),
                        Stream.of(texts.render("ui.machines.subnet.out." + subnet.wayOut())),
                        subnet.free().stream().mapToObj(free -> texts.render("ui.machines.subnet.free", free)),
                        Stream.of(subnet.group()))
                .flatMap(facts -> facts)
                .collect(Collectors.joining(" · "));
    }

    private String hint() {
        if (model.choiceProperty().get() != null) {
            return facts(model.choiceProperty().get());
        }
        return model.locationProperty().get() == null
                ? ""
                : texts.render(
                        "ui.machines.subnet.where",
                        model.locationProperty().get().displayName());
    }

    private String trouble() {
        if (model.isEmpty()) {
            return texts.render(
                    "ui.machines.subnet.empty", model.locationProperty().get().displayName());
        }
        return model.isMissing() ? texts.render("ui.machines.subnet.missing") : "";
    }
}
