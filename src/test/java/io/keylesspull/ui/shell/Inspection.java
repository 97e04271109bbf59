package io.keylesspull.ui.shell;

import io.keylesspull.text.AccessKeys;
import io.keylesspull.ui.component.Copyable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Toggle;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;

/** What would trouble an administrator who uses the keyboard, a screen reader or large text. On the JavaFX thread. */
final class Inspection {

    private static final double ROUNDED = 1.5;
    private static final Set<String> REPEATED = Set.of("copy", "pick", "undo-option");
    private static final int MOST_STOPS = 400;

    private final Scene scene;

    Inspection(Scene scene) {
        this.scene = scene;
        scene.getRoot().applyCss();
        scene.getRoot().layout();
    }

    /** Controls of which a screen reader could say only what kind of control they are. */
    List<String> unnamed() {
        return stops().filter(node ->
                        blank(node.queryAccessibleAttribute(AccessibleAttribute.LABELED_BY)) && blank(nameOf(node)))
                .map(Inspection::told)
                .toList();
    }

    private static Object nameOf(Node node) {
        boolean contentIsNoName =
                node instanceof TextInputControl || node instanceof ComboBoxBase || node instanceof Spinner;
        return contentIsNoName ? node.getAccessibleText() : node.queryAccessibleAttribute(AccessibleAttribute.TEXT);
    }

    private static boolean blank(Object name) {
        return name == null || name.toString().isBlank();
    }

    /** Letters of two controls with different words. */
    List<String> sharedAccessKeys() {
        Map<String, Map<String, Node>> letters = new TreeMap<>();
        List<String> shared = new ArrayList<>();
        marked().forEach(labeled -> {
            String letter = String.valueOf(labeled.queryAccessibleAttribute(AccessibleAttribute.MNEMONIC))
                    .toUpperCase(Locale.ROOT);
            // The same words twice, as in two forms: pressing again leads to the next.
            letters.computeIfAbsent(letter, none -> new LinkedHashMap<>())
                    .put(AccessKeys.plain(labeled.getText()), labeled);
        });
        letters.forEach((letter, nodes) -> {
            if (nodes.size() > 1) {
                shared.add(letter + ": " + String.join(", ", nodes.keySet()));
            }
        });
        return shared;
    }

    /** Buttons, boxes to tick and labels of fields that no letter leads to. */
    List<String> withoutAccessKey() {
        Set<Labeled> marked = marked().collect(Collectors.toSet());
        return shown(scene.getRoot())
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .filter(labeled -> labeled instanceof Label label ? leadsToInput(label) : isButtonWithWords(labeled))
                .filter(labeled -> !marked.contains(labeled))
                .map(Inspection::told)
                .toList();
    }

    private Stream<Labeled> marked() {
        return shown(scene.getRoot())
                .filter(node -> node instanceof Labeled labeled && labeled.isMnemonicParsing())
                .map(Labeled.class::cast)
                .filter(labeled -> !labeled.isDisabled()
                        && (!(labeled instanceof Label label)
                                || !label.getLabelFor().isDisabled())
                        && labeled.queryAccessibleAttribute(AccessibleAttribute.MNEMONIC) != null);
    }

    /** What is repeated for each thing in a list, or belongs to a field, is reached by Tab only. */
    private static boolean isButtonWithWords(Labeled labeled) {
        return labeled instanceof ButtonBase
                && !(labeled instanceof RadioButton)
                && !labeled.isDisabled()
                && labeled.getText() != null
                && labeled.getText().length() > 1
                && labeled.getContentDisplay() != ContentDisplay.GRAPHIC_ONLY
                && labeled.getStyleClass().stream().noneMatch(REPEATED::contains);
    }

    private static boolean leadsToInput(Label label) {
        Node input = label.getLabelFor();
        return !label.getText().isEmpty()
                && input != null
                && !input.isDisabled()
                && !(input instanceof Label || input instanceof CheckBox || input instanceof Copyable);
    }

    /** Words that are said with the mark of their letter. */
    List<String> saidWithMark() {
        return marked().filter(labeled -> String.valueOf(labeled.queryAccessibleAttribute(AccessibleAttribute.TEXT))
                        .contains("_"))
                .map(Inspection::told)
                .toList();
    }

    /** Texts that are shown with dots in place of their end. */
    List<String> cutOff() {
        return shown(scene.getRoot())
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .filter(labeled ->
                        labeled.getText() != null && !labeled.getText().isEmpty())
                .filter(labeled -> shown(labeled)
                        .filter(Text.class::isInstance)
                        .map(Text.class::cast)
                        .anyMatch(text -> !text.getText().equals(asShown(labeled))
                                && text.getText().endsWith(labeled.getEllipsisString())))
                .map(Inspection::told)
                .toList();
    }

