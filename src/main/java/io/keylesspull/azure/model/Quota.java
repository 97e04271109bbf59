package io.keylesspull.azure.model;

/**
 * How much of something a subscription may have in one location.
 *
 * @param name Azure's, such as {@code cores} or {@code standardBSFamily}
 * @param label as the Azure portal shows it
 * @param used how much there is
 * @param limit how much there may be
 */
public record Quota(String name, String label, long used, long limit) {}
