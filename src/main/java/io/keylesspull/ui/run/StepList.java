package io.keylesspull.ui.run;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Scrolling;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.VBox;

/**
 * The steps of the run: shared ones first, then each machine's. From ten machines on, the machines' steps are collapsed
 * at first. The list follows the step at work, unless it is scrolled somewhere else.
 */
final class StepList extends ScrollPane {

    static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass REVEALED = PseudoClass.getPseudoClass("revealed");
    private static final int MANY = 10;
    /** How much of what comes next is shown below the active step, in pixels. */
    private static final double NEXT_STEPS = 64;

    private final Texts texts;
    private final StepTexts words;
    private final VBox content = new VBox();
    private final Map<Optional<String>, StepGroup> groups = new LinkedHashMap<>();
    private ToggleGroup choice = new ToggleGroup();
    private final Consumer<Optional<StepId>> onChoose;
    private Optional<RunModel> shown = Optional.empty();
    /** Whether an active step is kept in view; not while the list is scrolled somewhere else. */
    private boolean following = true;

    StepList(Texts texts, Consumer<Optional<StepId>> onChoose) {
        this.texts = texts;
        this.words = new StepTexts(texts);
        this.onChoose = onChoose;
        getStyleClass().add("step-list");
        content.getStyleClass().add("step-list-content");
        setContent(content);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        addEventFilter(ScrollEvent.SCROLL, event -> scrolledByHand());
        addEventFilter(KeyEvent.KEY_PRESSED, event -> scrolledByHand());
        addEventFilter(MouseEvent.ANY, event -> {
            if (event.isPrimaryButtonDown() && Scrolling.onScrollBar(event)) {
                scrolledByHand();
            }
        });
    }

    /**
     * Shows other steps.
     *
     * @param keys whose: targets, or empty for the shared ones
     * @param several whether there are several targets, so that it is said whose steps they are
     */
    void rebuild(List<Optional<String>> keys, boolean several, Runnable refresh) {
        groups.clear();
        choice = new ToggleGroup();
        choice.selectedToggleProperty().addListener((property, old, now) -> onChoose.accept(stepOf(now)));
        for (Optional<String> key : keys) {
            String name = several ? key.orElseGet(() -> texts.render("ui.run.shared")) : "";
            boolean open = key.isEmpty() || keys.size() <= MANY;
            StepGroup group = new StepGroup(name, open, texts, words, choice);
            group.onOpened(refresh);
            groups.put(key, group);
        }
        content.getChildren().setAll(groups.values());
        following = true;
    }

    private static Optional<StepId> stepOf(Toggle toggle) {
        return toggle instanceof StepRow row ? Optional.of(row.step()) : Optional.empty();
    }

    void show(RunModel model, Instant now) {
        groups.forEach((machine, group) -> group.show(model.stepsOf(machine), model, now));
        shown = Optional.of(model);
        if (following) {
            Scrolling.afterLayout(this, this::follow);
        }
    }

    /**
     * Scrolls to the step that started last, or to one that failed. With several targets, which work at the same time,
     * only if no active step is in view.
     */
    private void follow() {
        List<StepState> active = active();
        if (!following || choice.getSelectedToggle() != null || severalTargets() && anyInView(active)) {
            return;
        }
        active.stream()
                // Of those that started at once, the last.
                .reduce((one, other) -> started(other).isBefore(started(one)) ? one : other)
                .or(() -> shown.stream()
                        .flatMap(model -> model.failures().stream())
                        .filter(step -> groups.containsKey(step.id().machine()))
                        .findFirst())
                .flatMap(this::nodeOf)
                .filter(node -> !Scrolling.isInView(this, node))
                .ifPresent(node -> Scrolling.intoView(this, node, NEXT_STEPS));
    }

    private static Instant started(StepState step) {
        return step.started().orElse(Instant.MIN);
    }

    private boolean severalTargets() {
        return groups.size() > 2;
    }

    private void scrolledByHand() {
        following = false;
        Scrolling.afterLayout(this, () -> following = active().isEmpty() || anyInView(active()));
    }

    private List<StepState> active() {
        return shown.stream()
                .flatMap(model -> model.steps().stream())
                .filter(step ->
                        step.status().active() && groups.containsKey(step.id().machine()))
                .toList();
    }

    private boolean anyInView(List<StepState> steps) {
        return steps.stream().flatMap(step -> nodeOf(step).stream()).anyMatch(node -> Scrolling.isInView(this, node));
    }

    private Optional<Node> nodeOf(StepState step) {
        return Optional.ofNullable(groups.get(step.id().machine())).flatMap(group -> group.nodeOf(step.id()));
    }

    /** Selects the step that the log is filtered by. */
    void choose(Optional<StepId> step) {
        if (step.equals(stepOf(choice.getSelectedToggle()))) {
            return;
        }
        choice.selectToggle(choice.getToggles().stream()
                .filter(toggle -> stepOf(toggle).equals(step))
                .filter(toggle -> step.isPresent())
                .findFirst()
                .orElse(null));
    }

    /** Scrolls to a step, whose group is opened, and focuses it. */
    void reveal(StepId step) {
        StepGroup group = groups.get(step.machine());
        if (group == null) {
            return;
        }
        group.open();
        following = false;
        Scrolling.afterLayout(
                this,
                () -> group.nodeOf(step).ifPresent(node -> {
                    Scrolling.intoView(this, node, NEXT_STEPS);
                    node.requestFocus();
                    // A focus that no key has moved is not shown.
                    node.pseudoClassStateChanged(REVEALED, true);
                    node.focusedProperty().addListener(new ChangeListener<>() {
                        @Override
                        public void changed(ObservableValue<? extends Boolean> focused, Boolean old, Boolean now) {
                            focused.removeListener(this);
                            node.pseudoClassStateChanged(REVEALED, false);
                        }
                    });
                }));
    }
}
