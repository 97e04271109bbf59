package io.keylesspull.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.engine.event.RunEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One line of a journal: an event as a JSON object with its number first and its checksum last. */
final class JournalLine {

    /** A line that was changed after it was written. */
    static final class Damaged extends Exception {

        private static final long serialVersionUID = 1;

        Damaged(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CRC = ",\"crc\":\"%08x\"}";
    private static final int CRC_LENGTH = CRC.formatted(0).length();

    private JournalLine() {}

    /** The content of a line. @param origin only in the first line, and not in old journals */
    record Read(RunEvent event, Optional<JournalOrigin> origin) {}

    /**
     * @param event a durable event
     * @param origin for the first line only
     * @return the line with its line feed, as UTF-8
     */
    static byte[] write(RunEvent event, long number, Optional<JournalOrigin> origin) {
        ObjectNode json =
                MAPPER.createObjectNode().put("n", number).put("at", event.at().toString());
        event.accept(new JournalFields(json));
        origin.ifPresent(known -> known.put(json));
        return sealed(json.toString());
    }

    private static byte[] sealed(String json) {
        byte[] open = json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8);
        byte[] end = (CRC.formatted(crc(open, 0, open.length)) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[open.length + end.length];
        System.arraycopy(open, 0, line, 0, open.length);
        System.arraycopy(end, 0, line, open.length, end.length);
        return line;
    }

    private static long crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return crc.getValue();
    }

    /** @param number the expected number @throws Damaged if the line was not written by this program */
    static Read read(byte[] bytes, int from, int to, long number) throws Damaged {
        int open = to - CRC_LENGTH;
        String end = open > from ? new String(bytes, open, CRC_LENGTH, StandardCharsets.UTF_8) : "";
        if (open <= from || !end.equals(CRC.formatted(crc(bytes, from, open)))) {
            throw new Damaged("The line does not match its checksum.", null);
        }
        try {
            JsonNode json = MAPPER.readTree(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            if (json.path("n").asLong() != number) {
                throw new Damaged("The line has number " + json.path("n") + " where " + number + " should be.", null);
            }
            return new Read(JournalFields.event(json), number == 1 ? JournalOrigin.of(json) : Optional.empty());
        } catch (JsonProcessingException | RuntimeException e) {
            throw new Damaged("The line holds no event that this version knows.", e);
        }
    }
}
