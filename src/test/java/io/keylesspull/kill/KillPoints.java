package io.keylesspull.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Where the program was killed, for people to read. Safe for use by many threads. */
final class KillPoints {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Queue<String>> points = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> totals = new ConcurrentSkipListMap<>();

    /** @param sweep what was going on @param journal as it was when the program was killed */
    void add(String sweep, List<String> journal) throws IOException {
        points.computeIfAbsent(sweep, each -> new ConcurrentLinkedQueue<>())
                .add("%4d  %s"
                        .formatted(journal.size(), journal.isEmpty() ? "" : shown(journal.get(journal.size() - 1))));
    }

    /** @param there how many there are */
    void of(String sweep, int there) {
        totals.put(sweep, there);
    }

    private static String shown(String line) throws IOException {
        JsonNode record = MAPPER.readTree(line);
        String subject = Stream.of("/id", "/change/subject", "/fact", "/result")
                .map(path -> record.at(path).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return "%-17s %-16s %-13s %s"
                .formatted(
                        record.path("event").asText(),
                        record.path("step").asText(),
                        record.path("machine").asText(),
                        subject.substring(subject.lastIndexOf('/') + 1))
                .stripTrailing();
    }

    String summary() {
        StringBuilder text = new StringBuilder();
        points.forEach((sweep, all) -> text.append("%4d kill points%s: %s%n"
                .formatted(all.size(), totals.containsKey(sweep) ? " of " + totals.get(sweep) : "", sweep)));
        return text.append("%4d kill points in all%n"
                        .formatted(
                                points.values().stream().mapToInt(Queue::size).sum()))
                .toString();
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(summary());
        points.forEach((sweep, all) -> {
            text.append("%n%s%n".formatted(sweep));
            all.stream().sorted().forEach(point -> text.append(point).append(System.lineSeparator()));
        });
        Files.writeString(file, text);
    }
}
