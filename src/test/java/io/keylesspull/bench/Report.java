package io.keylesspull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The report in {@code target/bench}. Each benchmark runs in a virtual machine of its own, leaves its section there in
 * a file, and writes the report anew from all sections that are there.
 */
public final class Report {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path FOLDER = Path.of("target", "bench");
    /** Of the benchmark that starts the packaged program, which is no part of these: taken over as it is. */
    private static final String START = "start.json";

    private Report() {}

    /** Adds a section, and fails where a ratio is missed that is the same on every computer. */
    public static void add(Section section) throws IOException {
        add(section, "");
    }

    /** @param part tells it from another section of the same item */
    public static void add(Section section, String part) throws IOException {
        Files.createDirectories(FOLDER);
        String name = "section-" + section.item() + (part.isEmpty() ? "" : "-" + part) + ".json";
        Files.writeString(FOLDER.resolve(name), json(section).toPrettyString() + "\n");
        write();
        assertThat(section.ratios().stream().filter(Ratio::missedForCertain).toList())
                .as("wanted ratios that are missed")
                .isEmpty();
    }

    private static void write() throws IOException {
        ObjectNode report = MAPPER.createObjectNode();
        report.set("machine", Computer.describe(MAPPER.createObjectNode()));
        ArrayNode sections = report.putArray("sections");
        for (Path file : sections()) {
            sections.add(MAPPER.readTree(file.toFile()));
        }
        Path start = FOLDER.resolve(START);
        if (Files.exists(start)) {
            report.set("start", MAPPER.readTree(start.toFile()));
        }
        Files.writeString(FOLDER.resolve("report.json"), report.toPrettyString() + "\n");
        Files.writeString(FOLDER.resolve("report.md"), markdown(report));
    }

    private static List<Path> sections() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith("section-"))
                    .sorted(Comparator.comparing(
                            file -> file.getFileName().toString().replace(".json", "")))
                    .toList();
        }
    }

    private static ObjectNode json(Section section) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("item", section.item())
                .put("title", section.title())
                .put("measuredAt", Instant.now().toString());
        section.notes().forEach(json.putArray("notes")::add);
        ArrayNode ratios = json.putArray("ratios");
        section.ratios()
                .forEach(ratio -> ratios.addObject()
                        .put("what", ratio.what())
                        .put("wanted", ratio.wanted())
                        .put("measured", ratio.measured())
                        .put("met", ratio.met())
                        .put("exact", ratio.exact()));
        ArrayNode samples = json.putArray("samples");
        section.samples().forEach(one -> {
            ObjectNode sample = samples.addObject()
                    .put("what", one.what())
                    .put("unit", one.unit())
                    .put("n", one.values().size())
                    .put("median", one.median())
                    .put("min", one.min())
                    .put("max", one.max())
                    .put("p95", one.p95());
            one.values().forEach(sample.putArray("values")::add);
        });
        ArrayNode tables = json.putArray("tables");
        section.tables().forEach(table -> {
            ObjectNode one = tables.addObject().put("title", table.title());
            table.header().forEach(one.putArray("header")::add);
            ArrayNode rows = one.putArray("rows");
            table.rows().forEach(row -> row.forEach(rows.addArray()::add));
        });
        return json;
    }

    private static String markdown(ObjectNode report) {
        StringBuilder text = new StringBuilder("# Benchmarks\n\n");
        report.get("machine")
                .fields()
                .forEachRemaining(fact -> text.append("- ")
                        .append(fact.getKey())
                        .append(": ")
                        .append(fact.getValue().asText())
                        .append('\n'));
        text.append("\nA ratio that is counted, or measured on the practice cloud's own clock, is exact: the same on "
                + "every computer. One by the wall clock changes with whatever else the computer does.\n");
        text.append("\n## Wanted\n\n");
        row(text, List.of("item", "ratio", "wanted", "measured", "", "by"));
        row(text, List.of("---", "---", "---", "---", "---", "---"));
        for (JsonNode section : report.get("sections")) {
            for (JsonNode ratio : section.get("ratios")) {
                row(
                        text,
                        List.of(
                                section.get("item").asText(),
                                ratio.get("what").asText(),
                                ratio.get("wanted").asText(),
                                number(ratio.get("measured").asDouble()),
                                ratio.get("met").asBoolean() ? "met" : "**not met**",
                                ratio.get("exact").asBoolean() ? "exact" : "wall clock"));
            }
        }
        report.get("sections").forEach(section -> section(text, section));
        if (report.has("start")) {
            text.append("\n## 5. Start-up\n\n```json\n")
                    .append(report.get("start").toPrettyString())
                    .append("\n```\n");
        }
        return text.toString();
    }

    private static void section(StringBuilder text, JsonNode section) {
        text.append("\n## ")
                .append(section.get("item").asText())
                .append(". ")
                .append(section.get("title").asText())
                .append("\n\nMeasured ")
                .append(section.get("measuredAt").asText())
                .append(".\n");
        section.get("notes")
                .forEach(note -> text.append('\n').append(note.asText()).append('\n'));
        if (!section.get("samples").isEmpty()) {
            text.append('\n');
            row(text, List.of("what", "unit", "median", "min", "max", "p95", "n"));
            row(text, List.of("---", "---", "---:", "---:", "---:", "---:", "---:"));
            section.get("samples")
                    .forEach(one -> row(
                            text,
                            List.of(
                                    one.get("what").asText(),
                                    one.get("unit").asText(),
                                    number(one.get("median").asDouble()),
                                    number(one.get("min").asDouble()),
                                    number(one.get("max").asDouble()),
                                    number(one.get("p95").asDouble()),
                                    one.get("n").asText())));
        }
        for (JsonNode table : section.get("tables")) {
            text.append("\n### ").append(table.get("title").asText()).append("\n\n");
            row(text, strings(table.get("header")));
            row(text, strings(table.get("header")).stream().map(column -> "---").toList());
            table.get("rows").forEach(row -> row(text, strings(row)));
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(one -> strings.add(one.asText()));
        return strings;
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    static String number(double value) {
        double size = Math.abs(value);
        return value == Math.rint(value) && size < 1e9
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, size >= 1000 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", value);
    }
}
