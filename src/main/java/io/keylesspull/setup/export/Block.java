package io.keylesspull.setup.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A block of a Terraform configuration, written as {@code terraform fmt} writes it. */
final class Block {

    /** @param value an expression, or the lines of a block with its braces */
    private record Entry(String name, String value, boolean block) {

        /** Only neighbours of one line are aligned. */
        private boolean isAligned() {
            return !block && !value.contains("\n");
        }
    }

    private final String head;
    private final List<Entry> entries = new ArrayList<>();

    /** @param labels such as a resource's type and name */
    Block(String kind, String... labels) {
        this.head = kind + Stream.of(labels).map(label -> " " + quoted(label)).collect(Collectors.joining());
    }

    /** An argument. @param expression written already */
    Block set(String name, String expression) {
        entries.add(new Entry(name, expression, false));
        return this;
    }

    /** An argument that is a text. */
    Block text(String name, String text) {
        return set(name, quoted(text));
    }

    Block add(Block inside) {
        entries.add(new Entry("", inside.toString(), true));
        return this;
    }

    /** As an expression. */
    static String quoted(String text) {
        return "\"" + escaped(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** Without beginnings of interpolations. */
    static String escaped(String text) {
        return text.replace("${", "$${").replace("%{", "%%{");
    }

    /** Without a line feed at its end. */
    @Override
    public String toString() {
        if (entries.isEmpty()) {
            return head + " {}";
        }
        StringBuilder text = new StringBuilder(head).append(" {\n");
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (i > 0 && (entry.block || entries.get(i - 1).block)) {
                text.append('\n');
            }
            text.append(entry.block ? indented(entry.value) : "  " + entry.name + padding(i) + "= " + entry.value)
                    .append('\n');
        }
        return text.append('}').toString();
    }

    private static String indented(String block) {
        return block.lines().map(line -> line.isEmpty() ? line : "  " + line).collect(Collectors.joining("\n"));
    }

    private String padding(int index) {
        if (!entries.get(index).isAligned()) {
            return " ";
        }
        int from = index;
        while (from > 0 && entries.get(from - 1).isAligned()) {
            from--;
        }
        int to = index;
        while (to < entries.size() - 1 && entries.get(to + 1).isAligned()) {
            to++;
        }
        int longest = entries.subList(from, to + 1).stream()
                .mapToInt(entry -> entry.name.length())
                .max()
                .orElse(0);
        return " ".repeat(longest - entries.get(index).name.length() + 1);
    }
}
