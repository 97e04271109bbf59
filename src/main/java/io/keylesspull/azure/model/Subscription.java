package io.keylesspull.azure.model;

/** An Azure subscription. @param state Azure's word, such as {@code Enabled} */
public record Subscription(String id, String name, String tenantId, String state) {
}
