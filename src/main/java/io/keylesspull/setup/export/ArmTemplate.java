package io.keylesspull.setup.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.setup.export.Value.Base64;
import io.keylesspull.setup.export.Value.Fields;
import io.keylesspull.setup.export.Value.Flag;
import io.keylesspull.setup.export.Value.Guid;
import io.keylesspull.setup.export.Value.Id;
import io.keylesspull.setup.export.Value.Items;
import io.keylesspull.setup.export.Value.Joined;
import io.keylesspull.setup.export.Value.Parameter;
import io.keylesspull.setup.export.Value.Property;
import io.keylesspull.setup.export.Value.RoleId;
import io.keylesspull.setup.export.Value.Text;
import io.keylesspull.setup.export.Value.Whole;
import io.keylesspull.setup.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A description as ARM JSON, deployed into one resource group. What belongs into another group is in deployments of its
 * own inside it. Source: Microsoft Learn, "Understand the structure and syntax of ARM templates", "Template functions".
 */
final class ArmTemplate {

    private static final String SCHEMA =
            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
    private static final String DEPLOYMENTS = "Microsoft.Resources/deployments";
    private static final String DEPLOYMENTS_VERSION = "2025-04-01";
    private static final String PROPERTIES = "properties.";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** Longer texts, and those of several lines, are variables: an expression may have 24,576 characters. */
    private static final int LONGEST_LITERAL = 256;

    /**
     * Where expressions stand.
     *
     * @param group of the deployment
     * @param variables of its template: their names by their texts
     */
    private record Scope(String group, Map<String, String> variables) {}

    private final Declared declared;
    private final String main;

    private ArmTemplate(Declared declared, String main) {
        this.declared = declared;
        this.main = main;
    }

    static String text(Template template, Declared declared, Notes notes) {
        ObjectNode root = new ArmTemplate(declared, template.group()).root(notes);
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return JSON.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode root(Notes notes) {
        Scope scope = new Scope(main, new LinkedHashMap<>());
        ObjectNode root = template();
        ObjectNode metadata = root.putObject("metadata");
        lines(metadata.putArray("before"), notes.before());
        lines(metadata.putArray("afterwards"), notes.afterwards());
        parameters(root.putObject("parameters"));
        ObjectNode variables = root.putObject("variables");
        ArrayNode resources = root.putArray("resources");
        declared.resources().stream()
                .filter(resource -> !resource.exists())
                .forEach(resource -> resources.add(
                        isMain(resource) ? waiting(node(resource, scope), resource, scope) : nested(resource, scope)));
        ObjectNode outputs = root.putObject("outputs");
        declared.outputs().forEach((name, value) -> {
            ObjectNode output = outputs.putObject(name);
            output.put("type", "string");
            output.set("value", json(value, scope));
        });
        scope.variables().forEach((text, name) -> variables.put(name, escaped(text)));
        return root;
    }

    private static ObjectNode template() {
        return JSON.createObjectNode().put("$schema", SCHEMA).put("contentVersion", "1.0.0.0");
    }

    private static void lines(ArrayNode array, List<String> lines) {
        lines.forEach(array::add);
    }

    private void parameters(ObjectNode parameters) {
        declared.parameters().forEach((name, parameter) -> {
            ObjectNode node = parameters.putObject(name);
            node.put("type", "string");
            parameter.usual().ifPresent(usual -> node.put("defaultValue", escaped(usual)));
            node.putObject("metadata").put("description", parameter.words());
        });
    }

    private boolean isMain(Resource resource) {
        return resource.group().equalsIgnoreCase(main);
    }

    private ObjectNode node(Resource resource, Scope scope) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", resource.type());
        node.put("apiVersion", resource.apiVersion());
        node.set("name", json(resource.name(), scope));
        resource.scope().ifPresent(of -> node.put("scope", "[" + id(of, scope) + "]"));
        resource.body().forEach((name, value) -> node.set(name, json(value, scope)));
        return node;
    }

    private ObjectNode waiting(ObjectNode node, Resource resource, Scope scope) {
        List<Resource> after = resource.after();
        if (!after.isEmpty()) {
            ArrayNode dependsOn = node.putArray("dependsOn");
            after.forEach(other -> dependsOn.add("[" + (isMain(other) ? id(other, scope) : nestedId(other)) + "]"));
        }
        return node;
    }

