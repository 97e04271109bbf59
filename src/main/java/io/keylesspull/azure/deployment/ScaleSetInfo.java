package io.keylesspull.azure.deployment;

/**
 * A virtual machine scale set that exists.
 *
 * @param size of its instances, such as {@code Standard_B2s_v2}
 * @param capacity how many instances it is to have
 * @param flexible whether its instances are machines of their own
 */
public record ScaleSetInfo(
        String id, String name, String resourceGroup, String location, String size, long capacity, boolean flexible) {}
