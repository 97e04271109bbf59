package io.keylesspull.setup.export;

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
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.setup.template.Template.Note;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A description as a Bicep file. One file reaches one resource group: what belongs into another is said in comments.
 * Source: Microsoft Learn, "Understand the structure and syntax of Bicep files", "Data types in Bicep".
 */
final class Bicep {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** In a text of several lines nothing is escaped, and it cannot have three quotes. */
    private static final String LONG = "'''";

    private static final Pattern END_OF_LONG = Pattern.compile("'{3,}|'+\\z");

    private static final int LONGEST_LITERAL = 200;

    private final Declared declared;
    private final String main;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> variables = new LinkedHashMap<>();

    private Bicep(Declared declared, String main) {
        this.declared = declared;
        this.main = main;
    }

    static String text(Template template, Declared declared, Notes notes) {
        return new Bicep(declared, template.group()).write(notes);
    }

    /** What has to be made in other resource groups before. */
    static List<Note> before(Template template, Declared declared) {
        List<String> made = declared.resources().stream()
                .filter(resource -> !resource.exists() && isMadeElsewhere(template.group(), declared, resource))
                .map(resource -> "# " + resource.type() + " " + ((Text) resource.name()).text() + " in the group "
                        + resource.group())
                .toList();
        return made.isEmpty()
                ? List.of()
                : List.of(new Note(
                        "One Bicep file makes things in one resource group. These belong into others, and have to be"
                                + " there; the ARM template and the Terraform configuration make them:",
                        made));
    }

    /** What has to be done in other resource groups once it is deployed. */
    static List<Note> afterwards(Template template, Declared declared) {
        List<String> roles = declared.resources().stream()
                .filter(resource -> !resource.group().equalsIgnoreCase(template.group()))
                .flatMap(resource -> declared.grant(resource).stream())
                .map(Part.Grant::command)
                .toList();
        return roles.isEmpty()
                ? List.of()
                : List.of(new Note(
                        "One Bicep file makes things in one resource group. The registry is in another, where its role"
                                + " belongs:",
                        roles));
    }

    private static boolean isMadeElsewhere(String main, Declared declared, Resource resource) {
        return !resource.group().equalsIgnoreCase(main)
                && declared.grant(resource).isEmpty();
    }

    /** Whether the file only refers to it. */
    private boolean exists(Resource resource) {
        return resource.exists() || isMadeElsewhere(main, declared, resource);
    }

    private String write(Notes notes) {
        notes.before().forEach(this::comment);
        text.append('\n');
        declared.parameters().forEach(this::parameter);
        StringBuilder head = new StringBuilder(text);
        text.setLength(0);
        declared.resources().stream().filter(this::isWritten).forEach(this::resource);
        declared.outputs()
                .forEach((name, value) -> text.append("output ")
                        .append(name)
                        .append(" string = ")
                        .append(value(value, ""))
                        .append('\n'));
        text.append('\n');
        notes.afterwards().forEach(this::comment);
        variables.forEach((body, name) -> head.append("var ")
                .append(name)
                .append(" = ")
                .append(lines(body))
                .append("\n\n"));
        return head.append(text).toString();
    }

    /** One that exists only if something refers to it. */
    private boolean isWritten(Resource resource) {
        return exists(resource)
                ? Stream.concat(
                                declared.outputs().values().stream().flatMap(Value::all),
                                declared.resources().stream()
                                        .filter(this::isDeclared)
                                        .flatMap(Resource::values))
                        .anyMatch(value -> refers(value, resource))
                : isDeclared(resource);
    }

    private boolean isDeclared(Resource resource) {
        return !exists(resource) && resource.group().equalsIgnoreCase(main);
    }

    private static boolean refers(Value value, Resource resource) {
        return value instanceof Id id && id.of().equals(resource)
                || value instanceof Property property && property.of().equals(resource);
    }

    private void comment(String line) {
        text.append("// ").append(line).append('\n');
    }

    private void parameter(String name, Declared.Parameter parameter) {
        text.append("@description(").append(quoted(parameter.words())).append(")\n");
        text.append("param ").append(name).append(" string");
        parameter.usual().ifPresent(usual -> text.append(" = ").append(quoted(usual)));
        text.append("\n\n");
    }

