package io.keylesspull.azure.model;

/**
 * A virtual machine to make.
 *
 * @param size such as {@code Standard_B2s}
 * @param sshPublicKeyLine as in {@code authorized_keys}; passwords are switched off
 * @param network with a network interface that no machine uses
 */
public record NewMachine(
        String group,
        String name,
        String location,
        String size,
        ImageReference image,
        String adminUser,
        String sshPublicKeyLine,
        NetworkInfo network,
        MachineIdentity identity) {}
