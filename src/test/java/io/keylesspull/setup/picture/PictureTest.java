package io.keylesspull.setup.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.picture.Part.Detail;
import io.keylesspull.setup.picture.Part.Kind;
import io.keylesspull.setup.picture.Part.Label;
import io.keylesspull.setup.picture.Part.Origin;
import io.keylesspull.setup.picture.Picture.Row;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.text.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureTest {

    private static final Instant AT = Instant.parse("2026-03-04T10:31:04Z");
    private static final String DIGEST = "sha256:565dba8ce20ca1a311c2d9485089d7ddc935dd50140510050345a1b0ea4ffa6e";
    private static final String REGISTRY_ID = "/subscriptions/s/registries/myContainerRegistry";
    private static final Problem PROBLEM =
            Failure.of("setup.runInUse", "", "run").problem();
    private static final SetupRequest REQUEST =
            Requests.of(Requests.NEW_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE);
    private static final StepId REGISTRY = StepId.shared("registry");
    private static final StepId ROLE = StepId.shared("role");

    private final List<RunEvent> events = new ArrayList<>();

    private PictureTest started(Purpose purpose) {
        events.add(new RunEvent.RunStarted(AT, purpose, List.of()));
        return this;
    }

    private PictureTest starts(StepId step) {
        events.add(new RunEvent.StepStarted(AT, step));
        return this;
    }

    private PictureTest finds(StepId step, String fact, String value) {
        events.add(new RunEvent.FactEstablished(AT, step, fact, value));
        return this;
    }

    private PictureTest ends(StepId step, Outcome outcome) {
        events.add(new RunEvent.StepSucceeded(AT, step, outcome, Text.of("engine.doneBefore")));
        return this;
    }

    private PictureTest fails(StepId step) {
        events.add(new RunEvent.StepFailed(AT, step, PROBLEM));
        return this;
    }

    private Picture of(SetupRequest request) {
        return Picture.of(request, events);
    }

    private static SetupRequest many(int machines) {
        return Requests.of(
                Requests.OLD_REGISTRY,
                Requests.USER_ASSIGNED,
                IntStream.range(0, machines)
                        .mapToObj(i -> new Machine(
                                "vm" + i,
                                false,
                                "",
                                "",
                                "azureuser",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        .toArray(Machine[]::new));
    }

    @Test
    void beforeTheRunAllIsPlannedAndWhatIsNewIsToldFromWhatExists() {
        Picture picture = Picture.planned(
                Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, Requests.NEW_MACHINE, Requests.OLD_MACHINE));
        Row row = picture.rows().get(0);
        assertThat(row.targets()).extracting(Part::origin).containsExactly(Origin.NEW, Origin.EXISTING);
        assertThat(row.targets()).extracting(Part::state).containsOnly(State.PLANNED);
        assertThat(row.identity()).returns(Kind.IDENTITY, Part::kind).returns(Origin.NEW, Part::origin);
        assertThat(row.uses()).isEqualTo(State.PLANNED);
        assertThat(row.role()).returns("AcrPull", Part::name).returns(Origin.UNKNOWN, Part::origin);
        assertThat(picture.registry()).returns(Origin.EXISTING, Part::origin).returns(State.PLANNED, Part::state);
        assertThat(picture.image().name()).isEqualTo("aci-helloworld:v1");
        assertThat(picture.pulled()).isEqualTo(State.PLANNED);
        assertThat(picture.digest()).isEmpty();
    }

    @Test
    void aPartIsThereWhenItsFactIsEstablished() {
        started(Purpose.SETUP).starts(REGISTRY);
        assertThat(of(REQUEST).registry().state()).isEqualTo(State.WORKING);
        finds(REGISTRY, "REGISTRY", REGISTRY_ID).ends(REGISTRY, Outcome.CREATED);
        Part registry = of(REQUEST).registry();
        assertThat(registry.state()).isEqualTo(State.THERE);
        assertThat(registry.resourceId()).contains(REGISTRY_ID);
        assertThat(registry.details())
                .contains(new Detail(Label.ID, REGISTRY_ID), new Detail(Label.REGION, "japaneast"));
    }

    @Test
    void whatWasToBeMadeAndWasFoundExists() {
        started(Purpose.SETUP)
                .starts(REGISTRY)
                .finds(REGISTRY, "REGISTRY", REGISTRY_ID)
                .ends(REGISTRY, Outcome.FOUND);
        assertThat(of(REQUEST).registry().origin()).isEqualTo(Origin.EXISTING);
    }

    @Test
    void whatAnEarlierAttemptMadeStaysNewAndThere() {
        started(Purpose.SETUP)
                .starts(REGISTRY)
                .finds(REGISTRY, "REGISTRY", REGISTRY_ID)
                .ends(REGISTRY, Outcome.CREATED)
                .started(Purpose.SETUP);
        assertThat(of(REQUEST).registry().state()).isEqualTo(State.THERE);
        ends(REGISTRY, Outcome.FOUND);
        assertThat(of(REQUEST).registry().origin()).isEqualTo(Origin.NEW);
    }

    @Test
    void aFailureIsSeenWhereItHappenedUntilTheNextAttempt() {
        started(Purpose.SETUP).starts(ROLE).fails(ROLE);
        Part role = of(REQUEST).rows().get(0).role();
        assertThat(role.state()).isEqualTo(State.FAILED);
        assertThat(role.problem()).contains(PROBLEM);
        started(Purpose.SETUP);
        assertThat(of(REQUEST).rows().get(0).role().state()).isEqualTo(State.PLANNED);
    }

    @Test
    void theRoleIsThereWithItsAssignmentAndLeadsToThePageOfTheRegistry() {
        started(Purpose.SETUP)
                .finds(REGISTRY, "REGISTRY", REGISTRY_ID)
                .starts(ROLE)
                .finds(ROLE, "ROLE_ASSIGNMENT_ID", "/role");
        Part role = of(REQUEST).rows().get(0).role();
        assertThat(role.state()).isEqualTo(State.THERE);
        assertThat(role.details()).contains(new Detail(Label.ID, "/role"), new Detail(Label.SCOPE, REGISTRY_ID));
        assertThat(role.resourceId()).contains(REGISTRY_ID);
    }

    @Test
    void aTargetIsProvenByItsDigest() {
        StepId attach = StepId.on("myDockerVM", "attach-identity");
        started(Purpose.SETUP).starts(attach);
        assertThat(of(REQUEST).rows().get(0).uses()).isEqualTo(State.WORKING);
        finds(attach, "IDENTITY_ATTACHED", "/vm").ends(attach, Outcome.CHANGED);
        assertThat(of(REQUEST).rows().get(0).uses()).isEqualTo(State.THERE);
        assertThat(of(REQUEST).rows().get(0).targets().get(0).state()).isEqualTo(State.WORKING);
        finds(StepId.on("myDockerVM", "proof"), "PROVEN_DIGEST", DIGEST);
        Picture picture = of(REQUEST);
        assertThat(picture.rows().get(0).targets().get(0).state()).isEqualTo(State.PROVEN);
        assertThat(picture.pulled()).isEqualTo(State.PROVEN);
        assertThat(picture.digest()).contains(DIGEST);
        assertThat(picture.image().details()).contains(new Detail(Label.DIGEST, DIGEST));
    }

    @Test
    void aThousandTargetsAreCounted() {
        started(Purpose.SETUP);
        for (int i = 0; i < 815; i++) {
            StepId step = StepId.on("vm" + i, "set-up");
            starts(step);
            if (i < 812) {
                finds(step, "PROVEN_DIGEST", DIGEST);
            } else {
                fails(step);
            }
        }
        Row row = of(many(1000)).rows().get(0);
        assertThat(row.counts())
                .containsExactly(entry(State.PLANNED, 185), entry(State.PROVEN, 812), entry(State.FAILED, 3));
        assertThat(row.state()).isEqualTo(State.FAILED);
    }

    @Test
    void whatWasCancelledOrBlockedHasStopped() {
        StepId docker = StepId.on("myDockerVM", "docker");
        started(Purpose.SETUP).starts(REGISTRY);
        events.add(new RunEvent.StepCancelled(AT, REGISTRY));
        events.add(new RunEvent.StepBlocked(AT, docker, REGISTRY));
        assertThat(of(REQUEST).registry().state()).isEqualTo(State.STOPPED);
        assertThat(of(REQUEST).rows().get(0).state()).isEqualTo(State.STOPPED);
    }

    @Test
    void clustersHaveIdentitiesAndRolesOfTheirOwn() {
        SetupRequest request = Requests.like(
                Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED),
                List.of(new Cluster("one", Optional.empty()), new Cluster("two", Optional.empty())));
        StepId cluster = StepId.on("one", "cluster");
        started(Purpose.SETUP)
                .starts(cluster)
                .finds(cluster, "CLUSTER", "/clusters/one")
                .finds(StepId.on("one", "role"), "ROLE_ASSIGNMENT_ID", "/role");
        Row row = of(request).rows().get(0);
        assertThat(row.kind()).isEqualTo(Kind.CLUSTER);
        assertThat(row.identity().kind()).isEqualTo(Kind.KUBELET_IDENTITY);
        assertThat(row.uses()).isEqualTo(State.WORKING);
        assertThat(row.role().state()).isEqualTo(State.WORKING);
        assertThat(row.targets().get(0).resourceId()).contains("/clusters/one");
    }

    @Test
    void machinesWithIdentitiesOfTheirOwnAndAScaleSetAreRows() {
        Picture picture = Picture.planned(Requests.like(
                Requests.of(Requests.OLD_REGISTRY, Requests.SYSTEM_ASSIGNED, Requests.OLD_MACHINE),
                Requests.scaleSet(20)));
        assertThat(picture.rows()).extracting(Row::kind).containsExactly(Kind.MACHINE, Kind.SCALE_SET);
        assertThat(picture.rows().get(0).identity().kind()).isEqualTo(Kind.OWN_IDENTITY);
        assertThat(picture.rows().get(1).targets().get(0).details()).contains(new Detail(Label.INSTANCES, "20"));
    }

    @Test
    void anUndoTakesThePictureBackToThePlan() {
        started(Purpose.SETUP).finds(REGISTRY, "REGISTRY", REGISTRY_ID).started(Purpose.UNDO);
        assertThat(of(REQUEST)).isEqualTo(Picture.planned(REQUEST));
    }
}
