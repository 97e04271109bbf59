package io.keylesspull.bench;

import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.setup.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a setup asks of Azure Resource Manager. */
class RequestsIT {

    @TempDir
    private Path folder;

    @Test
    void nothingIsAskedTwice() throws Exception {
        try (PracticeWorld world = new PracticeWorld(folder)) {
            Session session = world.session();
            world.requests().reset();
            Timeline timeline = new Timeline();
            RunResult result = session.start(world.request(SetupTimeIT.NEW), timeline)
                    .result()
                    .get();
            if (result != RunResult.SUCCEEDED) {
                throw new IllegalStateException(timeline.problems().toString());
            }
            RequestCount requests = world.requests();
            Map<String, Integer> twice = requests.sameFactTwice();
            Section section = new Section(6, "Requests")
                    .note("What the default run (everything is made, one machine) asks of Azure Resource Manager, from "
                            + "its start to its end. Polling is how an operation that goes on is asked after; Azure "
                            + "says how often (here every second).")
                    .note("The same fact twice: an address that is read again although nothing was written to it "
                            + "since, and nothing went on there. "
                            + (twice.isEmpty() ? "There is none." : "These are: " + twice + "."))
                    .ratio(Ratio.atMost(
                            "reads of a fact that was read before",
                            0,
                            twice.values().stream().mapToInt(times -> times - 1).sum()))
                    .measured(Samples.one("requests without polling", "requests", requests.withoutPolling()))
                    .measured(Samples.one(
                            "requests with polling", "requests", requests.withoutPolling() + requests.polling()));
            List<List<String>> rows = new ArrayList<>();
            requests.byKind().forEach((kind, times) -> rows.add(List.of(kind, String.valueOf(times))));
            rows.add(List.of("polling", String.valueOf(requests.polling())));
            Report.add(section.table(new Section.Table("By kind", List.of("request", "times"), rows)));
        }
    }
}
