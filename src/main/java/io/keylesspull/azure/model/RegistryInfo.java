package io.keylesspull.azure.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * A container registry that exists.
 *
 * @param loginServer its host name; it cannot be derived from the name
 * @param anonymousPull whether everybody may pull from it, without any sign-in
 * @param dataEndpoints host names from which it serves layers; empty: from Azure's storage
 */
public record RegistryInfo(
        String id,
        String name,
        String resourceGroup,
        String location,
        String loginServer,
        String sku,
        PermissionMode permissionMode,
        Network network,
        boolean anonymousPull,
        List<String> dataEndpoints) {

    public RegistryInfo {
        dataEndpoints = List.copyOf(dataEndpoints);
    }

    /** The id of its subscription. */
    public String subscription() {
        return id.split("/", 4)[2];
    }

    /**
     * The hosts from which a pull gets an image, all on port 443 ("Configure rules to access an Azure container
     * registry behind a firewall"). Layers come from the registry's own data endpoints, or else from storage accounts
     * whose names are not known beforehand.
     */
    public List<String> pullHosts(AzureCloud cloud) {
        return Stream.concat(
                        Stream.of(loginServer),
                        dataEndpoints.isEmpty() ? Stream.of("*.blob." + cloud.storageSuffix()) : dataEndpoints.stream())
                .toList();
    }

    /** The name of a registry by its login server: it has letters and digits alone, and a label's hash follows it. */
    public static String nameOf(String loginServer) {
        return loginServer.split("[-.]", 2)[0];
    }

    /** A tag in one of its repositories. @param digest of the manifest that it names */
    public record Tag(String name, String digest) {}

    /**
     * Which networks reach a registry's images. Importing an image needs none of this: the registry fetches it itself.
     *
     * @param addresses that its firewall lets in, each an address or a range in CIDR notation; they count for SELECTED
     * @param privateEndpoints the resource ids of those that are approved; may be of other subscriptions
     * @param trustedServices whether Azure's own services pass the firewall, an import among them
     */
    public record Network(
            Access access, List<String> addresses, List<String> privateEndpoints, boolean trustedServices) {

        /** The public network access, as the portal names it. */
        public enum Access {
            ALL,
            /** Only the addresses that its firewall lets in. */
            SELECTED,
            /** Only private endpoints. */
            NONE
        }

        /** Open to everybody. */
        public static final Network OPEN = new Network(Access.ALL, List.of(), List.of(), true);

        public Network {
            addresses = List.copyOf(addresses);
            privateEndpoints = List.copyOf(privateEndpoints);
        }

        /** Whether nobody reaches its images: no public access, and no private endpoint. */
        public boolean unreachable() {
            return access == Access.NONE && privateEndpoints.isEmpty();
        }

        /** Whether only private endpoints lead to it: it lets in no address at all. */
        public boolean endpointsOnly() {
            return access == Access.NONE || access == Access.SELECTED && addresses.isEmpty();
        }
    }
}
