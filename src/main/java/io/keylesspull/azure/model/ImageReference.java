package io.keylesspull.azure.model;

/** An image in Azure's marketplace. @param version a version, or {@code latest} */
public record ImageReference(String publisher, String offer, String sku, String version) {

    /** As Azure's tools write it. */
    @Override
    public String toString() {
        return String.join(":", publisher, offer, sku, version);
    }
}
