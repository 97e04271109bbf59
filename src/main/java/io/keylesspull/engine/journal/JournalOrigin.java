package io.keylesspull.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The run that a journal belongs to; part of its first line. Journals of version 1.0 do not have it.
 *
 * @param run the run's id
 * @param setup the text of the setup file that the run was started with
 */
public record JournalOrigin(String run, String setup) {

    void put(ObjectNode json) {
        json.put("run", run).put("setup", setup);
    }

    /** @throws IllegalArgumentException if it is there but malformed */
    static Optional<JournalOrigin> of(JsonNode json) {
        if (!json.has("run")) {
            return Optional.empty();
        }
        JournalValues values = new JournalValues(json);
        return Optional.of(new JournalOrigin(values.word("run"), values.word("setup")));
    }
}
