package io.keylesspull.azure.model;

import java.util.Optional;

/**
 * A virtual machine to make.
 *
 * @param size such as {@code Standard_B2s_v2}
 * @param network with a network interface that no machine uses
 */
public record NewMachine(
        String group,
        String name,
        String location,
        String size,
        Image image,
        Administrator administrator,
        NetworkInfo network,
        MachineIdentity identity) {

    /** @param plan empty if the image has none */
    public record Image(ImageReference reference, Optional<ImageReference.Plan> plan) {

        public static Image withoutPlan(ImageReference reference) {
            return new Image(reference, Optional.empty());
        }
    }

    /** Signs in with a key only: passwords are switched off. @param sshPublicKeyLine as in {@code authorized_keys} */
    public record Administrator(String user, String sshPublicKeyLine) {}
}
