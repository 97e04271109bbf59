package io.keylesspull.ui.run;

import io.keylesspull.setup.UndoChoice;
import io.keylesspull.setup.UndoList.Staying;
import io.keylesspull.setup.UndoList;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an undo was agreed to do, to be compared at its end with what it did.
 *
 * @param goes  how many things are deleted or taken back
 * @param stays what is left alone
 */
public record UndoExpected(int goes, List<Staying> stays) {

    static final UndoExpected NOTHING = new UndoExpected(0, List.of());

    public UndoExpected {
        stays = List.copyOf(stays);
    }

    /** What the list says, given the choices; an option that is not chosen stays. */
    public static UndoExpected of(UndoList list, Set<UndoChoice> choices) {
        Stream<Staying> notChosen = list.asked().stream().filter(option -> !choices.contains(option.choice()))
                .map(option -> new Staying(option.what(), Text.of("ui.undo.notChosen")));
        return new UndoExpected(list.goes().size() + choices.size(),
                Stream.concat(list.stays().stream(), notChosen).toList());
    }
}
