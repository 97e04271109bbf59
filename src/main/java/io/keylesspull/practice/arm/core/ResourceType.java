package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import io.keylesspull.practice.arm.protocol.Kind;
import io.keylesspull.practice.arm.protocol.Reply;
import java.util.Optional;

/** The rules of one type of resource. Where it lives, who may, and what is missing has been looked after before. */
public interface ResourceType {

    Kind kind();

    /**
     * Makes or replaces.
     *
     * @param id       as it will be shown
     * @param existing what is there, of the same location
     */
    Reply put(Call call, String id, Optional<ObjectNode> existing);

    default Reply patch(Call call, ObjectNode existing) {
        throw AzureError.methodNotAllowed("PATCH");
    }

    Reply delete(Call call, ObjectNode existing);

    /** Takes it away at once with all that hangs on it, as when its group goes. */
    void drop(ObjectNode existing);

    /** How it is shown: a copy with what follows from other resources. */
    default ObjectNode view(ObjectNode resource, Call call) {
        return resource.deepCopy();
    }

    /** Whatever lies below a resource: its children and its actions. */
    default Answer below(Call call, ObjectNode existing) {
        throw AzureError.notFound("'" + call.target().path() + "'");
    }
}
