package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The values that a function is called with. */
record Arguments(String function, List<JsonNode> values) {

    int size() {
        return values.size();
    }

    JsonNode get(int index) {
        if (index >= values.size()) {
            throw invalid("the number of parameters '" + values.size() + "' is too small");
        }
        return values.get(index);
    }

    /** The text of a string, a number or a truth value. */
    String text(int index) {
        JsonNode value = get(index);
        if (!value.isValueNode() || value.isNull()) {
            throw invalid("the parameter at index '" + index + "' is a string, and '"
                    + value.getNodeType().name().toLowerCase(Locale.ROOT) + "' was given");
        }
        return value.asText();
    }

    long number(int index) {
        if (!get(index).isIntegralNumber()) {
            throw invalid("the parameter at index '" + index + "' is an integer, and '" + get(index) + "' was given");
        }
        return get(index).asLong();
    }

    boolean truth(int index) {
        if (!get(index).isBoolean()) {
            throw invalid("the parameter at index '" + index + "' is a boolean, and '" + get(index) + "' was given");
        }
        return get(index).asBoolean();
    }

    Stream<String> texts(int from) {
        return IntStream.range(from, size()).mapToObj(this::text);
    }

    TemplateError invalid(String why) {
        return new TemplateError("Unable to evaluate template language function '" + function + "': " + why
                + ". Please see https://aka.ms/arm-functions for usage details.");
    }
}
