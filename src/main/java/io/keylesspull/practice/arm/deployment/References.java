package io.keylesspull.practice.arm.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.template.NotYet;

/** Looks resources up for the function {@code reference}. */
@FunctionalInterface
interface References {

    /** Before a deployment. */
    References NONE = (nameOrId, apiVersion, full) -> {
        throw new NotYet();
    };

    /** @see io.keylesspull.practice.arm.template.Surroundings#reference */
    JsonNode get(String nameOrId, String apiVersion, boolean full);
}
