package io.keylesspull.setup.step;

import io.keylesspull.engine.event.Change;
import java.util.Optional;

/**
 * A run's change to a Docker configuration: the credential helper of one login server.
 *
 * @param path of the configuration; contains no space
 * @param before the helper that was configured before; blank if the entry said to use none
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
