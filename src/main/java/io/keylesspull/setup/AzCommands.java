package io.keylesspull.setup;

import java.util.List;

/** The work of a request as commands that a person could type. */
public final class AzCommands {

    /** @param comment whether it only explains, in English @param text what is typed, or what is explained */
    public record Line(boolean comment, String text) {

        /** As it stands in a script. */
        @Override
        public String toString() {
            return comment ? "# " + text : text;
        }
    }

    private AzCommands() {
    }

    public static List<Line> of(SetupRequest request) {
        return List.of();
    }
}
