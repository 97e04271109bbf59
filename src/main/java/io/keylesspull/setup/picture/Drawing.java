package io.keylesspull.setup.picture;

import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.setup.picture.Part.Detail;
import io.keylesspull.setup.picture.Part.Kind;
import io.keylesspull.setup.picture.Part.Label;
import io.keylesspull.setup.picture.Part.Origin;
import io.keylesspull.setup.picture.Picture.Row;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Cluster;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.step.cloud.AttachIdentityStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.cloud.IdentityStep;
import io.keylesspull.setup.step.cloud.ImageStep;
import io.keylesspull.setup.step.cloud.RegistryStep;
import io.keylesspull.setup.step.cloud.RoleAssignmentStep;
import io.keylesspull.setup.step.cluster.ClusterFacts;
import io.keylesspull.setup.step.machine.RemoteFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a request and what is known of its run together. */
final class Drawing {

    private static final StepId REGISTRY = StepId.shared(RegistryStep.NAME);
    private static final StepId IMAGE = StepId.shared(ImageStep.NAME);
    private static final StepId IDENTITY = StepId.shared(IdentityStep.NAME);

    private final SetupRequest request;
    private final Progress progress;

    Drawing(SetupRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    Picture picture() {
        List<Row> rows = new ArrayList<>();
        if (!request.machines().isEmpty()) {
            rows.add(machines());
        }
        request.scaleSet().ifPresent(set -> rows.add(scaleSet(set)));
        if (!request.clusters().isEmpty()) {
            rows.add(clusters());
        }
        State pulled = State.of(rows.stream().map(Row::state).toList());
        Optional<String> digest = request.labels().stream()
                .flatMap(target -> progress.fact(RemoteFacts.PROVEN_DIGEST, Optional.of(target)).stream())
                .findFirst();
        return new Picture(rows, registry(), image(digest), pulled, digest);
    }

    private Row machines() {
        List<String> labels = request.machines().stream().map(request::label).toList();
        State uses = State.of(labels.stream()
                .map(target -> progress.state(StepId.on(target, AttachIdentityStep.NAME), CloudFacts.IDENTITY_ATTACHED))
                .toList());
        boolean shared = request.identity().kind() == SetupRequest.Identity.Kind.USER_ASSIGNED;
        return new Row(
                request.machines().stream().map(this::machine).toList(),
                uses,
                shared ? identity() : ofTargets(Kind.OWN_IDENTITY, labels, uses),
                shared ? role() : roles(labels));
    }

    private Part machine(Machine machine) {
        Details details = new Details()
                .add(Label.GROUP, request.machineGroup(machine))
                .add(Label.REGION, machine.create() ? request.location() : "")
                .add(Label.SIZE, machine.create() ? machine.size() : "");
        return target(Kind.MACHINE, request.label(machine), machine.create(), details, CloudFacts.MACHINE);
    }

    private Row scaleSet(ScaleSet set) {
        Details details = new Details()
                .add(Label.GROUP, request.scaleSetGroup(set))
                .add(Label.REGION, request.location())
                .add(Label.INSTANCES, String.valueOf(set.instances()))
                .add(Label.SIZE, set.size());
        Part part = target(Kind.SCALE_SET, request.label(set), true, details, CloudFacts.SCALE_SET);
        State made =
                progress.fact(CloudFacts.SCALE_SET, Optional.of(part.name())).isPresent() ? State.THERE : part.state();
        return new Row(List.of(part), made, identity(), role());
    }

    private Row clusters() {
        List<String> labels = request.clusters().stream().map(request::label).toList();
        State found = State.of(request.clusters().stream()
                .map(request::label)
                .map(target ->
                        progress.fact(ClusterFacts.CLUSTER, Optional.of(target)).isPresent()
                                ? State.THERE
                                : progress.target(target))
                .toList());
        return new Row(
                request.clusters().stream().map(this::cluster).toList(),
                found,
                ofTargets(Kind.KUBELET_IDENTITY, labels, found),
                roles(labels));
    }

    private Part cluster(Cluster cluster) {
        return target(
                Kind.CLUSTER,
                request.label(cluster),
                false,
                new Details().add(Label.GROUP, request.clusterGroup(cluster)),
                ClusterFacts.CLUSTER);
    }

    /** @param found the fact that is its resource id */
    private Part target(Kind kind, String label, boolean create, Details details, Fact<?> found) {
        Optional<String> id = progress.fact(found, Optional.of(label));
        return new Part(
                kind,
                label,
                create ? Origin.NEW : Origin.EXISTING,
                progress.target(label),
                details.add(Label.ID, id)
                        .add(Label.DIGEST, progress.fact(RemoteFacts.PROVEN_DIGEST, Optional.of(label)))
                        .all(),
                id,
                progress.problemOf(label));
    }

    private Part identity() {
        Optional<String> id = progress.fact(CloudFacts.IDENTITY, Optional.empty());
        SetupRequest.Identity asked = request.identity();
        return new Part(
                Kind.IDENTITY,
                asked.name(),
                progress.origin(IDENTITY, asked.create() ? Origin.NEW : Origin.EXISTING),
                progress.state(IDENTITY, CloudFacts.IDENTITY),
                new Details()
                        .add(
                                Label.GROUP,
                                asked.resourceGroup()
                                        .orElse(request.resourceGroup().name()))
                        .add(Label.REGION, asked.create() ? request.location() : "")
                        .add(Label.ID, id)
                        .add(Label.PRINCIPAL_ID, progress.fact(CloudFacts.PRINCIPAL_ID, Optional.empty()))
                        .all(),
                id,
                progress.problem(IDENTITY));
    }

    /** Identities that belong to their targets. Of one only it is told which it is. */
    private Part ofTargets(Kind kind, List<String> labels, State state) {
        Details details = new Details();
        if (labels.size() == 1) {
            details.add(Label.PRINCIPAL_ID, progress.fact(CloudFacts.PRINCIPAL_ID, Optional.of(labels.get(0))));
        }
        return new Part(
                kind,
                "",
                kind == Kind.KUBELET_IDENTITY ? Origin.EXISTING : Origin.UNKNOWN,
                state,
                details.all(),
                Optional.empty(),
                Optional.empty());
    }

    private Part role() {
        return role(List.of(new StepId(RoleAssignmentStep.NAME, Optional.empty())));
    }

    private Part roles(List<String> labels) {
        return role(labels.stream()
                .map(label -> StepId.on(label, RoleAssignmentStep.NAME))
                .toList());
    }

    private Part role(List<StepId> steps) {
        Details details = new Details().add(Label.SCOPE, progress.fact(CloudFacts.REGISTRY, Optional.empty()));
        if (!request.repositories().isAll()) {
            details.add(
                    Label.REPOSITORIES, String.join(", ", request.repositories().patterns()));
        }
        Origin origin = Origin.UNKNOWN;
        if (steps.size() == 1) {
            StepId only = steps.get(0);
            details.add(Label.ID, progress.fact(CloudFacts.ROLE_ASSIGNMENT_ID, only.machine()));
            origin = progress.origin(only, Origin.UNKNOWN);
        }
        return new Part(
                Kind.ROLE,
                request.role().azureName(),
                origin,
                State.of(steps.stream()
                        .map(step -> progress.state(step, CloudFacts.ROLE_ASSIGNMENT_ID))
                        .toList()),
                details.all(),
                // A role assignment has no page of its own; it is listed on what it is for.
                progress.fact(CloudFacts.REGISTRY, Optional.empty()),
                steps.stream().flatMap(step -> progress.problem(step).stream()).findFirst());
    }

    private Part registry() {
        Optional<String> id = progress.fact(CloudFacts.REGISTRY, Optional.empty());
        boolean create = request.registry().create();
        return new Part(
                Kind.REGISTRY,
                request.registry().name(),
                progress.origin(REGISTRY, create ? Origin.NEW : Origin.EXISTING),
                progress.state(REGISTRY, CloudFacts.REGISTRY),
                new Details()
                        .add(Label.GROUP, request.registryGroup())
                        .add(Label.REGION, create ? request.location() : "")
                        .add(
                                Label.LOGIN_SERVER,
                                reference().map(image -> image.substring(0, Math.max(0, image.indexOf('/')))))
                        .add(Label.ID, id)
                        .all(),
                id,
                progress.problem(REGISTRY));
    }

    private Part image(Optional<String> digest) {
        return new Part(
                Kind.IMAGE,
                request.image(),
                progress.origin(IMAGE, request.registry().imported().isPresent() ? Origin.UNKNOWN : Origin.EXISTING),
                progress.state(IMAGE, CloudFacts.IMAGE),
                new Details()
                        .add(Label.REFERENCE, reference())
                        .add(Label.DIGEST, digest)
                        .all(),
                progress.fact(CloudFacts.REGISTRY, Optional.empty()),
                progress.problem(IMAGE));
    }

    /** The image with its login server, once that is known. */
    private Optional<String> reference() {
        return progress.fact(CloudFacts.IMAGE, Optional.empty());
    }

    /** Details in order, without those that are not known. */
    private static final class Details {

        private final List<Detail> all = new ArrayList<>();

        Details add(Label label, String value) {
            if (!value.isEmpty()) {
                all.add(new Detail(label, value));
            }
            return this;
        }

        Details add(Label label, Optional<String> value) {
            value.ifPresent(known -> add(label, known));
            return this;
        }

        List<Detail> all() {
            return List.copyOf(all);
        }
    }
}
