package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.CallResult;
import java.util.List;

/** A resource provider: its namespace, resource types and other calls. */
public interface ResourceProvider {

    /** Such as {@code Microsoft.Compute}. */
    String namespace();

    List<ResourceType> types();

    /**
     * Answers calls that are not about resources of these types: {@code checkNameAvailability}, {@code skus},
     * {@code locations/…}. The subscription has been checked before; permissions have not.
     */
    default CallResult other(ArmCall call) {
        throw ArmError.notFound("'" + call.target().path() + "'");
    }
}
