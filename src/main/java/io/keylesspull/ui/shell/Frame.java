package io.keylesspull.ui.shell;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Labels;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.runs.RunsModel;
import io.keylesspull.ui.signin.SignInModel;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What surrounds every page: its title and help above, the way back and on below. */
final class Frame extends VBox {

    private final Texts texts;
    private final Navigation navigation;
    private final Label title = Labels.of("", "page-title");
    private final Label lead = Labels.of("", "page-lead");
    private final Label help = Labels.of("");
    private final BooleanProperty helping = new SimpleBooleanProperty();
    private final StackPane area = new StackPane();
    private final Button back = new Button();
    private final Button next = new Button();
    private final Button earlier = new Button();
    private final HBox footer = new HBox();
    private final Region space = new Region();
    private boolean anyRuns;

    Frame(Texts texts, Navigation navigation, SignInModel signIn, RunsModel runs) {
        this.texts = texts;
        this.navigation = navigation;
        getStyleClass().add("frame");
        title.setId("page-title");
        VBox.setVgrow(area, Priority.ALWAYS);
        area.setMinHeight(0);
        getChildren().addAll(header(), area, footer());
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            // A list keeps Escape to itself, to end editing, even where nothing in it can be edited.
            if (event.getCode() == KeyCode.ESCAPE && event.getTarget() instanceof ListView && back.isVisible()) {
                back.fire();
                event.consume();
            }
        });
        navigation.pageProperty().addListener((property, before, now) -> show(now));
        signIn.signedInProperty().addListener((property, before, now) -> nameNext());
        signIn.practiceProperty().addListener((property, before, now) -> nameNext());
        runs.knownProperty().addListener((property, before, now) -> {
            anyRuns = !now.isEmpty();
            offerEarlier();
        });
        show(navigation.pageProperty().get());
    }

    private VBox header() {
        ToggleButton ask = new ToggleButton("?");
        ask.getStyleClass().add("ask");
        ask.setId("help");
        ask.setMinWidth(USE_PREF_SIZE);
        ask.setTooltip(new Tooltip(texts.render("ui.help")));
        ask.setAccessibleText(texts.render("ui.help"));
        ask.selectedProperty().bindBidirectional(helping);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox top = new HBox(title, ask);
        top.setAlignment(Pos.CENTER_LEFT);
        VBox note = new VBox(help);
        note.getStyleClass().addAll("notice", "notice-info");
        VBox header = new VBox(top, lead, Show.when(helping, note));
        header.getStyleClass().add("page-header");
        return header;
    }

    private HBox footer() {
        back.setId("back");
        back.setCancelButton(true);
        back.setOnAction(event -> navigation.back());
        back.disableProperty().bind(navigation.mayGoBackProperty().not());
        next.setId("next");
        next.setDefaultButton(true);
        next.setOnAction(event -> {
            if (place().equals(WizardStep.DONE.name())) {
                getScene().getWindow().hide();
            } else {
                navigation.next();
            }
        });
        next.disableProperty().bind(navigation.mayGoOnProperty().not());
        next.disabledProperty().addListener((property, before, now) -> {
            // Left alone, the focus would go from here to the rail, and Enter to the beginning.
            if (now && getScene() != null && getScene().getFocusOwner() == next) {
                area.requestFocus();
            }
        });
        earlier.setId("earlier");
        earlier.setText(texts.render("ui.runs.earlier"));
        earlier.getStyleClass().add("flat");
        earlier.setOnAction(event -> navigation.open(SidePage.RUNS));
        back.setMinWidth(USE_PREF_SIZE);
        next.setMinWidth(USE_PREF_SIZE);
        earlier.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(space, Priority.ALWAYS);
        footer.getStyleClass().add("page-footer");
        return footer;
    }

    /** The page's name in the keys of its texts. */
    private String place() {
        return navigation.aside().map(Enum::name).orElseGet(() -> navigation.undoing() ? "UNDOING"
                : navigation.currentProperty().get().name());
    }

    private void show(Page page) {
        String place = place();
        title.setText(texts.render("ui.title." + place));
        lead.setText(texts.render("ui.lead." + place));
        help.setText(texts.render("ui.help." + place));
        back.setText(texts.render(place.equals(SidePage.UNDO.name()) ? "ui.cancel" : "ui.back"));
        back.setVisible(!place.equals(WizardStep.SIGN_IN.name()));
        nameNext();
        Node last = page.action() != null ? page.action() : next;
        // Beside the way there is nothing to go on to.
        footer.getChildren().setAll(earlier, space, back);
        if (navigation.aside().isEmpty() || page.action() != null) {
            footer.getChildren().add(last);
        }
        offerEarlier();
        area.getChildren().setAll(page.scrolls() ? scrolling(page.node()) : page.node());
        Node first = page.first();
        Node button = navigation.aside().isPresent() ? back : next;
        // Where neither takes it yet, the page itself.
        Platform.runLater(() -> Stream.of(Optional.ofNullable(first), Optional.of(button), Optional.of(area))
                .flatMap(Optional::stream).anyMatch(this::focused));
    }

    private boolean focused(Node node) {
        node.requestFocus();
        return getScene() != null && getScene().getFocusOwner() == node;
    }

    private void offerEarlier() {
        String place = place();
        earlier.setVisible(anyRuns
                && (place.equals(WizardStep.SIGN_IN.name()) || place.equals(WizardStep.DONE.name())));
    }

    void toggleHelp() {
        helping.set(!helping.get());
    }

    private void nameNext() {
        next.setText(texts.render(switch (place()) {
            case "REVIEW" -> "ui.next.start";
            case "DONE" -> "ui.finish";
            case "UNDOING" -> "ui.next.toStart";
            default -> navigation.signsIn() && !navigation.practice() ? "ui.next.signIn" : "ui.next";
        }));
    }

    private static ScrollPane scrolling(Node content) {
        ScrollPane pane = new ScrollPane(content);
        pane.setFitToWidth(true);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        pane.getStyleClass().add("page-scroll");
        pane.setFocusTraversable(false);
        return pane;
    }
}
