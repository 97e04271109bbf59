package io.keylesspull.ui.run;

import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.plan.UndoList.Question;
import io.keylesspull.setup.plan.UndoList.Staying;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the administrator agreed an undo would do, to be compared with what it did.
 *
 * @param goes how many things are deleted or taken back
 * @param stays what is left alone
 */
public record UndoExpected(int goes, List<Staying> stays) {

    public UndoExpected {
        stays = List.copyOf(stays);
    }

    /** By the list that was shown and what was chosen in it: an option that was not chosen stays. */
    public static UndoExpected of(UndoList list, Set<UndoChoice> choices) {
        Stream<Staying> notChosen =
                Question.of(list.asked().stream()
                                .filter(option -> !choices.contains(option.choice()))
                                .toList())
                        .stream()
                        .map(question -> new Staying(question.what(), Text.of("ui.undo.notChosen"), Optional.empty()));
        return new UndoExpected(
                list.goes().size() + choices.size(),
                Stream.concat(list.stays().stream(), notChosen).toList());
    }
}
