package io.keylesspull.engine.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.engine.event.RunEvent.ChangeBegun;
import io.keylesspull.engine.event.RunEvent.ChangeDone;
import io.keylesspull.engine.event.RunEvent.ChangeReverted;
import io.keylesspull.engine.event.RunEvent.CommandEnded;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.CommandStarted;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.ResourceCreated;
import io.keylesspull.engine.event.RunEvent.ResourceCreating;
import io.keylesspull.engine.event.RunEvent.ResourceDeleted;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepBlocked;
import io.keylesspull.engine.event.RunEvent.StepCancelled;
import io.keylesspull.engine.event.RunEvent.StepEvent;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepProgress;
import io.keylesspull.engine.event.RunEvent.StepStarted;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.engine.event.RunEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/** One line of a journal: an event as a JSON object with its number first and its checksum last. */
final class JournalLine {

    /** A line that is not as it was written. */
    static final class Damaged extends Exception {

        private static final long serialVersionUID = 1;

        Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CRC = ",\"crc\":\"%08x\"}";
    private static final int CRC_LENGTH = CRC.formatted(0).length();

    private JournalLine() {
    }

    /** Whether anything may be concluded from such an event later. */
    static boolean keeps(RunEvent event) {
        return !(event instanceof CommandStarted || event instanceof CommandOutput || event instanceof CommandEnded
                || event instanceof StepProgress || event instanceof StepWaiting);
    }

    /** @return the line with its line feed, as UTF-8 */
    static byte[] write(RunEvent event, long number) {
        String type = event.getClass().getSimpleName();
        ObjectNode json = MAPPER.createObjectNode().put("n", number).put("at", event.at().toString())
                .put("event", type);
        JournalValues values = new JournalValues(json);
        if (event instanceof StepEvent step) {
            values.putStep(step.step());
        }
        if (event instanceof RunStarted started) {
            json.put("purpose", JournalNames.of(started.purpose()));
            values.putPlanned(started.steps());
        } else if (event instanceof RunEnded ended) {
            json.put("result", JournalNames.of(ended.result()));
        } else if (event instanceof ResourceCreating creating) {
            json.put("id", creating.resourceId());
        } else if (event instanceof ResourceCreated created) {
            json.put("id", created.resourceId());
        } else if (event instanceof ResourceDeleted deleted) {
            json.put("id", deleted.resourceId());
        } else if (event instanceof ChangeBegun begun) {
            values.putChange(begun.change());
        } else if (event instanceof ChangeDone done) {
            values.putChange(done.change());
        } else if (event instanceof ChangeReverted reverted) {
            values.putChange(reverted.change());
        } else if (event instanceof FactEstablished fact) {
            json.put("fact", fact.fact()).put("value", fact.value());
        } else if (event instanceof StepSucceeded succeeded) {
            json.put("outcome", JournalNames.of(succeeded.outcome()));
            values.putText("summary", succeeded.summary());
        } else if (event instanceof StepFailed failed) {
            values.putProblem(failed.problem());
        } else if (event instanceof StepBlocked blocked) {
            values.putBy(blocked.by());
        }
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

    /** @param number which it has to have @throws Damaged where it is not a line that was written here */
    static RunEvent read(byte[] bytes, int from, int to, long number) throws Damaged {
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
            return event(json);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new Damaged("The line holds no event that this version knows.", e);
        }
    }

    private static RunEvent event(JsonNode json) {
        JournalValues values = new JournalValues(json);
        Instant at = Instant.parse(values.word("at"));
        String type = values.word("event");
        return switch (type) {
            case "RunStarted" -> new RunStarted(at, JournalNames.purpose(values.word("purpose")), values.planned());
            case "RunEnded" -> new RunEnded(at, JournalNames.result(values.word("result")));
            case "StepStarted" -> new StepStarted(at, values.step());
            case "ResourceCreating" -> new ResourceCreating(at, values.step(), values.word("id"));
            case "ResourceCreated" -> new ResourceCreated(at, values.step(), values.word("id"));
            case "ResourceDeleted" -> new ResourceDeleted(at, values.step(), values.word("id"));
            case "ChangeBegun" -> new ChangeBegun(at, values.step(), values.change());
            case "ChangeDone" -> new ChangeDone(at, values.step(), values.change());
            case "ChangeReverted" -> new ChangeReverted(at, values.step(), values.change());
            case "FactEstablished" -> new FactEstablished(at, values.step(), values.word("fact"),
                    values.word("value"));
            case "StepSucceeded" -> new StepSucceeded(at, values.step(), JournalNames.outcome(values.word("outcome")),
                    values.text("summary"));
            case "StepFailed" -> new StepFailed(at, values.step(), values.problem());
            case "StepBlocked" -> new StepBlocked(at, values.step(), values.by());
            case "StepCancelled" -> new StepCancelled(at, values.step());
            default -> throw new IllegalArgumentException("no event is called " + type);
        };
    }
}
