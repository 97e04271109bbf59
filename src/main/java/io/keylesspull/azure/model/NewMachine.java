package io.keylesspull.azure.model;

import java.util.Optional;

/**
 * A virtual machine to make.
 *
 * @param size such as {@code Standard_B2s_v2}
 * @param sshPublicKeyLine as in {@code authorized_keys}; passwords are switched off
 * @param plan of the image; empty if it has none
 * @param network with a network interface that no machine uses
 */
public record NewMachine(
        String group,
        String name,
        String location,
        String size,
        ImageReference image,
        Optional<ImageReference.Plan> plan,
        String adminUser,
        String sshPublicKeyLine,
        NetworkInfo network,
        MachineIdentity identity) {

    /** From an image without a plan. */
    public NewMachine(
            String group,
            String name,
            String location,
            String size,
            ImageReference image,
            String adminUser,
            String sshPublicKeyLine,
            NetworkInfo network,
            MachineIdentity identity) {
        this(group, name, location, size, image, Optional.empty(), adminUser, sshPublicKeyLine, network, identity);
    }
}
