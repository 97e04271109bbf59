package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The values of a template's parameters, checked against their declarations. Sources: learn.microsoft.com/azure/
 * azure-resource-manager/templates/parameters, and the refusals that people quote in public issues; without the line
 * and column that ARM adds to some of them.
 */
public final class ParameterValues {

    /** As ARM shows them. */
    private static final Map<String, String> TYPES = Map.of(
            "string", "String",
            "securestring", "SecureString",
            "int", "Int",
            "bool", "Bool",
            "object", "Object",
            "secureobject", "SecureObject",
            "array", "Array");

    private static final int MOST = 256;

    private final JsonNode declared;
    private final UnaryOperator<JsonNode> defaults;
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, JsonNode> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * @param declared the template's "parameters"
     * @param given the request's "parameters"
     * @param defaults evaluates a "defaultValue"; it may ask for other parameters meanwhile
     * @throws TemplateError if there are too many, or values are unknown or wrong
     */
    public ParameterValues(JsonNode declared, JsonNode given, UnaryOperator<JsonNode> defaults) {
        this.declared = declared;
        this.defaults = defaults;
        if (declared.size() > MOST) {
            throw new TemplateError("The number of template parameters limit exceeded. Limit: '" + MOST
                    + "' and actual: '" + declared.size()
                    + "'. Please see https://aka.ms/arm-template/#parameters for usage details.");
        }
        refuseUnknown(given);
        declared.fields().forEachRemaining(field -> {
            JsonNode argument = find(given, field.getKey());
            if (argument.has("value")) {
                values.put(field.getKey(), checked(field.getKey(), field.getValue(), argument.get("value")));
            }
        });
    }

    /** @throws TemplateError if one has neither a value nor a default, or its default is wrong */
    public void requireAll() {
        declared.fieldNames().forEachRemaining(this::get);
    }

    /** @throws TemplateError if the template declares none of this name, or it has no value */
    public JsonNode get(String name) {
        JsonNode value = values.get(name);
        if (value != null) {
            return value;
        }
        JsonNode declaration = find(declared, name);
        if (declaration.isMissingNode() || !underWay.add(name.toLowerCase(Locale.ROOT))) {
            throw new TemplateError("The template parameter '" + name
                    + "' is not found. Please see https://aka.ms/arm-template/#parameters for usage details.");
        }
        if (!declaration.has("defaultValue")) {
            throw new TemplateError("The value for the template parameter '" + name
                    + "' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.");
        }
        JsonNode usual = checked(name, declaration, defaults.apply(declaration.get("defaultValue")));
        values.put(name, usual);
        return usual;
    }

    /** As a deployment shows them: secret values are left out. */
    public ObjectNode shown() {
        ObjectNode all = Json.object();
        declared.fields().forEachRemaining(field -> {
            String type = typeOf(field.getValue());
            ObjectNode one = all.putObject(lowerFirst(field.getKey())).put("type", shownType(type));
            if (!type.startsWith("secure")) {
                one.set("value", get(field.getKey()));
            }
        });
        return all;
    }

    /** A type as ARM shows it. */
    public static String shownType(String type) {
        return TYPES.getOrDefault(type.toLowerCase(Locale.ROOT), type);
    }

    private static String lowerFirst(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private void refuseUnknown(JsonNode given) {
        List<String> unknown = new ArrayList<>();
        given.fieldNames().forEachRemaining(name -> {
            if (find(declared, name).isMissingNode()) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            List<String> known = new ArrayList<>();
            declared.fieldNames().forEachRemaining(known::add);
            throw new TemplateError("The template parameters '" + String.join(", ", unknown)
                    + "' in the parameters file are not valid; they are not present in the original template and can "
                    + "therefore not be provided at deployment time. The only supported parameters for this template "
                    + "are '" + String.join(", ", known)
                    + "'. Please see https://aka.ms/arm-pass-parameter-values for usage details.");
        }
    }

    private static JsonNode checked(String name, JsonNode declaration, JsonNode value) {
        if (Unresolved.isIn(value)) {
            return value;
        }
        requireType(typeOf(declaration), value);
        JsonNode allowed = declaration.path("allowedValues");
        boolean fits = Json.items(allowed).anyMatch(one -> one.asText().equals(value.asText()));
        if (allowed.isArray() && !value.isArray() && !fits) {
            throw invalid(
                    name,
                    value,
                    "The parameter value is not part of the allowed value(s): '"
                            + Json.items(allowed).map(JsonNode::asText).collect(Collectors.joining(",")) + "'.");
        }
        if (value.isTextual() || value.isArray()) {
            int length = value.isTextual() ? value.asText().length() : value.size();
            if (length < declaration.path("minLength").asInt(0)) {
                throw invalid(
                        name,
                        value,
                        "Length of the value should be greater than or equal to '"
                                + declaration.path("minLength").asInt() + "'.");
            }
            if (length > declaration.path("maxLength").asInt(Integer.MAX_VALUE)) {
                throw invalid(
                        name,
                        value,
                        "Length of the value should be less than or equal to '"
                                + declaration.path("maxLength").asInt() + "'.");
            }
        }
        if (value.isNumber()) {
            if (value.asLong() < declaration.path("minValue").asLong(Long.MIN_VALUE)) {
                throw invalid(
                        name,
                        value,
                        "The value should be greater than or equal to '"
                                + declaration.path("minValue").asLong() + "'.");
            }
            if (value.asLong() > declaration.path("maxValue").asLong(Long.MAX_VALUE)) {
                throw invalid(
                        name,
                        value,
                        "The value should be less than or equal to '"
                                + declaration.path("maxValue").asLong() + "'.");
            }
        }
        return value;
    }

    private static void requireType(String type, JsonNode value) {
        boolean fits = switch (type) {
            case "string", "securestring" -> value.isTextual();
            case "int" -> value.isIntegralNumber();
            case "bool" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object", "secureobject" -> value.isObject();
            default -> throw new TemplateError("The template parameter type '" + type + "' is not valid.");
        };
        if (!fits) {
            throw new TemplateError("Template parameter JToken type is not valid. Expected '" + expected(type)
                    + "'. Actual '" + actual(value)
                    + "'. Please see https://aka.ms/arm-deploy/#parameter-file for usage details.");
        }
    }

    private static String expected(String type) {
        return switch (type) {
            case "string", "securestring" -> "String, Uri";
            case "int" -> "Integer";
            case "bool" -> "Boolean";
            case "array" -> "Array";
            default -> "Object";
        };
    }

    private static String actual(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "String";
            case NUMBER -> value.isIntegralNumber() ? "Integer" : "Float";
            case BOOLEAN -> "Boolean";
            case ARRAY -> "Array";
            case NULL -> "Null";
            default -> "Object";
        };
    }

    private static TemplateError invalid(String name, JsonNode value, String why) {
        return new TemplateError("The provided value '" + value.asText() + "' for the template parameter '" + name
                + "' is not valid. " + why);
    }

    private static String typeOf(JsonNode declaration) {
        return declaration.path("type").asText().toLowerCase(Locale.ROOT);
    }

    private static JsonNode find(JsonNode object, String name) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(object::path)
                .orElseGet(MissingNode::getInstance);
    }
}
