package io.keylesspull.practice.arm.scaleset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.Locations;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmPages;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code Microsoft.Compute/virtualMachineScaleSets} with Flexible orchestration. Sources: the REST reference of
 * "Virtual Machine Scale Sets", and Microsoft Learn, "Orchestration modes API comparison". An instance that leaves the
 * model's upgrade policy alone, as Manual does, keeps what it was made with.
 */
public final class ScaleSetType implements ResourceType {

    /** A little longer than its machines take. */
    private static final Duration CREATE = Duration.ofSeconds(60);

    private static final Duration UPDATE = Duration.ofSeconds(10);
    private static final Duration DELETE = Duration.ofSeconds(30);
    private static final String CAPACITY = "/sku/capacity";

    private final ArmContext context;
    private final ScaleSetModel model;
    private final Instances instances;

    /** @param types by lower-case type @param azure answers calls under the state's lock */
    public ScaleSetType(ArmContext context, Map<String, ResourceType> types, Function<ArmCall, CallResult> azure) {
        this.context = context;
        this.model = new ScaleSetModel(context);
        this.instances = new Instances(context, types, azure);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.SCALE_SET;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        if (existing.isPresent()) {
            return change(call, existing.get(), false);
        }
        ScaleSetRules.require(ResourceStore.nameOf(id), call.body());
        ObjectNode set = model.make(call, id, Locations.canonical(Json.location(call.body())));
        requireRoom(call, set, set.at(CAPACITY).asInt());
        Json.state(set, ProvisioningState.CREATING);
        context.store().put(set);
        try {
            return settle(call, set, set.at(CAPACITY).asInt(), false);
        } catch (ArmError refused) {
            context.remove(set);
            throw refused;
        }
    }

    @Override
    public List<ArmError> preflight(List<ArmCall> calls) {
        return calls.stream()
                .flatMap(call -> {
                    try {
                        String id = call.target().path();
                        ScaleSetRules.require(ResourceStore.nameOf(id), call.body());
                        // The identities may come with the same template.
                        ObjectNode body = call.body().deepCopy();
                        body.remove("identity");
                        ObjectNode set = model.make(
                                new ArmCall(call.method(), call.target(), call.query(), body, call.caller()),
                                id,
                                Locations.canonical(Json.location(body)));
                        return refusals(call, set, set.at(CAPACITY).asInt()).stream();
                    } catch (ArmError refused) {
                        return List.of(refused).stream();
                    }
                })
                .toList();
    }

    @Override
    public ArmReply patch(ArmCall call, ObjectNode set) {
        return change(call, set, true);
    }

    private ArmReply change(ArmCall call, ObjectNode set, boolean merge) {
        refuseWhileDeleting(set);
        JsonNode body = call.body();
        if (body.has("sku")) {
            ScaleSetRules.requireCapacity(
                    body, set.at("/properties/platformFaultDomainCount").asInt());
        }
        int more = body.at(CAPACITY).asInt(set.at(CAPACITY).asInt())
                - set.at(CAPACITY).asInt();
        requireRoom(call, set, more);
        model.identify(call, set, merge);
        ResourceEnvelope.tags(set, body);
        JsonNode custom = body.at("/properties/virtualMachineProfile/osProfile/customData");
        if (custom.isTextual()) {
            set.withObject("/properties/virtualMachineProfile/osProfile").set("customData", custom);
        }
        Json.text(body, "/sku/name").ifPresent(size -> set.withObject("/sku").put("name", size));
        if (set.has("sku")) {
            set.withObject("/sku").put("capacity", set.at(CAPACITY).asInt() + more);
        }
        Json.state(set, ProvisioningState.UPDATING);
        return settle(call, set, more, true);
    }

    /** Makes or removes instances, and begins the operation that ends when they are there or gone. */
    private ArmReply settle(ArmCall call, ObjectNode set, int more, boolean existed) {
        List<ArmError> refusals = more > 0 ? instances.add(call, set, more) : List.of();
        if (more < 0) {
            List<ObjectNode> all = instances.of(set);
            all.subList(Math.max(0, all.size() + more), all.size()).forEach(one -> instances.remove(call, one));
        }
        Duration takes = more > 0 || !existed ? CREATE : more < 0 ? DELETE : UPDATE;
        var operation = context.operations().begin(call, takes, () -> end(set, refusals));
        return context.operations()
                .put(call, operation, existed, view(set, call), OperationLinks.compute(Json.location(set)));
    }

