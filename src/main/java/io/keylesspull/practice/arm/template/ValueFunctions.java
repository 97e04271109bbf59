package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.practice.arm.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The functions about truth values, numbers, arrays and objects. Source: learn.microsoft.com/azure/
 * azure-resource-manager/templates/template-functions, "-logical", "-numeric", "-array", "-object".
 */
final class ValueFunctions {

    private static final Map<String, Function<Arguments, JsonNode>> ALL = Map.ofEntries(
            Map.entry("add", with -> LongNode.valueOf(with.number(0) + with.number(1))),
            Map.entry("and", with -> truth(all(with).allMatch(i -> with.truth(i)))),
            Map.entry(
                    "array",
                    with -> with.get(0).isArray() ? with.get(0) : Json.array().add(with.get(0))),
            Map.entry(
                    "bool",
                    with -> truth(with.text(0).equalsIgnoreCase("true")
                            || with.text(0).equals("1"))),
            Map.entry("coalesce", ValueFunctions::coalesce),
            Map.entry("concat", ValueFunctions::concat),
            Map.entry("contains", with -> truth(contains(with))),
            Map.entry("createarray", with -> Json.array(with.values().stream())),
            Map.entry("createobject", ValueFunctions::createObject),
            Map.entry("div", with -> LongNode.valueOf(with.number(0) / with.number(1))),
            Map.entry("empty", with -> truth(length(with.get(0)) == 0)),
            Map.entry("equals", with -> truth(same(with.get(0), with.get(1)))),
            Map.entry("false", with -> BooleanNode.FALSE),
            Map.entry("first", with -> part(with, 0, 1, true)),
            Map.entry("greater", with -> truth(compared(with) > 0)),
            Map.entry("greaterorequals", with -> truth(compared(with) >= 0)),
            Map.entry("int", ValueFunctions::integer),
            Map.entry("json", ValueFunctions::json),
            Map.entry("last", with -> part(with, length(with.get(0)) - 1, length(with.get(0)), true)),
            Map.entry("length", with -> LongNode.valueOf(length(with.get(0)))),
            Map.entry("less", with -> truth(compared(with) < 0)),
            Map.entry("lessorequals", with -> truth(compared(with) <= 0)),
            Map.entry("mod", with -> LongNode.valueOf(with.number(0) % with.number(1))),
            Map.entry("mul", with -> LongNode.valueOf(with.number(0) * with.number(1))),
            Map.entry("not", with -> truth(!with.truth(0))),
            Map.entry("null", with -> NullNode.instance),
            Map.entry("or", with -> truth(all(with).anyMatch(i -> with.truth(i)))),
            Map.entry(
                    "range",
                    with -> Json.array(LongStream.range(with.number(0), with.number(0) + with.number(1))
                            .mapToObj(LongNode::valueOf))),
            Map.entry("skip", with -> part(with, with.number(1), length(with.get(0)), false)),
            Map.entry("string", with -> TextNode.valueOf(string(with.get(0)))),
            Map.entry("sub", with -> LongNode.valueOf(with.number(0) - with.number(1))),
            Map.entry("take", with -> part(with, 0, with.number(1), false)),
            Map.entry("true", with -> BooleanNode.TRUE),
            Map.entry("union", ValueFunctions::union));

    private ValueFunctions() {}

    /** @param name in lower case */
    static Optional<Function<Arguments, JsonNode>> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static IntStream all(Arguments with) {
        return IntStream.range(0, with.size());
    }

    private static JsonNode concat(Arguments with) {
        if (with.size() > 0 && with.get(0).isArray()) {
            return Json.array(with.values().stream().flatMap(Json::items));
        }
        return TextNode.valueOf(with.texts(0).collect(Collectors.joining()));
    }

    private static JsonNode coalesce(Arguments with) {
        return with.values().stream()
                .filter(value -> !value.isNull())
                .findFirst()
                .orElse(NullNode.instance);
    }

    private static JsonNode createObject(Arguments with) {
        ObjectNode made = Json.object();
        for (int i = 0; i < with.size(); i += 2) {
            made.set(with.text(i), with.get(i + 1));
        }
        return made;
    }

    private static JsonNode union(Arguments with) {
        if (with.get(0).isArray()) {
            return Json.array(with.values().stream().flatMap(Json::items).distinct());
        }
        ObjectNode made = Json.object();
        with.values()
                .forEach(value -> value.fields().forEachRemaining(field -> made.set(field.getKey(), field.getValue())));
        return made;
    }

    private static boolean contains(Arguments with) {
        JsonNode in = with.get(0);
        if (in.isArray()) {
            return Json.items(in).anyMatch(item -> same(item, with.get(1)));
        }
        return in.isObject() ? in.has(with.text(1)) : with.text(0).contains(with.text(1));
    }

    private static JsonNode integer(Arguments with) {
        try {
            return LongNode.valueOf(Long.parseLong(with.text(0)));
        } catch (NumberFormatException e) {
            throw with.invalid("the value '" + with.text(0) + "' cannot be converted to an integer");
        }
    }

    private static JsonNode json(Arguments with) {
        try {
            return Json.parse(with.text(0).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw with.invalid("the value is no JSON");
        }
    }

    private static String string(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? "True" : "False";
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static long length(JsonNode value) {
        return value.isTextual() ? value.asText().length() : value.size();
    }

    /** A part of a text or an array. @param alone whether one item is meant, not an array of it */
    private static JsonNode part(Arguments with, long from, long to, boolean alone) {
        JsonNode whole = with.get(0);
        int end = (int) Math.max(0, Math.min(to, length(whole)));
        int begin = (int) Math.max(0, Math.min(from, end));
        if (whole.isTextual()) {
            return TextNode.valueOf(whole.asText().substring(begin, end));
        }
        ArrayNode part = Json.array(IntStream.range(begin, end).mapToObj(whole::get));
        return alone ? part.isEmpty() ? NullNode.instance : part.get(0) : part;
    }

    private static int compared(Arguments with) {
        return with.get(0).isNumber()
                ? Long.compare(with.number(0), with.number(1))
                : with.text(0).compareTo(with.text(1));
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() ? one.asLong() == other.asLong() : one.equals(other);
    }

    private static JsonNode truth(boolean value) {
        return BooleanNode.valueOf(value);
    }
}
