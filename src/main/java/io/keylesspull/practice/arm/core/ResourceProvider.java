package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.CallResult;
import java.util.List;

/** What one resource provider brings to the control plane. */
public interface ResourceProvider {

    /** Such as {@code Microsoft.Compute}. */
    String namespace();

    List<ResourceType> types();

    /**
     * Answers what is no resource of one of the types: {@code checkNameAvailability}, {@code skus},
     * {@code locations/…}. That the subscription is there has been looked after before; permission has not.
     */
    default CallResult other(ArmCall call) {
        throw ArmError.notFound("'" + call.target().path() + "'");
    }
}
