package io.keylesspull.setup.session;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as its folder tells of it.
 *
 * @param id names it on the command line and in the marks on what it made
 * @param folder holds its setup file, journal, log, SSH key and host keys
 * @param started when it was begun
 * @param request what it was begun with, by its journal; by its setup file if the journal does not say; empty if
 *     neither can be read
 * @param state how far it has come
 * @param done how many of its steps went well in the last try
 * @param steps how many steps the last try had; 0 where it never began one
 * @param left what it left behind; nothing where the journal cannot be read
 * @param problem why it can be neither gone on with nor undone; empty where it can
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
        Optional<Problem> problem) {

    /** How far a run has come. */
    public enum State {
        /** It was cut off, cancelled, or failed: it can be gone on with. */
        UNFINISHED,
        /** The pull is proven on every machine. */
        PROVEN,
        /** Undoing it was begun and has not come to its end. */
        UNDOING,
        UNDONE,
        /** What is in its folder cannot be read. */
        DAMAGED
    }

    public boolean canGoOn() {
        return state == State.UNFINISHED;
    }

    public boolean canBeUndone() {
        return state != State.DAMAGED && leftSomethingToUndo();
    }

    /** Whether anything is left but resource providers, which stay registered. */
    public boolean leftSomethingToUndo() {
        return !left.resources().isEmpty()
                || left.changes().stream().anyMatch(changed -> !ChangeKind.PROVIDER.is(changed.change()));
    }
}
