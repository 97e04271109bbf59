package io.keylesspull.azure.model;

import java.util.Optional;

/** An image in Azure's marketplace. @param version a version, or {@code latest} */
public record ImageReference(String publisher, String offer, String sku, String version) {

    /**
     * What is known of one that exists.
     *
     * @param architecture {@code x64} or {@code Arm64}
     * @param generation of the virtual hardware that it starts on, {@code V1} or {@code V2}
     * @param plan that has to be bought with it, at no price or at one; empty for most
     */
    public record Details(String architecture, String generation, boolean linux, Optional<Plan> plan) {}

    /** @param product the offer, as a rule @param name the SKU, as a rule */
    public record Plan(String publisher, String product, String name) {}

    /** As Azure's tools write it. */
    @Override
    public String toString() {
        return String.join(":", publisher, offer, sku, version);
    }
}