    /** What belongs into another group. */
    private ObjectNode nested(Resource resource, Scope scope) {
        ObjectNode node = JSON.createObjectNode();
        node.put("type", DEPLOYMENTS);
        node.put("apiVersion", DEPLOYMENTS_VERSION);
        node.put("name", nestedName(resource));
        node.put("resourceGroup", resource.group());
        waiting(node, resource, scope);
        ObjectNode properties = node.putObject("properties");
        properties.put("mode", "Incremental");
        properties.putObject("expressionEvaluationOptions").put("scope", "inner");
        Set<String> used = resource.values()
                .filter(Parameter.class::isInstance)
                .map(value -> ((Parameter) value).name())
                .collect(Collectors.toCollection(TreeSet::new));
        ObjectNode handed = properties.putObject("parameters");
        used.forEach(name -> handed.putObject(name).put("value", "[parameters('" + name + "')]"));
        ObjectNode template = template();
        ObjectNode parameters = template.putObject("parameters");
        used.forEach(name -> parameters.putObject(name).put("type", "string"));
        ObjectNode variables = template.putObject("variables");
        Scope inside = new Scope(resource.group(), new LinkedHashMap<>());
        template.putArray("resources").add(node(resource, inside));
        inside.variables().forEach((text, name) -> variables.put(name, escaped(text)));
        properties.set("template", template);
        return node;
    }

    private static String nestedName(Resource resource) {
        return "keyless-pull-" + resource.symbol();
    }

    private static String nestedId(Resource resource) {
        // The deployment lies in the group that it deploys to.
        return "resourceId(" + quoted(resource.group()) + ", '" + DEPLOYMENTS + "', '" + nestedName(resource) + "')";
    }

    private JsonNode json(Value value, Scope scope) {
        if (value instanceof Text text) {
            return JSON.getNodeFactory().textNode(escaped(text.text()));
        }
        if (value instanceof Flag flag) {
            return JSON.getNodeFactory().booleanNode(flag.set());
        }
        if (value instanceof Whole whole) {
            return JSON.getNodeFactory().numberNode(whole.number());
        }
        if (value instanceof Items items) {
            ArrayNode array = JSON.createArrayNode();
            items.items().forEach(item -> array.add(json(item, scope)));
            return array;
        }
        if (value instanceof Fields fields) {
            ObjectNode object = JSON.createObjectNode();
            for (Map.Entry<Value, Value> field : fields.fields().entrySet()) {
                object.set(json(field.getKey(), scope).asText(), json(field.getValue(), scope));
            }
            return object;
        }
        return JSON.getNodeFactory().textNode("[" + expression(value, scope) + "]");
    }

    /** A text that looks like an expression is written with another bracket. */
    private static String escaped(String text) {
        return text.startsWith("[") && text.endsWith("]") ? "[" + text : text;
    }

    private String expression(Value value, Scope scope) {
        if (value instanceof Text text) {
            return isLong(text.text()) ? variable(text.text(), scope) : quoted(text.text());
        }
        if (value instanceof Parameter parameter) {
            return "parameters('" + parameter.name() + "')";
        }
        if (value instanceof Id id) {
            return id(id.of(), scope);
        }
        if (value instanceof Property property) {
            return reference(property, scope);
        }
        if (value instanceof Joined joined) {
            return call("concat", joined.parts(), scope);
        }
        if (value instanceof Base64 base64) {
            return call("base64", List.of(base64.text()), scope);
        }
        if (value instanceof Guid guid) {
            return call("guid", guid.parts(), scope);
        }
        if (value instanceof RoleId role) {
            return "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '" + role.guid() + "')";
        }
        throw new IllegalArgumentException("not an expression: " + value);
    }

    private String call(String function, List<Value> arguments, Scope scope) {
        return arguments.stream()
                .map(argument -> expression(argument, scope))
                .collect(Collectors.joining(", ", function + "(", ")"));
    }

    private static String variable(String text, Scope scope) {
        String name = scope.variables()
                .computeIfAbsent(text, any -> "text" + (scope.variables().size() + 1));
        return "variables('" + name + "')";
    }

    private static boolean isLong(String text) {
        return text.length() > LONGEST_LITERAL || text.indexOf('\n') >= 0;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private String id(Resource resource, Scope scope) {
        String inGroup = resource.group().equalsIgnoreCase(scope.group()) ? "" : quoted(resource.group()) + ", ";
        return "resourceId(" + inGroup + quoted(resource.type()) + ", " + expression(resource.name(), scope) + ")";
    }

    private String reference(Property property, Scope scope) {
        Resource of = property.of();
        String asked = id(of, scope) + ", '" + of.apiVersion() + "'";
        return property.path().startsWith(PROPERTIES)
                ? "reference(" + asked + ")." + property.path().substring(PROPERTIES.length())
                : "reference(" + asked + ", 'full')." + property.path();
    }
}
