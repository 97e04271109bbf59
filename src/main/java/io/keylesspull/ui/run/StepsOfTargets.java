package io.keylesspull.ui.run;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * The steps of a run. Of more targets than can be looked through, there is a list, and the steps of the one that is
 * chosen; until one is chosen, of the first that failed.
 */
final class StepsOfTargets extends VBox {

    /** Up to so many targets are in the list of steps. */
    static final int LISTED = 50;

    /** Of the height that many targets get. */
    private static final double SHARE = 0.45;

    private final StepList steps;
    private final TargetList targets;
    private final Consumer<Optional<String>> onTarget;
    private Optional<String> target = Optional.empty();
    private Optional<RunModel> shown = Optional.empty();
    private Runnable refresh = () -> {};

    /**
     * @param onTarget gets the target that is chosen of many
     * @param onChoose gets the step that is chosen
     */
    StepsOfTargets(Texts texts, Consumer<Optional<String>> onTarget, Consumer<Optional<StepId>> onChoose) {
        this.onTarget = onTarget;
        steps = new StepList(texts, onChoose);
        targets = new TargetList(texts, this::chosen);
        targets.managedProperty().bind(targets.visibleProperty());
        VBox.setVgrow(steps, Priority.ALWAYS);
        targets.prefHeightProperty().bind(heightProperty().multiply(SHARE));
        targets.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(steps, targets);
    }

    /** Shows another list of steps. */
    void rebuild(RunModel model, Runnable onOpened) {
        refresh = onOpened;
        target = Optional.empty();
        targets.setVisible(many(model));
        build(model);
    }

    private static boolean many(RunModel model) {
        return model.machines().size() > LISTED;
    }

    private void build(RunModel model) {
        shown = Optional.of(model);
        List<String> machines = many(model) ? target.stream().toList() : model.machines();
        List<Optional<String>> keys = new ArrayList<>(List.of(Optional.empty()));
        machines.forEach(machine -> keys.add(Optional.of(machine)));
        steps.rebuild(keys, model.machines().size() > 1, refresh);
    }

    void show(RunModel model, Instant now) {
        if (many(model)) {
            targets.show(model);
            if (target.isEmpty()) {
                model.failures().stream()
                        .flatMap(step -> step.id().machine().stream())
                        .findFirst()
                        .ifPresent(this::turnTo);
            }
        }
        steps.show(model, now);
    }

    private void chosen(String name) {
        turnTo(name);
        onTarget.accept(Optional.of(name));
        refresh.run();
    }

    private void turnTo(String name) {
        if (!target.equals(Optional.of(name))) {
            target = Optional.of(name);
            shown.ifPresent(this::build);
            targets.choose(name);
        }
    }

    /** Selects the step that the log is filtered by. */
    void choose(Optional<StepId> step) {
        if (shown.filter(StepsOfTargets::many).isPresent()) {
            step.flatMap(StepId::machine).ifPresent(this::turnTo);
        }
        steps.choose(step);
    }

    /** Shows where a step is, and focuses it; the log stays as it is. */
    void reveal(StepId step) {
        if (shown.filter(StepsOfTargets::many).isPresent()) {
            step.machine().ifPresent(this::turnTo);
            refresh.run();
        }
        steps.reveal(step);
    }
}
