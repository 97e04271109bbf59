package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceEnvelope;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Optional;

/**
 * {@code Microsoft.Compute/sshPublicKeys}, created and deleted at once: {@code az vm create --ssh-key-name} makes one.
 * Source: the REST reference of "Ssh Public Keys".
 */
final class SshPublicKeyType implements ResourceType {

    private final ArmContext context;

    SshPublicKeyType(ArmContext context) {
        this.context = context;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.SSH_KEY;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode key = existing.orElseGet(() -> ResourceEnvelope.make(kind(), id, Json.location(call.body())));
        ResourceEnvelope.tags(key, call.body());
        ObjectNode properties = Json.properties(key);
        Json.text(call.body(), "/properties/publicKey").ifPresent(line -> properties.put("publicKey", line));
        context.store().put(key);
        return ArmReply.put(existing.isPresent(), key.deepCopy());
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        drop(existing);
        return ArmReply.ok();
    }

    @Override
    public void drop(ObjectNode existing) {
        context.remove(existing);
    }
}
