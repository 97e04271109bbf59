package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Replaces the expressions in parts of a template by their values. */
public final class Evaluator {

    private static final int MOST_COPIES = 800;

    private final Surroundings around;
    private final boolean tolerant;

    /**
     * @param tolerant whether an expression stays as it is if its value does not exist yet; otherwise {@link NotYet}
     */
    public Evaluator(Surroundings around, boolean tolerant) {
        this.around = around;
        this.tolerant = tolerant;
    }

    /** A copy of a node without expressions. */
    public JsonNode evaluate(JsonNode node) {
        if (node.isTextual()) {
            return text(node.asText());
        }
        if (node.isArray()) {
            return Json.array(StreamSupport.stream(node.spliterator(), false).map(this::evaluate));
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode result = Json.object();
        node.fields().forEachRemaining(field -> {
            if (field.getKey().equals("copy") && field.getValue().isArray()) {
                field.getValue().forEach(copy -> result.set(copy.path("name").asText(), repeated(copy)));
            } else {
                result.set(text(field.getKey()).asText(), evaluate(field.getValue()));
            }
        });
        return result;
    }

    /** What a part of a template refers to by {@code reference}: names and ids, as far as they are known. */
    public Set<String> references(JsonNode node) {
        Set<String> found = new LinkedHashSet<>();
        collect(node, found);
        return found;
    }

    private void collect(JsonNode node, Set<String> found) {
        if (node.isTextual() && ExpressionParser.isExpression(node.asText())) {
            collect(ExpressionParser.parse(node.asText()), found);
        }
        node.forEach(child -> collect(child, found));
    }

    private void collect(Expression expression, Set<String> found) {
        if (expression instanceof Expression.Member member) {
            collect(member.of(), found);
            collect(member.key(), found);
        } else if (expression instanceof Expression.Call call) {
            if (call.name().equalsIgnoreCase("reference") && !call.arguments().isEmpty()) {
                add(call.arguments().get(0), found);
            }
            call.arguments().forEach(argument -> collect(argument, found));
        }
    }

    private void add(Expression named, Set<String> found) {
        try {
            found.add(value(named).asText());
        } catch (NotYet nested) {
            // A name that another resource gives: that one is found by itself.
        }
    }

    /** How often a "copy" repeats. */
    public int count(JsonNode copy) {
        JsonNode count = evaluate(copy.path("count"));
        if (!count.isIntegralNumber() || count.asLong() < 0 || count.asLong() > MOST_COPIES) {
            throw new TemplateError("The copy count '" + count.asText() + "' of the loop '"
                    + copy.path("name").asText() + "' is not valid: it is a number from 0 to " + MOST_COPIES
                    + ". Please see https://aka.ms/arm-resource-loops for usage details.");
        }
        return count.asInt();
    }

    private ArrayNode repeated(JsonNode copy) {
        ArrayNode all = Json.array();
        for (int i = 0; i < count(copy); i++) {
            Surroundings inside = new Repetition(around, copy.path("name").asText(), i);
            all.add(new Evaluator(inside, tolerant).evaluate(copy.path("input")));
        }
        return all;
    }

    private JsonNode text(String value) {
        if (!ExpressionParser.isExpression(value)) {
            return TextNode.valueOf(value.startsWith("[[") && value.endsWith("]") ? value.substring(1) : value);
        }
        try {
            return value(ExpressionParser.parse(value));
        } catch (NotYet missing) {
            if (!tolerant) {
                throw missing;
            }
            return Unresolved.of(value);
        }
    }

    private JsonNode value(Expression expression) {
        if (expression instanceof Expression.Text text) {
            return TextNode.valueOf(text.value());
        }
        if (expression instanceof Expression.Number number) {
            return LongNode.valueOf(number.value());
        }
        if (expression instanceof Expression.Member member) {
            return member(value(member.of()), value(member.key()));
        }
        return call((Expression.Call) expression);
    }

    private static JsonNode member(JsonNode of, JsonNode key) {
        if (key.isNumber()) {
            return Optional.ofNullable(of.get(key.asInt()))
                    .orElseThrow(() -> new TemplateError("The language expression property array index '" + key.asText()
                            + "' is out of bounds. Please see https://aka.ms/arm-functions for usage details."));
        }
        List<String> names = new ArrayList<>();
        of.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(key.asText()::equalsIgnoreCase)
                .findFirst()
                .map(of::path)
                .orElseThrow(() -> new TemplateError("The language expression property '" + key.asText()
                        + "' doesn't exist, available properties are '" + String.join(", ", names)
                        + "'. Please see https://aka.ms/arm-functions for usage details."));
    }

    private JsonNode call(Expression.Call call) {
        String name = call.name().toLowerCase(Locale.ROOT);
        if (name.equals("if") && call.arguments().size() == 3) {
            boolean first = value(call.arguments().get(0)).asBoolean();
            return value(call.arguments().get(first ? 1 : 2));
        }
        Arguments arguments = new Arguments(
                call.name(), call.arguments().stream().map(this::value).toList());
        return switch (name) {
            case "parameters" -> Unresolved.known(around.parameter(arguments.text(0)));
            case "variables" -> around.variable(arguments.text(0));
            case "resourcegroup" -> around.resourceGroup();
            case "subscription" -> around.subscription();
            case "deployment" -> around.deployment();
            case "copyindex" -> copyIndex(arguments);
            case "reference" ->
                around.reference(
                        arguments.text(0),
                        arguments.size() > 1 ? arguments.text(1) : "",
                        arguments.size() > 2 && arguments.text(2).equalsIgnoreCase("Full"));
            case "resourceid", "subscriptionresourceid", "extensionresourceid", "tenantresourceid" ->
                TextNode.valueOf(new ResourceIds(around).of(name, arguments));
            default ->
                TextFunctions.find(name)
                        .or(() -> ValueFunctions.find(name))
                        .orElseThrow(() -> new TemplateError("The template function '" + call.name()
                                + "' is not valid. Please see https://aka.ms/arm-functions for usage details."))
                        .apply(arguments);
        };
    }

    private JsonNode copyIndex(Arguments arguments) {
        String loop = arguments.size() > 0 && arguments.get(0).isTextual() ? arguments.text(0) : "";
        int last = arguments.size() - 1;
        long offset = last >= 0 && arguments.get(last).isNumber() ? arguments.number(last) : 0;
        return LongNode.valueOf(around.copyIndex(loop) + offset);
    }
}
