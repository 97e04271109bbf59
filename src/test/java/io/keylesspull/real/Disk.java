package io.keylesspull.real;

/**
 * What machines start from.
 *
 * @param layers what lies below their disks, by overlay's rules
 * @param azureCli the packages of the Azure CLI that fit it
 */
record Disk(String layers, AzureCliRepository azureCli) {}
