package io.keylesspull.ui.picture;

import io.keylesspull.setup.picture.Part;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.picture.PictureWords;
import io.keylesspull.setup.picture.State;
import io.keylesspull.text.Visible;
import io.keylesspull.ui.component.Icon;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

/** A part of the picture, or many targets as one part: what it is, its name and how far it is. */
final class PartButton extends ToggleButton {

    /** The width that a box gets before its name is shortened; three of them fit into the smallest window. */
    static final double NAME = 130;

    private static final double LEAST = 112;
    private static final PseudoClass EXISTING = PseudoClass.getPseudoClass("existing");
    private final boolean arrow;
    private final Label kind = new Label();
    private final Label name = new Label();
    private final VBox said = new VBox();
    private Optional<Part> part = Optional.empty();
    private Optional<Picture.Row> row = Optional.empty();
    private int targets;

    private PartButton(boolean arrow) {
        this.arrow = arrow;
        kind.getStyleClass().add("picture-kind");
        name.getStyleClass().add("picture-name");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        VBox content = arrow ? new VBox(name, Icon.ARROW.node(16), said) : new VBox(kind, name, said);
        content.setAlignment(arrow ? Pos.CENTER : Pos.CENTER_LEFT);
        content.setMouseTransparent(true);
        said.setAlignment(content.getAlignment());
        // Of the words on an arrow nothing is left out.
        name.setMinWidth(arrow ? USE_PREF_SIZE : 0);
        name.setMinHeight(USE_PREF_SIZE);
        setGraphic(content);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setAlignment(arrow ? Pos.CENTER : Pos.CENTER_LEFT);
        setMaxWidth(Double.MAX_VALUE);
        setMinWidth(arrow ? USE_PREF_SIZE : LEAST);
        getStyleClass().setAll("picture-part", arrow ? "picture-role" : "picture-box");
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                fire();
                event.consume();
            }
        });
    }

    static PartButton box() {
        return new PartButton(false);
    }

    /** One that leads from its left to its right. */
    static PartButton arrow() {
        return new PartButton(true);
    }

    /** @param ofTargets how many targets it belongs to */
    void show(Part now, int ofTargets, PictureWords words) {
        part = Optional.of(now);
        row = Optional.empty();
        targets = ofTargets;
        String called = words.name(now, ofTargets);
        show(
                now.kind(),
                words.title(now),
                arrow ? words.holds(now) : called,
                Map.of(now.state(), words.said(now)),
                now.state(),
                words);
        pseudoClassStateChanged(EXISTING, now.origin() == Part.Origin.EXISTING);
    }

    void show(Picture.Row many, PictureWords words) {
        row = Optional.of(many);
        part = Optional.empty();
        targets = many.targets().size();
        show(many.kind(), words.title(many), words.names(many), words.counts(many), many.state(), words);
        pseudoClassStateChanged(
                EXISTING, many.targets().stream().allMatch(each -> each.origin() == Part.Origin.EXISTING));
    }

    private void show(
            Part.Kind what, String title, String called, Map<State, String> states, State how, PictureWords words) {
        kind.setText(title);
        name.setText(Visible.ofLines(called));
        String spoken = words.listed(states.values());
        setTooltip(new Tooltip(name.getText() + "\n" + spoken));
        setAccessibleText(words.listed(List.of(title, called.replace('\n', ' '), spoken)));
        mark(this, how);
        if (kind.getGraphic() == null) {
            kind.setGraphic(icon(what).node(13));
        }
        if (!said.getChildren().stream().map(Node::getUserData).toList().equals(List.copyOf(states.keySet()))) {
            said.getChildren()
                    .setAll(states.keySet().stream().map(PartButton::line).toList());
        }
        Iterator<String> lines = states.values().iterator();
        said.getChildren().forEach(line -> ((Label) line).setText(lines.next()));
    }

    private static Label line(State state) {
        Label line = new Label("", icon(state).node(11));
        line.getStyleClass().add("picture-said");
        line.setUserData(state);
        mark(line, state);
        return line;
    }

    /** Has its facts shown. */
    void tellOf(PartFacts facts) {
        part.ifPresent(one -> facts.show(one, targets));
        row.ifPresent(facts::show);
    }

    /** Gives a node the colours of a state. */
    static void mark(Node node, State state) {
        for (State each : State.values()) {
            node.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)), each == state);
        }
    }

    private static Icon icon(Part.Kind kind) {
        return switch (kind) {
            case MACHINE -> Icon.MACHINE;
            case SCALE_SET -> Icon.FLEET;
            case CLUSTER -> Icon.CLUSTER;
            case IDENTITY, OWN_IDENTITY, KUBELET_IDENTITY, ROLE -> Icon.KEY;
            case REGISTRY -> Icon.REGISTRY;
            case IMAGE -> Icon.IMAGE;
        };
    }

    static Icon icon(State state) {
        return switch (state) {
            case PLANNED -> Icon.FOUND;
            case WORKING -> Icon.GEAR;
            case THERE, PROVEN -> Icon.CHECK;
            case FAILED -> Icon.CROSS;
            case STOPPED -> Icon.WARNING;
        };
    }
}
