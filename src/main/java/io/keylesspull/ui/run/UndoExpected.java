package io.keylesspull.ui.run;

import io.keylesspull.setup.plan.UndoList.Staying;
import java.util.List;

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
}
