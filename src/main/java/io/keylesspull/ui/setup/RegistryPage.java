package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.setup.request.SetupRules;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.CollapsedPane;
import io.keylesspull.ui.component.Field;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.component.SearchableChoice;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.setup.RegistryModel.ImageChoice;
import io.keylesspull.ui.signin.SignInModel;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The registry, its resource group and location, and the image that is pulled first. */
final class RegistryPage implements Page {

    private final Texts texts;
    private final RegistryModel model;
    private final MachinesModel machines;
    private final SignInModel signIn;
    private final FieldErrors errors;
    private final TextField name = new TextField();
    private final BooleanBinding unread;
    private final VBox root;
    private final BooleanBinding complete;

    RegistryPage(Texts texts, RegistryModel model, MachinesModel machines, SignInModel signIn, RequestModel request) {
        this.texts = texts;
        this.model = model;
        this.machines = machines;
        unread = model.unread();
        this.signIn = signIn;
        errors = new FieldErrors(texts, request);
        Form form = new Form();
        registry(form);
        place(form);
        image(form);
        root = new VBox(form, Show.when(model.existingProperty().not(), more()));
        root.getStyleClass().add("page");
        complete = Bindings.createBooleanBinding(
                () -> request.isValid("registry", "image", "location", "resourceGroup") && model.complete(),
                PageInputs.of(model.inputs(), request));
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Optional<Node> initialFocus() {
        return Optional.of(name);
    }

    @Override
    public ObservableValue<Boolean> complete() {
        return complete;
    }

    @Override
    public void open() {
        model.open(
                signIn.signedInProperty().get().session(),
                signIn.subscriptionProperty().get().id());
        offerMachines();
    }

    /** A machine may read what this computer cannot. */
    private void offerMachines() {
        if (unread.get()) {
            machines.load(
                    signIn.signedInProperty().get().session(),
                    signIn.subscriptionProperty().get().id());
            model.reader().suggest();
        }
    }

    @Override
    public void leave() {
        model.leave();
    }

    private void registry(Form form) {
        BooleanExpression existing = model.existingProperty();
        form.field(texts.marked("ui.registry"), NewOrExisting.of(texts, model.existingProperty()));
        name.setId("registry-name");
        name.textProperty().bindBidirectional(model.nameProperty());
        form.field(texts.marked("ui.name"), name, existing.not())
                .beside(nameState())
                .error(errors.at("registry.name"))
                .error(model.nameCheck().stateProperty().map(this::refusal))
                .under(LoadStatus.ofFailure(texts, model.nameCheck()));
        SearchableChoice<RegistryInfo> choice = new SearchableChoice<>(
                texts,
                texts.render("ui.registry.none"),
                RegistryInfo::name,
                each -> each.loginServer() + " · " + each.resourceGroup());
        choice.setId("registry-choice");
        choice.loadedBy(model.registries());
        choice.valueProperty().bindBidirectional(model.registryProperty());
        Field field = form.field(texts.marked("ui.name"), choice, existing)
                .under(LoadStatus.ofList(texts, model.registries()));
        field.error(model.registries()
                .stateProperty()
                .map(state -> state instanceof State.Done<List<RegistryInfo>> done
                                && done.value().isEmpty()
                        ? texts.render("ui.registry.empty")
                        : ""));
        field.under(Show.when(model.registryProperty().isNotNull(), facts()));
    }

    private Node nameState() {
        Label free = new Label(texts.render("ui.registry.free"), Icon.CHECK.node(12));
        free.getStyleClass().add("good");
        Node checking = LoadStatus.waiting(texts.render("ui.registry.checking"));
        ObservableValue<State<NameAvailability>> state = model.nameCheck().stateProperty();
        HBox box = new HBox(
                Show.when(state.map(now -> now instanceof State.Running<NameAvailability>), checking),
                Show.when(
                        state.map(now -> now instanceof State.Done<NameAvailability> done
                                && done.value().available()),
                        free));
        box.getStyleClass().add("beside");
        return box;
    }

    private String refusal(State<NameAvailability> state) {
        return state instanceof State.Done<NameAvailability> done
                        && !done.value().available()
                ? texts.render("ui.registry.taken")
                : "";
    }

    private VBox facts() {
        ObservableValue<RegistryInfo> registry = model.registryProperty();
        VBox box = new VBox(
                fact("ui.registry.loginServer", registry.map(RegistryInfo::loginServer)),
                fact(
                        "ui.registry.permissions",
                        registry.map(each -> texts.render("ui.registry.permissions." + each.permissionMode()))),
                Show.when(
                        registry.map(RegistryInfo::anonymousPull),
                        Labels.hint(texts.render("ui.registry.anonymousPull"))),
                fact(
                        "ui.registry.network",
                        registry.map(each -> texts.render(
                                "ui.registry.network." + each.network().access()))));
        box.getStyleClass().add("facts");
        return box;
    }

    private Label fact(String key, ObservableValue<String> value) {
        Label label = Labels.hint("");
        label.textProperty().bind(value.map(each -> texts.render(key, each)).orElse(""));
        return label;
    }

    private void place(Form form) {
        ResourceGroupBox group = new ResourceGroupBox(model);
        form.field(texts.marked("ui.group"), group)
                .hint(Bindings.createStringBinding(
                        () -> model.knownGroup()
                                .map(known -> texts.render("ui.group.exists"))
                                .orElse(texts.render("ui.group.new")),
                        model.groupProperty(),
                        model.groups().items()))
                .error(errors.at("resourceGroup.name"))
                .under(LoadStatus.ofList(texts, model.groups()));
        SearchableChoice<Location> location = new SearchableChoice<>(texts, "", Location::displayName, Location::name);
        location.setId("location");
        location.loadedBy(model.locations());
        location.valueProperty().bindBidirectional(model.locationProperty());
        form.field(texts.marked("ui.location"), location)
                .hint(texts.render("ui.location.hint"))
                .under(new LoadStatus(texts, model.locations(), texts.render("ui.loading")));
    }

    private void image(Form form) {
        BooleanExpression own = model.imageChoiceProperty().isEqualTo(ImageChoice.THERE);
        String push = texts.render("ui.image.push");
        form.field(
                        texts.marked("ui.image"),
                        imported(new RadioOptions<>(model.imageChoiceProperty())),
                        model.existingProperty().not())
                .hint(push);
        form.field(
                        texts.marked("ui.image"),
                        imported(new RadioOptions<>(model.imageChoiceProperty())
                                .add(ImageChoice.THERE, texts.render("ui.image.own"))),
                        model.existingProperty())
                .hint(push);
        importing(form);
        SearchableChoice<String> repository =
                new SearchableChoice<>(texts, texts.render("ui.image.none"), each -> each, each -> "");
        repository.setId("repository");
        repository.loadedBy(model.repositories());
        repository.valueProperty().bindBidirectional(model.repositoryProperty());
        TextField typed = new TextField();
        typed.setId("image-typed");
        typed.textProperty().bindBidirectional(model.typedProperty());
        form.field(texts.marked("ui.image.typed"), typed, own.and(unread))
                .hint(texts.render("ui.image.typed.hint"))
                .error(errors.at("image"));
        reader(form, own);
        form.field(texts.marked("ui.image.repository"), repository, own)
                .hint(Bindings.createStringBinding(
                        this::whoReads,
                        model.reader().machineProperty(),
                        model.repositories().stateProperty(),
                        model.tags().stateProperty()))
                .under(LoadStatus.ofOptional(texts, model.repositories()))
                .error(model.repositories()
                        .stateProperty()
                        .map(state -> state instanceof State.Done<List<String>> done
                                        && done.value().isEmpty()
                                ? texts.render("ui.image.empty")
                                : ""));
        SearchableChoice<RegistryInfo.Tag> tag = new SearchableChoice<>(
                texts, texts.render("ui.image.none"), RegistryInfo.Tag::name, RegistryInfo.Tag::digest);
        tag.setId("tag");
        tag.loadedBy(model.tags());
        tag.valueProperty().bindBidirectional(model.tagProperty());
        form.field(texts.marked("ui.image.tag"), tag, own).under(LoadStatus.ofOptional(texts, model.tags()));
        CheckBox byDigest = new CheckBox(texts.marked("ui.image.byDigest"));
        byDigest.setId("by-digest");
        byDigest.selectedProperty().bindBidirectional(model.byDigestProperty());
        form.field("", byDigest, own).hint(texts.render("ui.image.byDigest.hint"));
    }

    private void reader(Form form, BooleanExpression own) {
        unread.addListener((property, before, now) -> offerMachines());
        ReaderModel reader = model.reader();
        SearchableChoice<MachineInfo> machine = new SearchableChoice<>(
                texts, texts.render("ui.image.reader.none"), MachineInfo::name, MachineInfo::resourceGroup);
        machine.setId("reader");
        machine.loadedBy(reader.machines(), ReaderModel::canRead);
        machine.valueProperty().bindBidirectional(reader.choiceProperty());
        BooleanBinding reading = Bindings.createBooleanBinding(
                () -> reader.reader().isPresent() && model.isReading(),
                reader.machineProperty(),
                model.repositories().stateProperty(),
                model.tags().stateProperty());
        BooleanExpression byMachine = reader.machineProperty().isNotNull();
        Button read = button("read-by-machine", "ui.image.reader.start", model::readByMachine);
        read.disableProperty().bind(reader.choiceProperty().isNull());
        HBox acts = new HBox(
                8,
                Show.when(reading.not(), read),
                Show.when(reading, button("stop-reading", "ui.image.reader.stop", model::stopReading)),
                Show.when(
                        byMachine.and(reading.not()),
                        button("read-here", "ui.image.reader.again", model::readByThisComputer)));
        form.field(texts.marked("ui.image.reader"), machine, own.and(unread.or(byMachine)))
                .hint(texts.render("ui.image.reader.hint"))
                .under(LoadStatus.ofOptional(texts, reader.machines()))
                .under(acts)
                .error(Bindings.createStringBinding(
                        () -> reader.machines().state() instanceof State.Done<List<MachineInfo>> done
                                        && done.value().stream().noneMatch(ReaderModel::canRead)
                                ? texts.render("ui.image.reader.empty")
                                : "",
                        reader.machines().stateProperty()));
    }

    private Button button(String id, String key, Runnable act) {
        Button button = new Button(texts.marked(key));
        button.setId(id);
        button.setOnAction(event -> act.run());
        return button;
    }

    /** Which side has read the list, or reads it. */
    private String whoReads() {
        Optional<String> machine = model.reader().reader().map(MachineInfo::name);
        if (model.isReading()) {
            return machine.map(name -> texts.render("ui.image.reader.reading", name))
                    .orElse("");
        }
        State<List<String>> state = model.repositories().state();
        if (state instanceof State.Done<List<String>>) {
            return machine.map(name -> texts.render("ui.image.reader.machine", name))
                    .orElse(texts.render("ui.image.reader.here"));
        }
        return state instanceof State.Idle<List<String>>
                ? machine.map(name -> texts.render("ui.image.reader.stopped", name))
                        .orElse("")
                : "";
    }

    private RadioOptions<ImageChoice> imported(RadioOptions<ImageChoice> options) {
        return options.add(ImageChoice.SAMPLE, texts.render("ui.image.sample"))
                .add(ImageChoice.IMPORT, texts.render("ui.image.import"));
    }

    private void importing(Form form) {
        BooleanExpression importing = model.imageChoiceProperty().isEqualTo(ImageChoice.IMPORT);
        TextField source = new TextField();
        source.setId("import-source");
        source.textProperty().bindBidirectional(model.importSourceProperty());
        form.field(texts.marked("ui.image.import.source"), source, importing)
                .hint(texts.render("ui.image.import.source.hint"))
                .error(errors.at("registry.import"));
        TextField target = new TextField();
        target.setId("import-target");
        target.textProperty().bindBidirectional(model.importTargetProperty());
        form.field(texts.marked("ui.image.import.target"), target, importing)
                .hint(texts.render("ui.image.import.target.hint"))
                .error(errors.at("image"));
    }

    private Node more() {
        RadioOptions<String> sku = new RadioOptions<>(model.skuProperty());
        SetupRules.SKUS.forEach(each -> sku.add(each, each));
        Form form = new Form();
        form.field(texts.marked("ui.registry.sku"), sku).hint(texts.render("ui.registry.sku.hint"));
        return new CollapsedPane(texts.render("ui.more"), form);
    }
}
