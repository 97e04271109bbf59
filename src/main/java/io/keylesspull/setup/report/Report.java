package io.keylesspull.setup.report;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.FactEstablished;
import io.keylesspull.engine.event.RunEvent.RunEnded;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunEvent.RunStarted;
import io.keylesspull.engine.event.RunEvent.StepFailed;
import io.keylesspull.engine.event.RunEvent.StepSucceeded;
import io.keylesspull.engine.event.RunEvent.StepWaiting;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.event.Timeline;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.picture.Picture;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.fleet.FleetFacts;
import io.keylesspull.setup.step.fleet.Sample;
import io.keylesspull.setup.step.machine.RemoteFacts;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run as its journal tells it. The journal has no secret, and so the report has none.
 *
 * @param run the run's id
 * @param practice whether it was in practice mode
 * @param request what was asked for
 * @param events of all attempts; at least one is a {@link RunStarted}
 */
public record Report(String run, boolean practice, SetupRequest request, List<RunEvent> events) {

    public Report {
        events = List.copyOf(events);
    }

    /** The same with what the last attempt waited for, which the journal does not keep. */
    public Report with(List<StepWaiting> waits) {
        int last = events.size() - 1;
        List<RunEvent> all = new ArrayList<>(events.subList(0, last));
        all.addAll(waits);
        all.add(events.get(last));
        return new Report(run, practice, request, all);
    }

    /** A step that failed in the last attempt. */
    record Failed(StepId step, Problem problem) {}

    /**
     * One HTML file, without scripts and without anything from elsewhere.
     *
     * @param zone of the times that are shown
     */
    public String html(Texts texts, ZoneId zone) {
        return new ReportPage(this, texts, zone).html();
    }

    /**
     * Writes {@link #html} to a file, which is replaced if it exists.
     *
     * @throws Failure if the file cannot be written
     */
    public void save(Path file, Texts texts, ZoneId zone) throws Failure {
        try {
            Files.write(file, html(texts, zone).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw notWritten(file, FileErrors.reason(e));
        }
    }

    /** Says before a long run that a report cannot be saved to a file after it. */
    public static void requireWritable(Path file) throws Failure {
        @Nullable Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw notWritten(file, "");
        }
    }

    private static Failure notWritten(Path file, String reason) {
        return Failure.of("setup.reportNotWritten", reason, file.toString());
    }

    Instant begun() {
        return events.get(0).at();
    }

    Picture picture() {
        return Picture.of(request, events);
    }

    Timeline timeline() {
        return Timeline.of(events);
    }

    RunState left() {
        return RunState.of(events);
    }

    Purpose purpose() {
        return ((RunStarted) lastAttempt().get(0)).purpose();
    }

    /** How the last attempt ended; empty if the program was killed, or the run still goes on. */
    Optional<RunResult> result() {
        return last(RunEnded.class).map(RunEnded::result).findFirst();
    }

    long attempts() {
        return events.stream()
                .filter(event -> event instanceof RunStarted started && started.purpose() == Purpose.SETUP)
                .count();
    }

    List<Failed> failures() {
        return last(StepFailed.class)
                .map(event -> new Failed(event.step(), event.problem()))
                .toList();
    }

    /** What the steps of the last attempt say that they did, in the order in which they ended. */
    Map<StepId, StepSucceeded> done() {
        Map<StepId, StepSucceeded> done = new LinkedHashMap<>();
        last(StepSucceeded.class).forEach(event -> done.put(event.step(), event));
        return done;
    }

    /** What the last attempt called a step. */
    Optional<Text> title(StepId step) {
        return ((RunStarted) lastAttempt().get(0))
                .steps().stream()
                        .filter(planned -> planned.id().equals(step))
                        .map(RunEvent.PlannedStep::title)
                        .findFirst();
    }

    /** The digest that a target and the registry agree on; empty if that was not proven. */
    Optional<String> digest(String target) {
        return fact(RemoteFacts.PROVEN_DIGEST, Optional.of(target));
    }

    /** How many of its instances were asked; empty for what has none. */
    Optional<Sample> sample(String target) {
        return fact(FleetFacts.SAMPLE, Optional.of(target)).map(Sample::parse);
    }

    /** The image, with the registry's login server. */
    Optional<String> image(String target) {
        return fact(CloudFacts.IMAGE, Optional.of(target)).or(() -> fact(CloudFacts.IMAGE, Optional.empty()));
    }

    /** The last value, since a later attempt looks at everything again. */
    private Optional<String> fact(Fact<?> fact, Optional<String> target) {
        return all(FactEstablished.class)
                .filter(event -> event.fact().equals(fact.name())
                        && event.step().machine().equals(target))
                .map(FactEstablished::value)
                .reduce((earlier, later) -> later);
    }

    private List<RunEvent> lastAttempt() {
        return Timeline.lastAttempt(events);
    }

    private <E extends RunEvent> Stream<E> last(Class<E> kind) {
        return lastAttempt().stream().filter(kind::isInstance).map(kind::cast);
    }

    private <E extends RunEvent> Stream<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
