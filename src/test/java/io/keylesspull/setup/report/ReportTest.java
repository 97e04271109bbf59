package io.keylesspull.setup.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.PlannedStep;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {

    private static final Instant AT = Instant.parse("2026-03-04T10:31:04Z");
    private static final String RUN = "20260304-103104-0a1b2";
    private static final String DIGEST = "sha256:565dba8ce20ca1a311c2d9485089d7ddc935dd50140510050345a1b0ea4ffa6e";
    private static final String GROUP = "/subscriptions/s/resourceGroups/myResourceGroup";
    private static final StepId GROUP_STEP = StepId.shared("resource-group");
    private static final StepId PROOF = StepId.on("myDockerVM", "proof");

    private static Text words(String key) {
        return Text.of("setup.step." + key);
    }

    private static RunEvent.RunStarted started(Purpose purpose) {
        return new RunEvent.RunStarted(
                AT,
                purpose,
                List.of(
                        new PlannedStep(GROUP_STEP, words("machine"), Set.of()),
                        new PlannedStep(PROOF, words("clusterProof"), Set.of(GROUP_STEP))));
    }

    private static List<RunEvent> proven() {
        return new ArrayList<>(List.of(
                started(Purpose.SETUP),
                new RunEvent.StepStarted(AT, GROUP_STEP),
                new RunEvent.ResourceCreated(AT, GROUP_STEP, GROUP),
                new RunEvent.StepSucceeded(
                        AT.plusSeconds(2), GROUP_STEP, Outcome.CREATED, Text.of("setup.machine.found", "B2s")),
                new RunEvent.FactEstablished(AT, GROUP_STEP, "IMAGE", "contoso.azurecr.io/aci-helloworld:v1"),
                new RunEvent.StepStarted(AT.plusSeconds(2), PROOF),
                new RunEvent.ChangeDone(AT, PROOF, ChangeKind.IDENTITY.of("/identities/one")),
                new RunEvent.FactEstablished(AT, PROOF, "PROVEN_DIGEST", DIGEST),
                new RunEvent.StepSucceeded(
                        AT.plusSeconds(92), PROOF, Outcome.CHECKED, Text.of("setup.machine.found", "B2s")),
                new RunEvent.RunEnded(AT.plusSeconds(92), RunResult.SUCCEEDED)));
    }

    @Test
    void ofAScaleSetOnlyTheInstancesThatWereAskedAreCalledProven() {
        StepId fleet = StepId.on("fleet", "scale-set-proof");
        SetupRequest request = Requests.like(request(), Requests.scaleSet(300));
        List<RunEvent> events = proven();
        events.add(8, new RunEvent.FactEstablished(AT, fleet, "PROVEN_DIGEST", DIGEST));
        events.add(9, new RunEvent.FactEstablished(AT, fleet, "SAMPLE", "20/300"));

        assertThat(html(request, false, Locale.ENGLISH, events))
                .contains("Of scale set “fleet”, 20 of 300 instances, chosen by lot, were asked")
                .contains("The others were not asked.", "Each target except those of the next lines")
                .doesNotContain("Each target pulled");
        assertThat(html(request, false, Locale.JAPANESE, events)).contains("300 インスタンスのうち無作為に選んだ 20 インスタンス");

        events.set(9, new RunEvent.FactEstablished(AT, fleet, "SAMPLE", "20/20"));
        assertThat(html(request, false, Locale.ENGLISH, events))
                .contains("Each target pulled the image")
                .doesNotContain("by lot");
    }

    @Test
    void aTargetThatIsNotProvenIsNamedAndTheRunCanGoOn() {
        List<RunEvent> events = proven();
        events.set(events.size() - 1, new RunEvent.RunEnded(AT.plusSeconds(92), RunResult.FAILED));

        assertThat(html(Requests.like(request(), Requests.scaleSet(300)), false, Locale.ENGLISH, events))
                .contains("Not proven: fleet.", "keyless-pull --resume " + RUN)
                .doesNotContain("Each target pulled");
        assertThat(html(proven())).doesNotContain("Not proven", "--resume");
    }

    private static String html(List<RunEvent> events) {
        return html(request(), false, Locale.ENGLISH, events);
    }

    private static SetupRequest request() {
        return Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
    }

    private static String html(SetupRequest request, boolean practice, Locale locale, List<RunEvent> events) {
        String html = new Report(RUN, practice, request, events).html(new Texts(locale), ZoneOffset.UTC);
        assertThat(html).startsWith("<!DOCTYPE html>").doesNotContain("<script", "http://", "src=");
        return html;
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static String body(String html) throws Exception {
        return parsed(html).getElementsByTagName("body").item(0).getTextContent();
    }

    @Test
    void tellsWhatWasAskedMadeChangedAndProven() throws Exception {
        assertThat(body(html(proven())))
                .contains("The pull is proven")
                .contains(RUN)
                .contains("aci-helloworld:v1", "myContainerRegistry (new)", "myACRId (new)", "AcrPull")
                .contains("contoso.azurecr.io/aci-helloworld:v1", DIGEST)
                .contains(GROUP)
                .contains("1 min 32 s", "1 min 30 s")
                .contains("keyless-pull --undo " + RUN);
    }

    @Test
    void speaksJapaneseToo() throws Exception {
        String html = html(request(), true, Locale.JAPANESE, proven());
        assertThat(html).contains("lang=\"ja\"");
        assertThat(body(html)).contains("プルを検証しました", "練習モード", "keyless-pull --practice --run");
    }

    @Test
    void thePracticeCloudHasEndedSoOnlyTheSetupIsRepeated() throws Exception {
        List<RunEvent> events = proven();
        events.set(events.size() - 1, new RunEvent.RunEnded(AT.plusSeconds(92), RunResult.FAILED));

        assertThat(body(html(request(), true, Locale.ENGLISH, events)))
                .contains("keyless-pull --practice --run setup.json")
                .doesNotContain("--resume", "--undo");
    }

    @Test
    void resourcesLinkToThePortalOfTheirCloudButNotInPractice() {
        assertThat(html(proven())).contains("href=\"https://portal.azure.com/#resource" + GROUP + "\"");
        assertThat(html(request(), true, Locale.ENGLISH, proven())).doesNotContain("href=");
    }

    @Test
    void aFailureIsToldWithItsRemedyAndCommandAndMarkupInItIsText() throws Exception {
        List<RunEvent> events = proven().subList(0, 6);
        events.add(new RunEvent.StepFailed(
                AT.plusSeconds(9),
                PROOF,
                Failure.of("setup.runInUse", "<script>alert(1)</script>\u202e", RUN)
                        .problem()));
        events.add(new RunEvent.RunEnded(AT.plusSeconds(9), RunResult.FAILED));

        String html = html(events);

        assertThat(body(html))
                .contains("The setup failed", "<script>alert(1)</script>")
                .doesNotContain(DIGEST, "\u202e");
        assertThat(html).contains("class=\"bar failed\"");
    }

    @Test
    void thePictureSaysHowFarTheRunHasGot() throws Exception {
        StepId registry = StepId.shared("registry");
        List<RunEvent> events = proven();
        events.add(2, new RunEvent.StepStarted(AT, registry));
        events.add(3, new RunEvent.FactEstablished(AT, registry, "REGISTRY", GROUP + "/registry"));
        events.set(
                0,
                new RunEvent.RunStarted(
                        AT,
                        Purpose.SETUP,
                        List.of(
                                new PlannedStep(registry, words("registry"), Set.of()),
                                new PlannedStep(GROUP_STEP, words("machine"), Set.of()),
                                new PlannedStep(PROOF, words("clusterProof"), Set.of(GROUP_STEP)))));

        String html = html(events);

        assertThat(body(html)).contains("new, ready", "new, pulled", "pulled, digest " + DIGEST, "uses", "contains");
        assertThat(html).contains("class=\"box is-there\"", "class=\"box is-proven\"");
    }

    @Test
    void aRunThatWasKilledIsNotCalledProven() throws Exception {
        assertThat(body(html(proven().subList(0, 6))))
                .contains("The setup has not ended")
                .doesNotContain("The pull is proven");
    }

    @Test
    void anUndoneRunSaysThatNothingIsLeft() throws Exception {
        List<RunEvent> events = proven();
        events.add(started(Purpose.UNDO));
        events.add(new RunEvent.ResourceDeleted(AT.plusSeconds(100), GROUP_STEP, GROUP));
        Change identity = ChangeKind.IDENTITY.of("/identities/one");
        events.add(new RunEvent.ChangeReverted(AT.plusSeconds(100), PROOF, identity));
        events.add(new RunEvent.RunEnded(AT.plusSeconds(101), RunResult.SUCCEEDED));

        String html = html(events);
        assertThat(body(html))
                .contains("The setup was undone", "Nothing is left of the run.")
                .doesNotContain("pulled", "contains");
        assertThat(html).doesNotContain("class=\"box");
    }

    @Test
    void anUndoThatFailedDoesNotShowTheSetupAsStanding() throws Exception {
        List<RunEvent> events = proven();
        events.add(started(Purpose.UNDO));
        Change identity = ChangeKind.IDENTITY.of("/identities/one");
        events.add(new RunEvent.ChangeReverted(AT.plusSeconds(100), PROOF, identity));
        events.add(new RunEvent.RunEnded(AT.plusSeconds(101), RunResult.FAILED));

        String html = html(events);
        assertThat(body(html)).contains(GROUP).doesNotContain("pulled", "contains");
        assertThat(html).doesNotContain("class=\"box");
    }

    @Test
    void whatAStepWaitedForIsToldInTheTimeline() throws Exception {
        Text reason = Text.of("setup.machine.found", "role");
        List<RunEvent.StepWaiting> waits = IntStream.range(0, 3)
                .mapToObj(look -> new RunEvent.StepWaiting(
                        AT.plusSeconds(2 + 15 * look),
                        PROOF,
                        reason,
                        look + 1,
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(5)))
                .toList();

        String html =
                new Report(RUN, false, request(), proven()).with(waits).html(new Texts(Locale.ENGLISH), ZoneOffset.UTC);
        assertThat(body(html)).containsOnlyOnce("waited 45 s of it: " + new Texts(Locale.ENGLISH).render(reason));
        assertThat(html).contains("class=\"wait\" style=\"left:2.17%;width:48.91%\"");
    }

    @Test
    void ofManyTargetsEachKindOfStepIsOneBar() {
        List<StepId> steps = IntStream.range(0, 1000)
                .boxed()
                .flatMap(i -> List.of(StepId.on("vm-" + i, "docker"), StepId.on("vm-" + i, "pull")).stream())
                .toList();
        List<RunEvent> events = new ArrayList<>();
        events.add(new RunEvent.RunStarted(
                AT,
                Purpose.SETUP,
                steps.stream()
                        .map(step -> new PlannedStep(step, words("machine"), Set.of()))
                        .toList()));
        for (StepId step : steps) {
            events.add(new RunEvent.StepStarted(AT, step));
            events.add(new RunEvent.StepSucceeded(
                    AT.plusSeconds(5), step, Outcome.CHANGED, Text.of("setup.machine.found", "B2s")));
        }
        assertThat(html(events).split("class=\"bar succeeded\"", -1)).hasSize(1 + 2);
    }
}
