package io.keylesspull.setup.step.batch;

import io.keylesspull.engine.event.Change;
import io.keylesspull.setup.step.ChangeKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A script that was sent to a machine and of which it is not known yet what it changed.
 *
 * @param name of the Run Command
 * @param clientId of the identity that it is for; empty for the system-assigned one
 */
record UnreadScript(String name, String loginServer, Optional<String> clientId) {

    private static final int PARTS = 3;
    private static final int RADIX = 36;

    /** Never the same again, since a machine may not run the script of a name that was deleted. */
    static String newName(Instant now) {
        return "keyless-pull-" + Long.toString(now.toEpochMilli(), RADIX);
    }

    Change change() {
        return ChangeKind.UNREAD_SCRIPT.of(
                name + " " + loginServer + clientId.map(id -> " " + id).orElse(""));
    }

    static UnreadScript of(Change change) {
        String[] parts = change.subject().split(" ", PARTS);
        return new UnreadScript(
                parts[0],
                parts.length < 2 ? "" : parts[1],
                parts.length < PARTS ? Optional.empty() : Optional.of(parts[2]));
    }
}
