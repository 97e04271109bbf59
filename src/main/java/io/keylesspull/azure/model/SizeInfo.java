package io.keylesspull.azure.model;

/**
 * A size of virtual machine in one location.
 *
 * @param family whose quota its cores count against, such as {@code standardBSFamily}
 * @param available whether this subscription can use it
 * @param reason why not; empty if it can
 */
public record SizeInfo(String name, String family, int vCpus, double memoryGb, boolean available, String reason) {}
