package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.AzureError;
import io.keylesspull.practice.arm.protocol.Call;
import java.util.List;

/** What one resource provider brings to the control plane. */
public interface Provider {

    /** Such as {@code Microsoft.Compute}. */
    String namespace();

    List<ResourceType> types();

    /**
     * Answers what is no resource of one of the types: {@code checkNameAvailability}, {@code skus},
     * {@code locations/…}. That the subscription is there has been looked after before; permission has not.
     */
    default Answer other(Call call) {
        throw AzureError.notFound("'" + call.target().path() + "'");
    }
}
