package io.keylesspull.setup.step;

import io.keylesspull.engine.event.Change;
import java.util.Optional;

/**
 * That a Docker configuration names a credential helper for a login server, as a run's change to what was there.
 *
 * @param path of the configuration; holds no blank
 * @param before the helper that was configured for it before; blank if the entry says to ask none
 */
public record HelperEntry(String path, String loginServer, Optional<String> before) {

    private static final int PARTS = 3;

    public Change change() {
        return ChangeKind.HELPER_ENTRY.of(
                path + " " + loginServer + before.map(name -> " " + name).orElse(""));
    }

    public static HelperEntry parse(String subject) {
        String[] parts = subject.split(" ", PARTS);
        return new HelperEntry(parts[0], parts[1], parts.length < PARTS ? Optional.empty() : Optional.of(parts[2]));
    }
}
