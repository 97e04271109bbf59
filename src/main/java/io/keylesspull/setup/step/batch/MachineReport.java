package io.keylesspull.setup.step.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.engine.event.Change;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.HelperEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/**
 * What a {@link MachineScript} says of a machine.
 *
 * @param step the step that the script came to, or {@link #DONE}
 * @param status the exit status of the last command
 * @param output what the last command wrote, its beginning
 * @param digest the image's, from the machine's image store; empty if the machine does not have it
 * @param told what the registry said to the machine; empty if it was not asked
 * @param changes on the machine, as a run's journal has them
 */
record MachineReport(
        String step, int status, String output, Optional<String> digest, Optional<String> told, List<Change> changes) {

    static final String DONE = "done";
    /** The script had left nothing to tell of. */
    private static final String NOTHING = "nothing";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCKER = "docker.io";

    MachineReport {
        changes = List.copyOf(changes);
    }

    boolean isDone() {
        return step.equals(DONE) && status == 0;
    }

    /** Whether the machine could tell what changed on it. */
    boolean tells() {
        return !step.equals(NOTHING);
    }

    /** @param output of the script; empty if there is no report in it */
    static Optional<MachineReport> parse(String output) {
        Optional<String> last =
                output.lines().filter(line -> line.startsWith("{")).reduce((before, after) -> after);
        try {
            if (last.isEmpty()) {
                return Optional.empty();
            }
            JsonNode read = JSON.readTree(last.get());
            if (read.has("packed")) {
                read = JSON.readTree(unpacked(read.path("packed").asText()));
            }
            return read.hasNonNull("step") ? Optional.of(of(read)) : Optional.empty();
        } catch (IOException | IllegalArgumentException cutOff) {
            return Optional.empty();
        }
    }

    private static MachineReport of(JsonNode read) throws IOException {
        return new MachineReport(
                read.path("step").asText(),
                read.path("status").asInt(1),
                unpacked(read.path("output").asText()).strip(),
                text(read, "digest"),
                text(read, "told"),
                changes(texts(read, "changes"), texts(read, "gone")));
    }

    private static String unpacked(String text) throws IOException {
        if (text.isEmpty()) {
            return "";
        }
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Optional<String> text(JsonNode read, String name) {
        return Optional.of(read.path(name).asText().strip()).filter(text -> !text.isEmpty());
    }

    private static List<String> texts(JsonNode read, String name) {
        return StreamSupport.stream(read.path(name).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<Change> changes(List<String> lines, List<String> gone) {
        List<Change> changes = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            if (parts.length == 2) {
                changes.add(change(new Change(parts[0], parts[1]), gone));
            }
        }
        // With a package that brings it, a service starts, and stops.
        if (changes.contains(ChangeKind.PACKAGE.of(DOCKER))) {
            changes.removeIf(ChangeKind.SERVICE::is);
        }
        return changes;
    }

    /** What an entry replaces is what it was before. */
    private static Change change(Change change, List<String> gone) {
        if (!ChangeKind.HELPER_ENTRY.is(change)) {
            return change;
        }
        HelperEntry now = HelperEntry.parse(change.subject());
        Optional<String> before = gone.stream()
                .filter(line -> line.startsWith(change.kind() + " "))
                .map(line -> HelperEntry.parse(line.substring(change.kind().length() + 1)))
                .filter(entry ->
                        entry.path().equals(now.path()) && entry.loginServer().equals(now.loginServer()))
                .flatMap(entry -> entry.before().stream())
                .findFirst();
        return new HelperEntry(now.path(), now.loginServer(), before).change();
    }
}
