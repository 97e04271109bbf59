package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Icon;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.runs.RunsModel;
import io.keylesspull.ui.signin.DeviceCodeCard;
import io.keylesspull.ui.signin.SignInModel;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What is around every page: title and help above it, the buttons below it. */
final class Frame extends VBox {

    /** A page that scrolls itself has what is said of it above it from this many lines on. */
    private static final int LEAST_LINES = 30;

    private final Texts texts;
    private final Navigation navigation;
    private final Label title = Labels.of("", "page-title");
    private final Label lead = Labels.of("", "page-lead");
    private final Label help = Labels.of("");
    private final BooleanProperty helping = new SimpleBooleanProperty();
    private final Tour tour;
    private final Hyperlink begin = new Hyperlink();
    private final StackPane area = new StackPane();
    private final Button back = new Button();
    private final NextButton next;
    private final Button earlier = new Button();
    /** Offers the tour to somebody who has done nothing yet. */
    private final Button newcomer = new Button();

    private final ToggleButton ask = new ToggleButton("?");
    private final Button settings = new Button(null, Icon.GEAR.node(14));
    private final HBox footer = new HBox();
    private final Region space = new Region();
    private boolean anyRuns;

    Frame(Texts texts, Navigation navigation, SignInModel signIn, RunsModel runs, Consumer<URI> browser) {
        this.texts = texts;
        this.navigation = navigation;
        tour = new Tour(texts);
        next = new NextButton(texts, navigation, this);
        getStyleClass().add("frame");
        title.setId("page-title");
        VBox.setVgrow(area, Priority.ALWAYS);
        area.setMinHeight(0);
        getChildren().addAll(header(), askedAgain(signIn, browser), tour, area, footer());
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            // A list consumes Escape to end editing, even if nothing in it can be edited.
            if (event.getCode() == KeyCode.ESCAPE && event.getTarget() instanceof ListView && back.isVisible()) {
                back.fire();
                event.consume();
            }
        });
        navigation.pageProperty().addListener((property, before, now) -> show(now));
        lead.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        this::hasRoomForLead, navigation.pageProperty(), heightProperty(), lead.fontProperty()));
        lead.managedProperty().bind(lead.visibleProperty());
        signIn.signedInProperty().addListener((property, before, now) -> next.label());
        signIn.practiceProperty().addListener((property, before, now) -> next.label());
        signIn.situationProperty().addListener((property, before, now) -> next.label());
        runs.knownProperty().addListener((property, before, now) -> {
            anyRuns = !now.isEmpty();
            offerEarlier();
        });
        show(navigation.pageProperty().get());
    }

    /** A page that scrolls itself, such as the log, needs the height more if there is little. */
    private boolean hasRoomForLead() {
        return navigation.pageProperty().get().scrolls()
                || getHeight() > LEAST_LINES * lead.getFont().getSize();
    }

    /** The code to enter if Azure asks for a new sign-in later, for example in a run. */
    private Node askedAgain(SignInModel signIn, Consumer<URI> browser) {
        DeviceCodeCard card = new DeviceCodeCard(texts, signIn.time(), signIn.deviceCodeProperty(), browser);
        VBox.setMargin(card, new Insets(0, 32, 8, 32));
        return Show.when(
                Bindings.createBooleanBinding(
                        () -> signIn.deviceCodeProperty().get() != null
                                && !signIn.work().isRunning(),
                        signIn.deviceCodeProperty(),
                        signIn.work().stateProperty()),
                card);
    }

    private VBox header() {
        ask.getStyleClass().add("ask");
        ask.setId("help");
        ask.setMinWidth(USE_PREF_SIZE);
        ask.selectedProperty().bindBidirectional(helping);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        settings.getStyleClass().add("ask");
        settings.setId("settings");
        settings.setMinWidth(USE_PREF_SIZE);
        settings.setOnAction(event -> openSettings());
        HBox top = new HBox(8, title, settings, ask);
        top.setAlignment(Pos.CENTER_LEFT);
        begin.setId("tour-begin");
        // The same words as the other one's, which has the letter.
        begin.setMnemonicParsing(false);
        begin.setOnAction(event -> tour.begin());
        VBox note = new VBox(help, begin);
        note.getStyleClass().addAll("notice", "notice-info");
        VBox header = new VBox(top, lead, Show.when(helping, note));
        header.getStyleClass().add("page-header");
        return header;
    }

    private HBox footer() {
        back.setId("back");
        back.setCancelButton(true);
        back.setOnAction(event -> navigation.back());
        back.disableProperty().bind(navigation.canGoBackProperty().not());
        next.setOnAction(event -> {
            if (navigation.pageName() == WizardStep.DONE) {
                getScene().getWindow().hide();
            } else {
                navigation.next();
            }
        });
        next.disabledProperty().addListener((property, before, now) -> {
            // Otherwise the focus would move from here to the rail, and Enter would lead back to the first page.
            if (now && getScene() != null && getScene().getFocusOwner() == next) {
                area.requestFocus();
            }
        });
        earlier.setId("earlier");
        earlier.getStyleClass().add("flat");
        earlier.setOnAction(event -> navigation.open(SidePage.RUNS));
        newcomer.setId("tour-offer");
        newcomer.getStyleClass().add("flat");
        newcomer.setMinWidth(USE_PREF_SIZE);
        newcomer.setOnAction(event -> tour.begin());
        newcomer.managedProperty().bind(newcomer.visibleProperty());
        earlier.managedProperty().bind(earlier.visibleProperty());
        back.setMinWidth(USE_PREF_SIZE);
        earlier.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(space, Priority.ALWAYS);
        footer.getStyleClass().add("page-footer");
        footer.setMinHeight(USE_PREF_SIZE);
        return footer;
    }

    private void show(Page page) {
        PageName name = navigation.pageName();
        title.setText(texts.render("ui.title." + name.name()));
        name(ask, "ui.help");
        name(settings, "ui.settings.open");
        settings.setDisable(name == SidePage.SETTINGS);
        earlier.setText(texts.marked("ui.runs.earlier"));
        newcomer.setText(texts.marked("ui.tour.begin"));
        begin.setText(texts.render("ui.tour.begin"));
        tour.say();
        lead.setText(texts.render("ui.lead." + name.name()));
        help.setText(texts.render("ui.help." + name.name()));
        back.setText(texts.marked(name == SidePage.UNDO ? "ui.cancel" : "ui.back"));
        back.setVisible(name != WizardStep.SIGN_IN);
        next.pageShown();
        footer.getChildren().setAll(earlier, newcomer, space, back);
        // A side page has no next page.
        if (!(name instanceof SidePage) || page.action().isPresent()) {
            footer.getChildren().add(page.action().orElse(next));
        }
        offerEarlier();
        area.getChildren().setAll(new PageScroll(page));
        Node button = name instanceof SidePage ? back : next;
        // The page itself if neither takes the focus yet.
        Platform.runLater(() -> focusFirst(Stream.of(page.initialFocus(), Optional.of(button), Optional.of(area))
                .flatMap(Optional::stream)
                .toList()));
    }

    /** Focuses the first of these that takes the focus. */
    private void focusFirst(List<? extends Node> nodes) {
        for (Node node : nodes) {
            if (focused(node)) {
                return;
            }
        }
    }

    private boolean focused(Node node) {
        node.requestFocus();
        return getScene() != null && getScene().getFocusOwner() == node;
    }

    private void offerEarlier() {
        PageName name = navigation.pageName();
        newcomer.setVisible(!anyRuns && name == WizardStep.SIGN_IN);
        earlier.setVisible(anyRuns && (name == WizardStep.SIGN_IN || name == WizardStep.DONE));
    }

    /** A control that shows no words says in a tooltip what it does. */
    private void name(Control control, String key) {
        control.setTooltip(new Tooltip(texts.render(key)));
        control.setAccessibleText(texts.render(key));
    }

    void openSettings() {
        if (navigation.pageName() != SidePage.SETTINGS) {
            navigation.open(SidePage.SETTINGS);
        }
    }

    void toggleHelp() {
        helping.set(!helping.get());
    }
}
