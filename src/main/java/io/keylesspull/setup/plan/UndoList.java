package io.keylesspull.setup.plan;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What undoing a run would do in the present state.
 *
 * @param goes what is deleted or undone
 * @param asked what is undone only if it is chosen
 * @param stays what the run left behind and undo leaves alone
 */
public record UndoList(List<Text> goes, List<Option> asked, List<Staying> stays) {

    public UndoList {
        goes = List.copyOf(goes);
        asked = List.copyOf(asked);
        stays = List.copyOf(stays);
    }

    /** @param subjects the packages, images, groups… concerned */
    public record Option(UndoChoice choice, List<String> subjects) {

        /** The choice as text. */
        public Text what() {
            return Text.of(
                    "setup.undo.choice." + choice.what().name(),
                    choice.machine(),
                    subjects.stream().collect(Collectors.joining(", ")));
        }
    }

    /** @param step the step of the undo that checks it again; empty if none does */
    public record Staying(Text what, Text why, Optional<StepId> step) {}

    /** Whether there is nothing to undo. */
    public boolean isEmpty() {
        return goes.isEmpty() && asked.isEmpty();
    }
}
