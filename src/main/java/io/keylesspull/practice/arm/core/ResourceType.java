package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules of one type of resource. Its location, the caller's permissions and whether it exists have been checked
 * before.
 */
public interface ResourceType {

    ResourceKind kind();

    /**
     * Creates or replaces.
     *
     * @param id in the spelling that will be shown
     * @param existing in the same location
     */
    ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing);

    /**
     * Why new resources cannot be made that a deployment is to make, as far as that can be told before the others are
     * there.
     *
     * @param calls of one subscription, each as {@link #put} will get it
     */
    default List<ArmError> preflight(List<ArmCall> calls) {
        return List.of();
    }

    /** Changes what the request names; of most types, only the tags can change. */
    default ArmReply patch(ArmCall call, ObjectNode existing) {
        ResourceEnvelope.tags(existing, call.body());
        return ArmReply.ok(view(existing, call));
    }

    ArmReply delete(ArmCall call, ObjectNode existing);

    /** Deletes it at once with everything that depends on it, as when its group is deleted. */
    void drop(ObjectNode existing);

    /** A copy as it is shown, with what follows from other resources. */
    default ObjectNode view(ObjectNode resource, ArmCall call) {
        return resource.deepCopy();
    }

    /**
     * Which ones a list shows, of all that the caller may read there.
     *
     * @throws ArmError for a list that Azure does not give
     */
    default Predicate<ObjectNode> listed(ArmCall call) {
        return any -> true;
    }

    /** Answers calls to its children and its actions. */
    default CallResult below(ArmCall call, ObjectNode existing) {
        throw ArmError.notFound("'" + call.target().path() + "'");
    }
}
