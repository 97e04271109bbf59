package io.keylesspull.ui.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Toggle;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.Mnemonic;
import javafx.stage.Window;

/**
 * Alt and a letter reach the control that shows the letter. JavaFX keeps the letters, and marks them while Alt is
 * pressed, but does too little with them: it ticks no check box ({@code Mnemonic.fire} only sends an action event), it
 * takes <em>n</em> and <em>N</em> for two letters and looks at the controls of one of them only, and it does not lead
 * into a group of radio buttons.
 */
public final class AltKeys {

    private final Scene scene;

    private AltKeys(Scene scene) {
        this.scene = scene;
    }

    /**
     * From now on, in this scene. @param window of the scene; a filter of the scene comes after JavaFX's own letters
     */
    public static void on(Window window, Scene scene) {
        AltKeys keys = new AltKeys(scene);
        window.addEventFilter(KeyEvent.KEY_PRESSED, keys::pressed);
    }

    private void pressed(KeyEvent event) {
        List<Node> reached = scene.getMnemonics().entrySet().stream()
                .filter(entry -> entry.getKey().match(event))
                .map(java.util.Map.Entry::getValue)
                .flatMap(ObservableList::stream)
                .map(Mnemonic::getNode)
                .filter(node -> !node.isDisabled() && isShown(node))
                .distinct()
                .toList();
        if (reached.isEmpty()) {
            return;
        }
        event.consume();
        // Those with the same letter have the same words, so that another press leads to the next one.
        Node node = reached.get((reached.indexOf(scene.getFocusOwner()) + 1) % reached.size());
        focused(node).ifPresent(Node::requestFocus);
        if (reached.size() == 1 && node instanceof ButtonBase button && button.isMnemonicParsing()) {
            button.fire();
        }
    }

    private static Optional<Node> focused(Node node) {
        List<Node> within = within(node).filter(Node::isFocusTraversable).toList();
        return within.stream()
                .filter(each -> each instanceof Toggle toggle && toggle.isSelected())
                .findFirst()
                .or(() -> within.stream().findFirst());
    }

    private static Stream<Node> within(Node node) {
        return node.isFocusTraversable() || !(node instanceof Parent parent)
                ? Stream.of(node)
                : parent.getChildrenUnmodifiable().stream().flatMap(AltKeys::within);
    }

    private static boolean isShown(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }
}
