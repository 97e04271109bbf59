package io.keylesspull.azure.model;

/**
 * A size of virtual machine in one location.
 *
 * @param family whose quota its cores count against, such as {@code standardBSFamily}
 * @param architecture {@code x64} or {@code Arm64}
 * @param generations of the virtual hardware that it can be, such as {@code V1,V2}
 * @param available whether this subscription can use it
 * @param reason why not; empty if it can
 */
public record SizeInfo(
        String name,
        String family,
        int vCpus,
        double memoryGb,
        String architecture,
        String generations,
        boolean available,
        String reason) {}
