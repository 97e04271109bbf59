package io.keylesspull.setup.session;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.cloud.MadeByRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as it is stored in its folder.
 *
 * @param id names it on the command line and in the marks on what it made
 * @param folder holds its setup file, journal, log, SSH key and host keys
 * @param started when it was begun
 * @param request its original request, from the journal; from the setup file if the journal does not have it; empty if
 *     neither can be read
 * @param state how far it has got
 * @param done how many of its steps succeeded in the last attempt
 * @param steps how many steps the last attempt had; 0 if there was none
 * @param left what it left behind; nothing if the journal cannot be read or the practice cloud has ended
 * @param cloudEnded whether it was in a practice cloud that has ended: it can be neither resumed nor undone
 * @param problem why it can be neither resumed nor undone; empty if it can
 */
public record StoredRun(
        String id,
        Path folder,
        Instant started,
        Optional<SetupRequest> request,
        State state,
        int done,
        int steps,
        RunState left,
        boolean cloudEnded,
        Optional<Problem> problem) {

    /** How far a run has got. */
    public enum State {
        /** It was interrupted, cancelled, or failed: it can be resumed. */
        UNFINISHED,
        /** The pull is proven on every machine. */
        PROVEN,
        /** An undo was started and has not finished. */
        UNDOING,
        UNDONE,
        /** Its folder cannot be read. */
        DAMAGED
    }

    public boolean canGoOn() {
        return state == State.UNFINISHED && !cloudEnded;
    }

    public boolean canBeUndone() {
        return state != State.DAMAGED && leftSomethingToUndo();
    }

    /** Whether its folder has the only key to machines that it made and that are, or may be, still there. */
    public boolean holdsKey() {
        MadeByRun made = new MadeByRun(left);
        return request.isEmpty()
                || request.get().machines().stream()
                        .anyMatch(machine -> machine.create()
                                && machine.sshKey().isEmpty()
                                && made.machine(request.get().label(machine)));
    }

    /** Whether anything is left but resource providers, which stay registered. */
    public boolean leftSomethingToUndo() {
        return !left.resources().isEmpty()
                || left.changes().stream().anyMatch(changed -> !ChangeKind.PROVIDER.is(changed.change()));
    }
}
