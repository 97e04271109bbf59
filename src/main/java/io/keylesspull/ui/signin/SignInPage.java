package io.keylesspull.ui.signin;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.ChoiceCard;
import io.keylesspull.ui.component.CollapsedPane;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.LoadStatus;
import io.keylesspull.ui.component.Notice;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.RadioOptions;
import io.keylesspull.ui.component.SearchableChoice;
import io.keylesspull.ui.component.Show;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** Practice mode or Azure, and in Azure how to sign in, the directory and the subscription. */
public final class SignInPage implements Page {

    private final Texts texts;
    private final SignInModel model;
    private final Runnable onOpen;
    private final VBox root;
    private final ChoiceCard practice;
    private final BooleanBinding complete;

    /**
     * @param browser opens an address for the administrator
     * @param offers stands above the choice: what else the wizard could begin with
     * @param onOpen called each time the page is shown
     */
    public SignInPage(Texts texts, SignInModel model, Consumer<URI> browser, Node offers, Runnable onOpen) {
        this.texts = texts;
        this.model = model;
        this.onOpen = onOpen;
        practice = new ChoiceCard(
                Icon.PRACTICE,
                texts.render("ui.signIn.practice"),
                texts.render("ui.signIn.practice.text"),
                model.practiceProperty(),
                true);
        ChoiceCard azure = new ChoiceCard(
                Icon.CLOUD,
                texts.render("ui.signIn.azure"),
                texts.render("ui.signIn.azure.text"),
                model.practiceProperty(),
                false);
        practice.setId("practice");
        azure.setId("azure");
        root = new VBox(
                offers,
                cards(practice, azure),
                // Above the rest, so that an error is in view.
                SignInProgress.withCancel(texts, model, browser),
                Show.onceWhen(model.practiceProperty(), this::situations),
                Show.onceWhen(model.practiceProperty().not(), this::azureForm),
                Show.onceWhen(model.practiceProperty().not(), () -> LoadStatus.ofFailure(texts, model.forgetting())),
                Show.onceWhen(
                        model.choosesDirectory().and(model.signedInProperty().isNotNull()), this::account));
        root.getStyleClass().add("page");
        complete = Bindings.createBooleanBinding(
                this::isComplete,
                model.signedInProperty(),
                model.subscriptionProperty(),
                model.work().stateProperty());
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Optional<Node> initialFocus() {
        return Optional.of(practice);
    }

    @Override
    public ObservableValue<Boolean> complete() {
        return complete;
    }

    @Override
    public void open() {
        onOpen.run();
    }

    private boolean isComplete() {
        return !model.work().isRunning()
                && (model.signedInProperty().get() == null
                        || model.subscriptionProperty().get() != null);
    }

    private static GridPane cards(ChoiceCard left, ChoiceCard right) {
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        GridPane grid = new GridPane();
        grid.getStyleClass().add("cards");
        grid.getColumnConstraints().addAll(half, half);
        left.setMaxHeight(Double.MAX_VALUE);
        right.setMaxHeight(Double.MAX_VALUE);
        grid.addRow(0, left, right);
        return grid;
    }

    private Form situations() {
        RadioOptions<PracticeSituation> options = new RadioOptions<>(model.situationProperty());
        for (PracticeSituation each : PracticeSituation.values()) {
            options.add(each, texts.render("ui.situation." + each));
        }
        options.setId("situations");
        Form form = new Form();
        form.field(texts.marked("ui.situation"), options)
                .hint(model.situationProperty().map(each -> texts.render("ui.situation." + each + ".hint")));
        return form;
    }

    private VBox azureForm() {
        RadioOptions<SignInMethod> method = new RadioOptions<>(model.methodProperty());
        for (SignInMethod each :
                new SignInMethod[] {SignInMethod.BROWSER, SignInMethod.DEVICE_CODE, SignInMethod.AZURE_CLI}) {
            method.add(each, texts.render("ui.signIn.method." + each));
        }
        Form form = new Form();
        form.field(texts.marked("ui.signIn.method"), method)
                .hint(model.methodProperty().map(each -> texts.render("ui.signIn.method." + each + ".hint")));
        Form others = new Form();
        VBox other = new VBox(
                method.explained(
                        SignInMethod.ENVIRONMENT,
                        texts.render("ui.signIn.method.ENVIRONMENT"),
                        texts.render("ui.signIn.method.ENVIRONMENT.hint")),
                method.explained(
                        SignInMethod.MANAGED_IDENTITY,
                        texts.render("ui.signIn.method.MANAGED_IDENTITY"),
                        texts.render("ui.signIn.method.MANAGED_IDENTITY.hint")));
        other.getStyleClass().add("explanations");
        others.field(texts.marked("ui.signIn.method"), other);
        RadioOptions<AzureCloud> cloud = new RadioOptions<>(model.cloudProperty());
        for (AzureCloud each : AzureCloud.values()) {
            cloud.add(each, texts.render("ui.signIn.cloud." + each));
        }
        others.field(texts.marked("ui.signIn.cloud"), cloud);
        return new VBox(12, form, new CollapsedPane(texts.render("ui.signIn.other"), others));
    }

    private VBox account() {
        SearchableChoice<Tenant> tenant =
                new SearchableChoice<>(texts, texts.render("ui.signIn.tenant.none"), Tenant::name, Tenant::domain);
        tenant.setId("tenant");
        tenant.valueProperty().bindBidirectional(model.tenantProperty());
        SearchableChoice<Subscription> subscription = new SearchableChoice<>(
                texts, texts.render("ui.signIn.subscription.none"), Subscription::name, Subscription::id);
        subscription.setId("subscription");
        subscription.loadedBy(model.subscriptions());
        subscription.valueProperty().bindBidirectional(model.subscriptionProperty());
        Consumer<SignInModel.SignedIn> take = now -> {
            if (now == null) {
                tenant.items().clear();
            } else {
                tenant.items().setAll(now.tenants());
            }
        };
        model.signedInProperty().addListener((property, before, now) -> take.accept(now));
        take.accept(model.signedInProperty().get());
        ObservableValue<String> who = model.signedInProperty()
                .map(now -> texts.render("ui.signIn.as", now.session().account().name()))
                .orElse("");
        Form form = new Form();
        form.wide(new Notice(Notice.Kind.INFO, who));
        ObservableValue<String> notice = model.signedInProperty()
                .map(now -> now.session().notice().map(texts::render).orElse(""))
                .orElse("");
        Hyperlink forget = new Hyperlink(texts.marked("ui.signIn.forget"));
        forget.setId("sign-out");
        forget.setOnAction(event -> model.forget());
        form.wide(Show.when(model.practiceProperty().not(), forget));
        form.wide(Show.when(notice.map(words -> !words.isEmpty()), new Notice(Notice.Kind.WARNING, notice)));
        form.field(texts.marked("ui.signIn.tenant"), tenant);
        form.field(texts.marked("ui.signIn.subscription"), subscription)
                .under(LoadStatus.ofList(texts, model.subscriptions()))
                .error(model.signedInProperty().map(this::withoutSubscription).orElse(""));
        return new VBox(form);
    }

    /** What to say if the account has no subscription; empty if it has. */
    private String withoutSubscription(SignInModel.SignedIn now) {
        if (now.first().isPresent()) {
            return "";
        }
        String elsewhere = now.tenants().stream()
                .filter(each -> !each.equals(model.tenantProperty().get()))
                .map(Tenant::name)
                .collect(Collectors.joining(", "));
        return elsewhere.isEmpty()
                ? texts.render("ui.signIn.subscription.empty")
                : texts.render("ui.signIn.subscription.elsewhere", elsewhere);
    }
}
