package io.keylesspull.azure.model;

/** An Azure subscription. @param state as Azure names it, such as {@code Enabled} */
public record Subscription(String id, String name, String tenantId, String state) {}
