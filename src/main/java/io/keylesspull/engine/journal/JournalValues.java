package io.keylesspull.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes and reads the values of events in the JSON object of one line. Reading throws if a value is malformed. */
final class JournalValues {

    private final JsonNode json;

    /** @param json an {@link ObjectNode} if it is written to */
    JournalValues(JsonNode json) {
        this.json = json;
    }

    String word(String name) {
        return word(json.path(name));
    }

    private static String word(JsonNode value) {
        if (!value.isTextual()) {
            throw new IllegalArgumentException("not a string: " + value);
        }
        return value.textValue();
    }

    void putStep(StepId id) {
        put(object(), id);
    }

    StepId step() {
        return id(json);
    }

    void putBy(StepId id) {
        put(object().putObject("by"), id);
    }

    StepId by() {
        return id(json.path("by"));
    }

    private static void put(ObjectNode into, StepId id) {
        into.put("step", id.name());
        id.machine().ifPresent(machine -> into.put("machine", machine));
    }

    private static StepId id(JsonNode from) {
        Optional<String> machine = from.has("machine") ? Optional.of(word(from.path("machine"))) : Optional.empty();
        return new StepId(word(from.path("step")), machine);
    }

    void putChange(Change change) {
        object().putObject("change").put("kind", change.kind()).put("subject", change.subject());
    }

    Change change() {
        JsonNode change = json.path("change");
        return new Change(word(change.path("kind")), word(change.path("subject")));
    }

    void putPlanned(List<PlannedStep> steps) {
        ArrayNode array = object().putArray("steps");
        for (PlannedStep step : steps) {
            ObjectNode planned = array.addObject();
            put(planned, step.id());
            planned.set("title", json(step.title()));
            ArrayNode after = planned.putArray("after");
            step.after().forEach(id -> put(after.addObject(), id));
        }
    }

    List<PlannedStep> planned() {
        List<PlannedStep> steps = new ArrayList<>();
        for (JsonNode planned : json.path("steps")) {
            Set<StepId> after = new LinkedHashSet<>();
            planned.path("after").forEach(id -> after.add(id(id)));
            steps.add(new PlannedStep(id(planned), text(planned.path("title")), after));
        }
        return List.copyOf(steps);
    }

    void putProblem(Problem problem) {
        ObjectNode into = object().putObject("problem");
        into.set("what", json(problem.what()));
        into.set("meaning", json(problem.meaning()));
        into.set("remedy", json(problem.remedy()));
        into.put("details", problem.details());
    }

    Problem problem() {
        JsonNode from = json.path("problem");
        return new Problem(
                text(from.path("what")),
                text(from.path("meaning")),
                text(from.path("remedy")),
                word(from.path("details")));
    }

    void putText(String name, Text text) {
        object().set(name, json(text));
    }

    Text text(String name) {
        return text(json.path(name));
    }

    private ObjectNode json(Text text) {
        ObjectNode node = object().objectNode().put("key", text.key());
        ArrayNode arguments = node.putArray("arguments");
        for (Object argument : text.arguments()) {
            if (argument instanceof Text nested) {
                arguments.add(json(nested));
            } else if (argument instanceof Integer || argument instanceof Long) {
                arguments.add(((Number) argument).longValue());
            } else {
                arguments.add(argument.toString());
            }
        }
        return node;
    }

    private static Text text(JsonNode node) {
        List<Object> arguments = new ArrayList<>();
        for (JsonNode argument : node.path("arguments")) {
            arguments.add(
                    argument.isObject()
                            ? text(argument)
                            : argument.isIntegralNumber() ? (Object) argument.longValue() : word(argument));
        }
        return new Text(word(node.path("key")), arguments);
    }

    private ObjectNode object() {
        return (ObjectNode) json;
    }
}
