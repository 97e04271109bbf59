package io.keylesspull.practice.machine.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the part of YAML 1.2 that configurations for cloud-init are written in: nested keys and lists, lists in
 * brackets, texts plain or in quotes, and blocks of lines after {@code |}. Anything else is an error.
 */
final class Yaml {

    private static final Pattern KEY = Pattern.compile("([A-Za-z_][-\\w]*):(?:\\s+(.*))?");
    private static final Pattern BLOCK = Pattern.compile("\\|([-+]?)");

    private final List<String> lines;
    private int at;

    private Yaml(List<String> lines) {
        this.lines = lines;
    }

    /** Texts, lists and maps of these. @throws IllegalArgumentException if it has anything else */
    static Object read(String text) {
        Yaml yaml = new Yaml(new ArrayList<>(text.lines().toList()));
        yaml.skip();
        Object value = yaml.at < yaml.lines.size() ? yaml.value(yaml.indent()) : Map.of();
        yaml.skip();
        if (yaml.at < yaml.lines.size()) {
            throw yaml.unreadable();
        }
        return value;
    }

    /** Goes to the next line that is neither empty nor a comment. */
    private void skip() {
        while (at < lines.size() && lines.get(at).strip().matches("(#.*)?")) {
            at++;
        }
    }

    private int indent() {
        String line = lines.get(at);
        return line.length() - line.stripLeading().length();
    }

    private String line() {
        return lines.get(at).strip();
    }

    private boolean isMore(int indent) {
        skip();
        return at < lines.size() && indent() == indent;
    }

    private Object value(int indent) {
        return line().startsWith("- ") || line().equals("-") ? list(indent) : map(indent);
    }

    private List<Object> list(int indent) {
        List<Object> list = new ArrayList<>();
        while (isMore(indent) && (line().startsWith("- ") || line().equals("-"))) {
            String rest = line().substring(1).strip();
            if (rest.isEmpty()) {
                at++;
                skip();
                list.add(value(indent()));
            } else if (KEY.matcher(rest).matches()) {
                // The first key stands beside the dash: its siblings stand below it.
                int inner = lines.get(at).indexOf(rest, indent + 1);
                lines.set(at, " ".repeat(inner) + rest);
                list.add(map(inner));
            } else {
                list.add(inline(rest, indent));
            }
        }
        return list;
    }

    private Map<String, Object> map(int indent) {
        Map<String, Object> map = new LinkedHashMap<>();
        while (isMore(indent)) {
            Matcher key = KEY.matcher(line());
            if (!key.matches()) {
                throw unreadable();
            }
            String rest = key.group(2) == null ? "" : key.group(2).strip();
            if (rest.isEmpty() || rest.startsWith("#")) {
                at++;
                skip();
                boolean below =
                        at < lines.size() && (indent() > indent || indent() == indent && line().startsWith("- "));
                map.put(key.group(1), below ? value(indent()) : "");
            } else {
                map.put(key.group(1), inline(rest, indent));
            }
        }
        return map;
    }

    /** What stands on the line itself, or the block of lines that begins here. Consumes them. */
    private Object inline(String text, int indent) {
        Matcher block = BLOCK.matcher(text);
        if (block.matches()) {
            at++;
            return block(indent, block.group(1));
        }
        if (text.startsWith(">") || text.startsWith("&") || text.startsWith("*") || text.startsWith("{")) {
            throw unreadable();
        }
        Flow flow = new Flow(text);
        Object value = flow.value(false);
        if (!flow.isAtEnd()) {
            throw unreadable();
        }
        at++;
        return value;
    }

    private String block(int indent, String end) {
        StringBuilder text = new StringBuilder();
        int own = -1;
        while (at < lines.size() && (lines.get(at).isBlank() || indent() > indent)) {
            own = own < 0 && !lines.get(at).isBlank() ? indent() : own;
            String line = lines.get(at++);
            text.append(line.length() >= Math.max(own, 0) && own >= 0 ? line.substring(own) : "")
                    .append('\n');
        }
        String all = text.toString();
        String stripped = all.replaceFirst("\\n+$", "");
        return switch (end) {
            case "-" -> stripped;
            case "+" -> all;
            default -> stripped.isEmpty() ? "" : stripped + "\n";
        };
    }

    private IllegalArgumentException unreadable() {
        return new IllegalArgumentException(
                "line " + (at + 1) + " cannot be read" + (at < lines.size() ? ": " + line() : ""));
    }

    /** A text or a list in brackets. */
    private static final class Flow {
        private final String text;
        private int at;

        Flow(String text) {
            this.text = text;
        }

        boolean isAtEnd() {
            String rest = text.substring(at).strip();
            return rest.isEmpty() || rest.startsWith("#");
        }

        /** @param within a list, where a comma ends a plain text */
        Object value(boolean within) {
            blanks();
            if (at < text.length() && text.charAt(at) == '[') {
                return list();
            }
            if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
                return quoted(text.charAt(at));
            }
            int from = at;
            while (at < text.length()
                    && !(within && ",]".indexOf(text.charAt(at)) >= 0)
                    && !text.startsWith(" #", at)) {
                at++;
            }
            return text.substring(from, at).strip();
        }

        private List<Object> list() {
            List<Object> list = new ArrayList<>();
            at++;
            blanks();
            while (at < text.length() && text.charAt(at) != ']') {
                list.add(value(true));
                blanks();
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                    blanks();
                }
            }
            if (at++ >= text.length()) {
                throw new IllegalArgumentException("a list has no end: " + text);
            }
            return list;
        }

        private String quoted(char quote) {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                boolean doubled = quote == '\'' && c == quote && text.startsWith("''", at);
                if (quote == '"' && c == '\\' && at + 1 < text.length()) {
                    char escaped = text.charAt(++at);
                    value.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
                } else if (doubled) {
                    value.append(c);
                    at++;
                } else if (c == quote) {
                    at++;
                    return value.toString();
                } else {
                    value.append(c);
                }
            }
            throw new IllegalArgumentException("a text has no end: " + text);
        }

        private void blanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
    }
}