    private void end(ObjectNode set, List<ArmError> refusals) {
        if (Json.isState(set, ProvisioningState.DELETING)) {
            return;
        }
        if (!refusals.isEmpty()) {
            Json.state(set, ProvisioningState.FAILED);
            throw refusals.get(0);
        }
        Optional<ObjectNode> failed = instances.failed(set);
        if (failed.isPresent()) {
            Json.state(set, ProvisioningState.FAILED);
            throw ArmError.conflict(
                    "VMScaleSetProvisioningError",
                    "The virtual machine '" + Json.name(failed.get()) + "' of the scale set '" + Json.name(set)
                            + "' could not be provisioned. See its instance view for details.");
        }
        Json.state(set, ProvisioningState.SUCCEEDED);
    }

    /** Size, image, zones and quota, before anything is made. */
    private void requireRoom(ArmCall call, ObjectNode set, int more) {
        refusals(call, set, more).stream().findFirst().ifPresent(refused -> {
            throw refused.code().equals("QuotaExceeded")
                    ? ArmError.conflict("OperationNotAllowed", String.valueOf(refused.getMessage()))
                    : refused;
        });
    }

    private List<ArmError> refusals(ArmCall call, ObjectNode set, int more) {
        if (more <= 0 || !set.at("/properties/virtualMachineProfile").isObject()) {
            return List.of();
        }
        ArmCall machine = new ArmCall(
                call.method(), call.target(), call.query(), instances.machine(set, List.of(), ""), call.caller());
        return instances.preflight(Collections.nCopies(more, machine));
    }

    /** With or without {@code forceDeletion}, which only makes it faster in Azure. */
    @Override
    public ArmReply delete(ArmCall call, ObjectNode set) {
        if (!Json.isState(set, ProvisioningState.DELETING)) {
            Json.state(set, ProvisioningState.DELETING);
            instances.of(set).forEach(one -> instances.remove(call, one));
        }
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, DELETE, () -> drop(set)),
                        OperationLinks.compute(Json.location(set)));
    }

    @Override
    public void drop(ObjectNode set) {
        if (context.store().find(Json.id(set)).orElse(null) == set) {
            instances.of(set).forEach(instances::drop);
            context.remove(set);
        }
    }

    @Override
    public ObjectNode view(ObjectNode set, ArmCall call) {
        return ScaleSetModel.shown(set);
    }

    @Override
    public CallResult below(ArmCall call, ObjectNode set) {
        String what = call.method() + " " + call.target().part(2).toLowerCase(Locale.ROOT);
        return switch (what) {
            case "GET virtualmachines" ->
                call.target().part(3).isEmpty()
                        ? ArmPages.of(call, instances.of(set), machine -> listed(machine))
                        : ArmReply.ok(listed(instance(call, set, call.target().part(3))));
            case "POST delete" ->
                delete(
                        call,
                        set,
                        Json.items(call.body().path("instanceIds"))
                                .map(name -> instance(call, set, name.asText()))
                                .toList());
            default ->
                throw ArmError.conflict(
                        "OperationNotAllowed",
                        "The operation '" + call.target().part(2) + "' is not supported on the scale set '"
                                + Json.name(set)
                                + "' with Flexible orchestration mode. Use the virtual machine's own instead.");
        };
    }

    private ArmReply delete(ArmCall call, ObjectNode set, List<ObjectNode> some) {
        refuseWhileDeleting(set);
        some.forEach(one -> instances.remove(call, one));
        set.withObject("/sku").put("capacity", Math.max(0, set.at(CAPACITY).asInt() - some.size()));
        return context.operations()
                .accepted(
                        call,
                        context.operations().begin(call, DELETE, () -> {}),
                        OperationLinks.compute(Json.location(set)));
    }

    private ObjectNode instance(ArmCall call, ObjectNode set, String name) {
        return instances.of(set).stream()
                .filter(machine -> Json.name(machine).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> ArmError.resourceNotFound(
                        ResourceKind.SCALE_SET, Json.name(set) + "/virtualMachines/" + name, call.group()));
    }

    /** A Flexible instance's id is its name; its details are the machine's own. Its tags are not shown here. */
    private static ObjectNode listed(ObjectNode machine) {
        ObjectNode listed = Json.object()
                .put("name", Json.name(machine))
                .put("id", Json.id(machine))
                .put("type", ResourceKind.MACHINE.type())
                .put("location", Json.location(machine))
                .put("instanceId", Json.name(machine));
        listed.putObject("properties").put("latestModelApplied", true);
        return listed;
    }

    private static void refuseWhileDeleting(ObjectNode set) {
        if (Json.isState(set, ProvisioningState.DELETING)) {
            throw ArmError.conflict(
                    "OperationNotAllowed",
                    "Operation is not allowed on the scale set '" + Json.name(set)
                            + "' since it is marked for deletion.");
        }
    }
}
