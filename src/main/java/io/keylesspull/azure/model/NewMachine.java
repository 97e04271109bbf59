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

    /**
     * What each new machine boots from: without a type Azure takes one by the machine's size, and nobody can tell what
     * it costs. Every size takes a standard SSD; one of up to 32 GiB costs what one of 32 costs, and Ubuntu's images
     * have 30. Source: learn.microsoft.com/azure/virtual-machines/disks-types ("Standard SSDs").
     */
    public static final Disk DISK = new Disk("StandardSSD_LRS", 32);

    /** @param type Azure's name, a {@code storageAccountType} @param gibibytes its size */
    public record Disk(String type, int gibibytes) {}

    /** @param plan empty if the image has none */
    public record Image(ImageReference reference, Optional<ImageReference.Plan> plan) {

        public static Image withoutPlan(ImageReference reference) {
            return new Image(reference, Optional.empty());
        }
    }

    /** Signs in with a key only: passwords are switched off. @param sshPublicKeyLine as in {@code authorized_keys} */
    public record Administrator(String user, String sshPublicKeyLine) {}
}
