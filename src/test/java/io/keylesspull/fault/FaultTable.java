package io.keylesspull.fault;

import java.util.List;
import java.util.stream.Collectors;

/** The table of all faults for people, in Markdown. */
final class FaultTable {

    private static final String HEAD = """
            # Faults

            What the program does with each fault, as this test run has seen it. Time is that of the practice cloud,
            which lets minutes pass in milliseconds. "Met" counts the requests, connections or commands that the fault
            has struck. After each, the fault is taken away, the run is undone, and what is in the cloud is compared
            with what was there before.

            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    void heading(String title) {
        text.append("\n## ").append(title).append("\n\n");
        cells("fault", "outcome", "waits that are shown", "problems that are shown", "left behind", "after undoing");
        text.append("|---|---|---|---|---|---|\n");
    }

    void row(Row row, Seen seen) {
        cells(
                row.fault(),
                seen.outcome(),
                listed(seen.waits()),
                listed(seen.read()),
                listed(seen.left()),
                seen.undone());
    }

    void notRun(Row row) {
        cells(
                row.fault(),
                "not run, it takes minutes (mvn test -Pkill -Dtest=FaultTableTest); expected: "
                        + row.seen().strip().replace("\n", "<br>"),
                "",
                "",
                "",
                "");
    }

    private static String listed(List<String> lines) {
        return lines.isEmpty() ? "–" : String.join("<br>", lines);
    }

    private void cells(String... cells) {
        text.append(List.of(cells).stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
