package io.keylesspull.ui.run;

import io.keylesspull.engine.StepId;
import io.keylesspull.text.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;

/** The steps of the run: shared ones first, then each machine's. From ten machines on, machines start folded. */
final class StepList extends ScrollPane {

    static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final int MANY = 10;

    private final Texts texts;
    private final StepTexts words;
    private final VBox content = new VBox();
    private final Map<Optional<String>, StepGroup> groups = new LinkedHashMap<>();
    private ToggleGroup choice = new ToggleGroup();
    private final Consumer<Optional<StepId>> onChoose;

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
    }

    /** Another list of steps. */
    void rebuild(RunModel model, Runnable refresh) {
        groups.clear();
        choice = new ToggleGroup();
        choice.selectedToggleProperty().addListener((property, old, now) -> onChoose.accept(stepOf(now)));
        List<String> machines = model.machines();
        boolean several = machines.size() > 1;
        List<Optional<String>> keys = new ArrayList<>(List.of(Optional.empty()));
        machines.forEach(machine -> keys.add(Optional.of(machine)));
        for (Optional<String> key : keys) {
            String name = several ? key.orElseGet(() -> texts.render("ui.run.shared")) : "";
            boolean open = key.isEmpty() || machines.size() < MANY;
            StepGroup group = new StepGroup(name, open, texts, words, choice);
            group.onOpened(refresh);
            groups.put(key, group);
        }
        content.getChildren().setAll(groups.values());
    }

    private static Optional<StepId> stepOf(Toggle toggle) {
        return toggle instanceof StepRow row ? Optional.of(row.step()) : Optional.empty();
    }

    void show(RunModel model, Instant now) {
        groups.forEach((machine, group) -> group.show(model.stepsOf(machine), model, now));
    }

    /** Marks the step that the log is filtered to. */
    void choose(Optional<StepId> step) {
        if (step.equals(stepOf(choice.getSelectedToggle()))) {
            return;
        }
        choice.selectToggle(choice.getToggles().stream().filter(toggle -> stepOf(toggle).equals(step))
                .filter(toggle -> step.isPresent()).findFirst().orElse(null));
    }
}
