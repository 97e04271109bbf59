package io.keylesspull.practice.arm;

import java.util.List;

/** What one resource provider brings to the control plane. */
interface Provider {

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
