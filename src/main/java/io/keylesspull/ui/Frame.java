package io.keylesspull.ui;

import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Show;
import io.keylesspull.ui.component.Words;
import io.keylesspull.ui.page.Page;
import io.keylesspull.ui.page.SignInModel;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What surrounds every page: its title and help above, the way back and on below. */
final class Frame extends VBox {

    private final Texts texts;
    private final Navigation navigation;
    private final Label title = Words.of("", "page-title");
    private final Label lead = Words.of("", "page-lead");
    private final Label help = Words.of("");
    private final BooleanProperty helping = new SimpleBooleanProperty();
    private final StackPane area = new StackPane();
    private final Button next = new Button();

    Frame(Texts texts, Navigation navigation, SignInModel signIn) {
        this.texts = texts;
        this.navigation = navigation;
        getStyleClass().add("frame");
        title.setId("page-title");
        VBox.setVgrow(area, Priority.ALWAYS);
        area.setMinHeight(0);
        getChildren().addAll(header(), area, footer());
        navigation.pageProperty().addListener((property, before, now) -> show(now));
        signIn.signedInProperty().addListener((property, before, now) -> nameNext());
        signIn.practiceProperty().addListener((property, before, now) -> nameNext());
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
        Button back = new Button(texts.render("ui.back"));
        back.setId("back");
        back.setCancelButton(true);
        back.setOnAction(event -> navigation.back());
        back.disableProperty().bind(navigation.mayGoBackProperty().not());
        back.visibleProperty().bind(Bindings.createBooleanBinding(
                () -> navigation.currentProperty().get() != WizardStep.SIGN_IN, navigation.currentProperty()));
        next.setId("next");
        next.setDefaultButton(true);
        next.setOnAction(event -> {
            if (navigation.currentProperty().get() == WizardStep.DONE) {
                getScene().getWindow().hide();
            } else {
                navigation.next();
            }
        });
        next.disableProperty().bind(navigation.mayGoOnProperty().not());
        back.setMinWidth(USE_PREF_SIZE);
        next.setMinWidth(USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox footer = new HBox(space, back, next);
        footer.getStyleClass().add("page-footer");
        return footer;
    }

    private void show(Page page) {
        WizardStep step = navigation.currentProperty().get();
        title.setText(texts.render("ui.title." + step));
        lead.setText(texts.render("ui.lead." + step));
        help.setText(texts.render("ui.help." + step));
        nameNext();
        area.getChildren().setAll(step == WizardStep.RUN ? page.node() : scrolling(page.node()));
        Node first = page.first();
        Platform.runLater(() -> {
            if (first != null && first.isVisible()) {
                first.requestFocus();
            } else {
                next.requestFocus();
            }
        });
    }

    void toggleHelp() {
        helping.set(!helping.get());
    }

    private void nameNext() {
        WizardStep step = navigation.currentProperty().get();
        String key = switch (step) {
            case REVIEW -> "ui.next.start";
            case DONE -> "ui.finish";
            default -> navigation.signsIn() && !navigation.practice() ? "ui.next.signIn" : "ui.next";
        };
        next.setText(texts.render(key));
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
