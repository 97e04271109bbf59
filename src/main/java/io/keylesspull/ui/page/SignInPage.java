package io.keylesspull.ui.page;

import io.keylesspull.azure.AzureCloud;
import io.keylesspull.azure.DeviceCode;
import io.keylesspull.azure.SignInMethod;
import io.keylesspull.azure.Subscription;
import io.keylesspull.azure.Tenant;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Background;
import io.keylesspull.ui.component.Card;
import io.keylesspull.ui.component.Choice;
import io.keylesspull.ui.component.Copyable;
import io.keylesspull.ui.component.Form;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.LoadNote;
import io.keylesspull.ui.component.More;
import io.keylesspull.ui.component.Notice;
import io.keylesspull.ui.component.Options;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.component.Words;
import io.keylesspull.ui.page.SignInModel.SignedIn;
import java.net.URI;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Practice mode or Azure, and in Azure how to sign in, the directory and the subscription. */
public final class SignInPage implements Page {

    private final Texts texts;
    private final SignInModel model;
    private final Consumer<URI> browser;
    private final VBox root;
    private final Card practice;
    private final BooleanBinding right;

    /** @param browser opens an address for the administrator */
    public SignInPage(Texts texts, SignInModel model, Consumer<URI> browser) {
        this.texts = texts;
        this.model = model;
        this.browser = browser;
        practice = new Card(Icon.PRACTICE, texts.render("ui.signIn.practice"),
                texts.render("ui.signIn.practice.text"), model.practiceProperty(), true);
        Card azure = new Card(Icon.CLOUD, texts.render("ui.signIn.azure"), texts.render("ui.signIn.azure.text"),
                model.practiceProperty(), false);
        practice.setId("practice");
        azure.setId("azure");
        root = new VBox(cards(practice, azure), Show.when(model.practiceProperty().not(), azureForm()), waiting(),
                account());
        root.getStyleClass().add("page");
        right = Bindings.createBooleanBinding(this::isRight, model.signedInProperty(), model.subscriptionProperty(),
                model.work().stateProperty());
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public Node first() {
        return practice;
    }

    @Override
    public ObservableValue<Boolean> right() {
        return right;
    }

    @Override
    public void open() {
        // What it shows follows from the model alone.
    }

    private boolean isRight() {
        return !model.work().isRunning()
                && (model.signedInProperty().get() == null || model.subscriptionProperty().get() != null);
    }

    private static GridPane cards(Card left, Card right) {
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

    private VBox azureForm() {
        Options<SignInMethod> method = new Options<>(model.methodProperty());
        for (SignInMethod each : new SignInMethod[] {
            SignInMethod.BROWSER, SignInMethod.DEVICE_CODE, SignInMethod.AZURE_CLI}) {
            method.add(each, texts.render("ui.signIn.method." + each));
        }
        Form form = new Form();
        form.field(texts.render("ui.signIn.method"), method)
                .hint(model.methodProperty().map(each -> texts.render("ui.signIn.method." + each + ".hint")));
        Form others = new Form();
        VBox other = new VBox(
                method.explained(SignInMethod.ENVIRONMENT, texts.render("ui.signIn.method.ENVIRONMENT"),
                        texts.render("ui.signIn.method.ENVIRONMENT.hint")),
                method.explained(SignInMethod.MANAGED_IDENTITY, texts.render("ui.signIn.method.MANAGED_IDENTITY"),
                        texts.render("ui.signIn.method.MANAGED_IDENTITY.hint")));
        other.getStyleClass().add("explanations");
        others.field(texts.render("ui.signIn.method"), other);
        Options<AzureCloud> cloud = new Options<>(model.cloudProperty());
        for (AzureCloud each : AzureCloud.values()) {
            cloud.add(each, texts.render("ui.signIn.cloud." + each));
        }
        others.field(texts.render("ui.signIn.cloud"), cloud);
        return new VBox(12, form, new More(texts.render("ui.signIn.other"), others));
    }

    private VBox waiting() {
        SimpleStringProperty code = new SimpleStringProperty("");
        VBox codeBox = new VBox();
        codeBox.getStyleClass().add("device-code");
        model.deviceCodeProperty().addListener((property, before, now) -> {
            codeBox.getChildren().clear();
            code.set(now == null ? "" : now.userCode());
            if (now != null) {
                showCode(codeBox, now);
            }
        });
        Button cancel = new Button(texts.render("ui.cancel"));
        cancel.setOnAction(event -> model.cancel());
        ObservableValue<Boolean> running = model.work().stateProperty()
                .map(state -> state instanceof Background.State.Running<SignedIn>);
        VBox box = new VBox(10, Show.when(model.deviceCodeProperty().isNotNull(), codeBox),
                new LoadNote(texts, model.work(), texts.render("ui.signIn.waiting")),
                Show.when(running, new HBox(cancel)));
        return Show.when(Bindings.createBooleanBinding(() -> model.work().isRunning()
                || model.work().state() instanceof Background.State.Failed<SignedIn>,
                model.work().stateProperty()), box);
    }

    private void showCode(VBox box, DeviceCode code) {
        Hyperlink link = new Hyperlink(code.verificationUri().toString());
        link.setOnAction(event -> browser.accept(code.verificationUri()));
        box.getChildren().setAll(Words.of(texts.render("ui.signIn.code")), link,
                new Copyable(texts, code.userCode(), "code"));
    }

    private VBox account() {
        Choice<Tenant> tenant = new Choice<>(texts, texts.render("ui.signIn.tenant.none"), Tenant::name,
                Tenant::domain);
        tenant.valueProperty().bindBidirectional(model.tenantProperty());
        Choice<Subscription> subscription = new Choice<>(texts, texts.render("ui.signIn.subscription.none"),
                Subscription::name, Subscription::id);
        subscription.valueProperty().bindBidirectional(model.subscriptionProperty());
        model.signedInProperty().addListener((property, before, now) -> {
            if (now == null) {
                subscription.items().clear();
            } else {
                tenant.items().setAll(now.tenants());
                subscription.items().setAll(now.subscriptions());
            }
        });
        ObservableValue<String> who = model.signedInProperty()
                .map(now -> texts.render("ui.signIn.as", now.session().account().name())).orElse("");
        Form form = new Form();
        form.wide(new Notice(Notice.Kind.INFO, who));
        form.field(texts.render("ui.signIn.tenant"), tenant);
        form.field(texts.render("ui.signIn.subscription"), subscription)
                .error(model.signedInProperty().map(now -> now.subscriptions().isEmpty()
                        ? texts.render("ui.signIn.subscription.empty") : "").orElse(""));
        return Show.when(model.practiceProperty().not().and(model.signedInProperty().isNotNull()), new VBox(form));
    }
}