    /** With a letter that was added as access key, without the mark before it. */
    private static String asShown(Labeled labeled) {
        return labeled.isMnemonicParsing() ? labeled.getText().replaceAll("_(.)", "$1") : labeled.getText();
    }

    /** Controls and texts that reach over the window's edges and cannot be scrolled to. */
    List<String> outside() {
        return shown(scene.getRoot())
                .filter(node -> node instanceof Labeled || node instanceof TextInputControl)
                .filter(node -> {
                    Bounds place = node.localToScene(node.getLayoutBounds());
                    boolean across = place.getMaxX() > scene.getWidth() + ROUNDED || place.getMinX() < -ROUNDED;
                    boolean down = place.getMaxY() > scene.getHeight() + ROUNDED || place.getMinY() < -ROUNDED;
                    return across || down && !isScrolled(node);
                })
                .map(Inspection::told)
                .toList();
    }

    private static boolean isScrolled(Node node) {
        return scrolling(node).isPresent();
    }

    /** What scrolls the node: the innermost pane or list that it is in. */
    private static Optional<Node> scrolling(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent)
                .filter(above -> above instanceof ScrollPane || above instanceof ListView)
                .findFirst();
    }

    /** Controls that Tab does not come to, from wherever the focus is. */
    List<String> unreached() {
        Set<Node> reached = new LinkedHashSet<>(tabbed());
        return stops().filter(node -> !reached.contains(node))
                .map(Inspection::told)
                .toList();
    }

    /** Controls of the page that Tab comes to after one that is below them: the order is not that of reading. */
    List<String> againstReading() {
        List<Node> order = tabbed().stream().filter(Inspection::isScrolled).toList();
        List<String> against = new ArrayList<>();
        for (int i = 1; i < order.size(); i++) {
            Bounds before = order.get(i - 1).localToScene(order.get(i - 1).getLayoutBounds());
            Bounds now = order.get(i).localToScene(order.get(i).getLayoutBounds());
            // Where two scroll by themselves, the one may be above the other only for now.
            boolean together = scrolling(order.get(i - 1)).equals(scrolling(order.get(i)));
            // In columns beside each other, the next one begins above.
            if (together && now.getMaxY() < before.getMinY() && now.getMinX() <= before.getMaxX()) {
                against.add(told(order.get(i - 1)) + " → " + told(order.get(i)));
            }
        }
        return against;
    }

    /** The controls in the order in which Tab comes to them, the one that has the focus last. */
    List<Node> tabbed() {
        List<Node> order = new ArrayList<>();
        scene.getRoot().requestFocus();
        for (int presses = 0; presses < MOST_STOPS; presses++) {
            Node before = scene.getFocusOwner();
            before.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, false, false, false, false));
            Node now = scene.getFocusOwner();
            if (order.contains(now)) {
                break;
            }
            order.add(now);
        }
        return order;
    }

    private Stream<Node> stops() {
        return shown(scene.getRoot())
                .filter(node -> node instanceof Control || node.isFocusTraversable())
                .filter(node -> node.isFocusTraversable() && !node.isDisabled())
                .filter(node -> !(node instanceof ScrollBar) && !(node instanceof ScrollPane))
                // The text of a spinner, or of a list that can be typed into, is a part of it.
                .filter(node -> !(node.getParent() instanceof Spinner) && !(node.getParent() instanceof ComboBoxBase))
                .filter(node -> !isLedToByArrows(node));
    }

    /** Tab comes to the chosen one of its group, and arrows lead from there to the others. */
    private static boolean isLedToByArrows(Node node) {
        return node instanceof Toggle toggle
                && toggle.getToggleGroup() != null
                && toggle.getToggleGroup().getSelectedToggle() != null
                && !toggle.isSelected();
    }

    private static Stream<Node> shown(Node node) {
        if (!node.isVisible()) {
            return Stream.empty();
        }
        return node instanceof Parent parent
                ? Stream.concat(
                        Stream.of(node),
                        parent.getChildrenUnmodifiable().stream().flatMap(Inspection::shown))
                : Stream.of(node);
    }

    static String told(Node node) {
        String words = node instanceof Labeled labeled ? " \u201c" + labeled.getText() + "\u201d" : "";
        return node.getClass().getSimpleName()
                + (node.getId() == null ? "" : "#" + node.getId())
                + node.getStyleClass()
                + words;
    }
}
