package io.keylesspull.setup.template;

import io.keylesspull.azure.model.ImageReference;
import java.util.Optional;

/** One thing in Azure that a setup makes or uses. Those that exist are only referred to. */
public sealed interface Part {

    /** The resource group that it is in. */
    String group();

    /** Whether it was there before, and is not declared anew. */
    boolean exists();

    /** The resource group of what is new. @param command that makes it by the Azure CLI */
    record Group(String group, boolean exists, String command) implements Part {}

    /**
     * The container registry.
     *
     * @param sku Basic, Standard or Premium
     * @param abac whether roles can be limited to repositories: Azure's {@code AbacRepositoryPermissions}
     * @param image the image to pull, {@code repository:tag} or {@code repository@digest}
     */
    record Registry(String name, String group, boolean exists, String sku, boolean abac, String image)
            implements Part {}

    /** The user-assigned identity that machines share. */
    record Identity(String name, String group, boolean exists) implements Part {}

    /**
     * A role on the registry.
     *
     * @param group the registry's
     * @param exists whether the principal has it already
     * @param role its name and the GUID of its definition
     * @param condition in Azure's language, version 2.0; empty for none
     * @param command that grants it by the Azure CLI
     */
    record Grant(String group, boolean exists, Principal to, Role role, String condition, String command)
            implements Part {}

    /** @param id the GUID of the definition, the same in every directory */
    record Role(String name, String id) {}

    /** Who gets a role. */
    sealed interface Principal {

        /** The user-assigned identity that machines share. */
        record Shared() implements Principal {}

        /** The system-assigned identity of a machine. */
        record OwnOf(String machine, String group) implements Principal {}

        /** The identity with which the nodes of a cluster pull. */
        record KubeletOf(String cluster, String group) implements Principal {}
    }

    /** What a new machine or scale set needs of the network. @param machine whose it is: its name */
    record Network(String machine, String group, Kind kind) implements Part {

        @Override
        public boolean exists() {
            return false;
        }

        /** The subnet of a scale set: 4,091 addresses beside Azure's own. */
        public static final String OF_SCALE_SET = "10.0.0.0/20";

        /** How machines get in and out of it. */
        public sealed interface Kind {}

        /**
         * A network of its own with a public address.
         *
         * @param sshFrom in CIDR notation; empty: nobody, or whoever deploys has to say it
         * @param needsSsh whether port 22 has to be reached
         */
        public record PublicAddress(Optional<String> sshFrom, boolean needsSsh) implements Kind {}

        /** A network of its own without a public address, out of which a NAT gateway leads. */
        public record BehindGateway() implements Kind {}

        /**
         * A network of its own for as many instances as a scale set can have, without public addresses and without a
         * way in, out of which a NAT gateway leads. It has no interface: each instance gets one.
         */
        public record OfScaleSet() implements Kind {}

        /** In a subnet that exists. @param id its resource id */
        public record InSubnet(String id) implements Kind {}
    }

    /**
     * A virtual machine.
     *
     * @param label what the setup calls it
     * @param made what it is made with; empty if it exists
     */
    record Machine(String label, String name, String group, Optional<NewMachine> made) implements Part {

        @Override
        public boolean exists() {
            return made.isEmpty();
        }
    }

    /**
     * What a new machine is made with.
     *
     * @param size empty: whoever deploys has to say it
     * @param image the system
     * @param publicKey a line as in {@code authorized_keys}; empty: whoever deploys has to give one
     * @param sharedIdentity whether it gets the identity that machines share; false: one of its own
     */
    record NewMachine(
            Optional<String> size,
            ImageReference image,
            String adminUser,
            Optional<String> publicKey,
            boolean sharedIdentity) {}

    /**
     * A new scale set with flexible orchestration, whose instances have the identity that machines share.
     *
     * @param label what the setup calls it
     * @param instances how many
     */
    record ScaleSet(String label, String name, String group, int instances, NewMachine made) implements Part {

        @Override
        public boolean exists() {
            return false;
        }
    }

    /** An AKS cluster, which exists. */
    record Cluster(String name, String group) implements Part {

        @Override
        public boolean exists() {
            return true;
        }
    }
}