    private void resource(Resource resource) {
        text.append("resource ")
                .append(resource.symbol())
                .append(" '")
                .append(resource.type())
                .append('@')
                .append(resource.apiVersion())
                .append(exists(resource) ? "' existing = {\n" : "' = {\n");
        text.append("  name: ").append(value(resource.name(), "  ")).append('\n');
        if (exists(resource) && !resource.group().equalsIgnoreCase(main)) {
            text.append("  scope: resourceGroup(")
                    .append(quoted(resource.group()))
                    .append(")\n");
        }
        resource.scope()
                .ifPresent(
                        scope -> text.append("  scope: ").append(scope.symbol()).append('\n'));
        if (!exists(resource)) {
            body(resource);
        }
        text.append("}\n\n");
    }

    private void body(Resource resource) {
        resource.body()
                .forEach((name, value) -> text.append("  ")
                        .append(name)
                        .append(": ")
                        .append(value(value, "  "))
                        .append('\n'));
    }

    private String value(Value value, String indent) {
        String inside = indent + "  ";
        if (value instanceof Text literal) {
            return quoted(literal.text());
        }
        if (value instanceof Flag flag) {
            return String.valueOf(flag.set());
        }
        if (value instanceof Whole whole) {
            return String.valueOf(whole.number());
        }
        if (value instanceof Items items) {
            return items.items().stream()
                    .map(item -> inside + value(item, inside) + "\n")
                    .collect(Collectors.joining("", "[\n", indent + "]"));
        }
        if (value instanceof Fields fields) {
            return fields.fields().isEmpty()
                    ? "{}"
                    : fields.fields().entrySet().stream()
                            .map(field -> inside + key(field.getKey()) + ": " + value(field.getValue(), inside) + "\n")
                            .collect(Collectors.joining("", "{\n", indent + "}"));
        }
        if (value instanceof Parameter parameter) {
            return parameter.name();
        }
        if (value instanceof Id id) {
            return id.of().symbol() + ".id";
        }
        if (value instanceof Property property) {
            return property.of().symbol() + "." + property.path();
        }
        if (value instanceof Joined joined) {
            return joined(joined, indent);
        }
        if (value instanceof Base64 base64) {
            return "base64(" + value(base64.text(), indent) + ")";
        }
        if (value instanceof Guid guid) {
            return guid.parts().stream()
                    .map(part -> value(part, indent))
                    .collect(Collectors.joining(", ", "guid(", ")"));
        }
        return "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', " + quoted(((RoleId) value).guid())
                + ")";
    }

    private String joined(Joined joined, String indent) {
        boolean isLong = joined.parts().stream().anyMatch(part -> part instanceof Text piece && isLong(piece));
        if (isLong) {
            return joined.parts().stream()
                    .map(part ->
                            part instanceof Text piece && isLong(piece) ? variable(piece.text()) : value(part, indent))
                    .collect(Collectors.joining(", ", "concat(", ")"));
        }
        return joined.parts().stream()
                .map(part -> part instanceof Text piece ? escaped(piece.text()) : "${" + value(part, indent) + "}")
                .collect(Collectors.joining("", "'", "'"));
    }

    private static boolean isLong(Text piece) {
        return piece.text().length() > LONGEST_LITERAL;
    }

    /** A text of several lines, in which quotes before three others would end it. */
    private static String lines(String body) {
        List<String> parts = new ArrayList<>();
        Matcher quotes = END_OF_LONG.matcher(body);
        int from = 0;
        while (quotes.find()) {
            parts.add(LONG + "\n" + body.substring(from, quotes.start()) + LONG);
            parts.add(quoted(quotes.group()));
            from = quotes.end();
        }
        parts.add(LONG + "\n" + body.substring(from) + LONG);
        return parts.size() == 1 ? parts.get(0) : "concat(" + String.join(", ", parts) + ")";
    }

    private String variable(String body) {
        return variables.computeIfAbsent(body, any -> "text" + (variables.size() + 1));
    }

    private String key(Value key) {
        if (key instanceof Text name) {
            return NAME.matcher(name.text()).matches() ? name.text() : quoted(name.text());
        }
        return "'${" + value(key, "") + "}'";
    }

    private static String quoted(String text) {
        return "'" + escaped(text) + "'";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("${", "\\${")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }
}
