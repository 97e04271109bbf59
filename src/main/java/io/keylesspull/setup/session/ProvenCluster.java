package io.keylesspull.setup.session;

import java.util.List;

/**
 * A cluster on which a pull was proven.
 *
 * @param name with its resource group where something else of the run has the same name
 * @param image what was pulled, such as {@code contoso.azurecr.io/aci-helloworld:v1}
 * @param digest the same in each of the node pools and in the registry
 * @param pools the Linux node pools, each of which pulled
 */
public record ProvenCluster(String name, String image, String digest, List<String> pools) {

    public ProvenCluster {
        pools = List.copyOf(pools);
    }
}
