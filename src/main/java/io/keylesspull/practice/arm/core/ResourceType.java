package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Optional;

/** The rules of one type of resource. Where it lives, who may, and what is missing has been looked after before. */
public interface ResourceType {

    ResourceKind kind();

    /**
     * Makes or replaces.
     *
     * @param id       as it will be shown
     * @param existing what is there, of the same location
     */
    ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing);

    default ArmReply patch(ArmCall call, ObjectNode existing) {
        throw ArmError.methodNotAllowed("PATCH");
    }

    ArmReply delete(ArmCall call, ObjectNode existing);

    /** Takes it away at once with all that hangs on it, as when its group goes. */
    void drop(ObjectNode existing);

    /** How it is shown: a copy with what follows from other resources. */
    default ObjectNode view(ObjectNode resource, ArmCall call) {
        return resource.deepCopy();
    }

    /** Whatever lies below a resource: its children and its actions. */
    default CallResult below(ArmCall call, ObjectNode existing) {
        throw ArmError.notFound("'" + call.target().path() + "'");
    }
}
