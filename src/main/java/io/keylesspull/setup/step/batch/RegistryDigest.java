package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.setup.step.ImageReader;
import java.util.Optional;

/**
 * The digest of the image that all machines of a plan pull, asked of the registry once they have pulled: a few minutes
 * at most before the last proof.
 */
public final class RegistryDigest {

    private final AzureSubscription azure;
    private Optional<String> known = Optional.empty();

    public RegistryDigest(AzureSubscription azure) {
        this.azure = azure;
    }

    /**
     * Empty if the registry does not have the image.
     *
     * @param expected what a machine has: if the registry had another one, it is asked again
     */
    synchronized Optional<String> of(RegistryInfo registry, String image, String expected)
            throws AzureException, InterruptedException {
        if (known.isEmpty() || !known.get().equals(expected)) {
            known = ImageReader.ask(azure, registry, image);
        }
        return known;
    }
}
