package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Notice;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.component.SearchableChoice;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.signin.SignInModel;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/**
 * The identity that the machines pull with, the role of all that pull, and whether later pulls of the machines keep
 * working.
 */
final class IdentityPage implements Page {

    /** Which kinds of targets there are. A scale set counts as machines. Clusters have an identity already. */
    record Targets(BooleanExpression machines, BooleanExpression clusters) {}

    private final Texts texts;
    private final IdentityModel model;
    private final Targets targets;
    private final RegistryModel registry;
    private final SignInModel signIn;
    private final TextField name = new TextField();
    private final VBox root;
    private final BooleanBinding complete;

    IdentityPage(
            Texts texts,
            IdentityModel model,
            Targets targets,
            RegistryModel registry,
            SignInModel signIn,
            RequestModel request) {
        this.texts = texts;
        this.model = model;
        this.targets = targets;
        this.registry = registry;
        this.signIn = signIn;
        Form form = new Form();
        FieldErrors errors = new FieldErrors(texts, request);
        kind(form, errors);
        userAssigned(form, errors);
        form.field(
                texts.render("ui.identity.kubelet"),
                Labels.hint(texts.render("ui.identity.kubelet.text")),
                targets.clusters());
        role(form);
        repositories(form, errors);
        keepSignedIn(form, errors);
        root = new VBox(form);
        root.getStyleClass().add("page");
        complete = Bindings.createBooleanBinding(
                () -> request.isValid("identity", "repositories", "keepSignedIn"),
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
        if (model.repositoriesProperty().get().isBlank()) {
            ImageName.parse(registry.image()).map(ImageName::repository).ifPresent(model::addRepository);
        }
    }

    private void kind(Form form, FieldErrors errors) {
        RadioOptions<Identity.Kind> kind = new RadioOptions<>(model.kindProperty());
        form.field(
                        texts.marked("ui.identity"),
                        explanations(
                                kind.explained(
                                        Identity.Kind.USER_ASSIGNED,
                                        texts.render("ui.identity.USER_ASSIGNED"),
                                        texts.render("ui.identity.USER_ASSIGNED.text")),
                                kind.explained(
                                        Identity.Kind.SYSTEM_ASSIGNED,
                                        texts.render("ui.identity.SYSTEM_ASSIGNED"),
                                        texts.render("ui.identity.SYSTEM_ASSIGNED.text"))),
                        targets.machines())
                .error(errors.at("identity.kind"));
    }

    @Override
    public void leave() {
        model.identities().pause();
    }

    private void userAssigned(Form form, FieldErrors errors) {
        BooleanBinding user =
                model.kindProperty().isEqualTo(Identity.Kind.USER_ASSIGNED).and(targets.machines());
        form.field("", NewOrExisting.of(texts, model.existingProperty()), user);
        name.setId("identity-name");
        name.textProperty().bindBidirectional(model.nameProperty());
        form.field(
                        texts.marked("ui.name"),
                        name,
                        user.and(model.existingProperty().not()))
                .error(errors.at("identity.name"));
        SearchableChoice<IdentityInfo> choice = new SearchableChoice<>(
                texts,
                texts.render("ui.identity.none"),
                IdentityInfo::name,
                each -> each.resourceGroup() + " · " + each.location());
        choice.setId("identity-choice");
        choice.loadedBy(model.identities());
        choice.valueProperty().bindBidirectional(model.identityProperty());
        form.field(texts.marked("ui.name"), choice, user.and(model.existingProperty()))
                .under(LoadStatus.ofList(texts, model.identities()))
                .error(model.identities()
                        .stateProperty()
                        .map(state -> state instanceof State.Done<List<IdentityInfo>> done
                                        && done.value().isEmpty()
                                ? texts.render("ui.identity.empty")
                                : ""));
    }

    private void role(Form form) {
        RadioOptions<Role> role = new RadioOptions<>(model.roleProperty());
        form.field(
                        texts.marked("ui.role"),
                        explanations(
                                role.explained(Role.ACR_PULL, "AcrPull", texts.render("ui.role.ACR_PULL.text")),
                                role.explained(Role.ACR_PUSH, "AcrPush", texts.render("ui.role.ACR_PUSH.text"))))
                .under(Show.when(
                        abac(),
                        new Notice(
                                Notice.Kind.INFO,
                                model.roleProperty().map(each -> texts.render("ui.role." + each + ".abac")))));
    }

    private void repositories(Form form, FieldErrors errors) {
        form.field(
                        texts.marked("ui.repositories"),
                        new RadioOptions<>(model.limitedProperty())
                                .add(false, texts.render("ui.repositories.all"))
                                .add(true, texts.render("ui.repositories.only")),
                        limitable())
                .hint(texts.render("ui.repositories.why"))
                .hint(Bindings.when(model.limitedProperty()
                                .and(registry.existingProperty().not()))
                        .then(texts.render("ui.repositories.newRegistry"))
                        .otherwise(""));
        form.field(
                texts.marked("ui.repositories"),
                Labels.hint(texts.render("ui.repositories.notHere")),
                limitable().not());
        BooleanBinding limited = limitable().and(model.limitedProperty());
        TextField names = new TextField();
        names.setId("repositories");
        names.textProperty().bindBidirectional(model.repositoriesProperty());
        form.field(texts.marked("ui.repositories.names"), names, limited)
                .hint(texts.render("ui.repositories.names.hint"))
                .error(errors.ofList("repositories"));
        SearchableChoice<String> pick =
                new SearchableChoice<>(texts, texts.render("ui.image.none"), each -> each, each -> "");
        pick.setId("repository-add");
        pick.loadedBy(registry.repositories());
        pick.valueProperty().addListener((property, before, now) -> {
            if (now != null) {
                model.addRepository(now);
            }
        });
        form.field(
                texts.marked("ui.repositories.add"), pick, limited.and(listed()).and(registry.existingProperty()));
    }

    /** Whether this computer could read which repositories there are. */
    private BooleanBinding listed() {
        return Bindings.createBooleanBinding(
                () -> registry.repositories().state() instanceof State.Done<List<String>>,
                registry.repositories().stateProperty());
    }

    private void keepSignedIn(Form form, FieldErrors errors) {
        CheckBox keep = new CheckBox(texts.marked("ui.keepSignedIn.tick"));
        keep.setId("keep-signed-in");
        keep.selectedProperty().bindBidirectional(model.keepSignedInProperty());
        form.field(texts.render("ui.keepSignedIn"), keep, targets.machines())
                .hint(texts.render("ui.keepSignedIn.hint"))
                .error(errors.at("keepSignedIn"));
    }

    /** Whether the registry has repository permissions, or gets them. */
    private BooleanBinding abac() {
        return Bindings.createBooleanBinding(
                () -> registry.hasRepositoryPermissions()
                        || registry.canLimitRoles() && model.limitedProperty().get(),
                registry.existingProperty(),
                registry.registryProperty(),
                model.limitedProperty());
    }

    private BooleanBinding limitable() {
        return Bindings.createBooleanBinding(
                registry::canLimitRoles, registry.existingProperty(), registry.registryProperty());
    }

    private static VBox explanations(VBox... options) {
        VBox box = new VBox(options);
        box.getStyleClass().add("explanations");
        return box;
    }
}
