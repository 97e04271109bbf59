package io.keylesspull.azure.resource;

import com.azure.resourcemanager.resources.fluent.ProvidersClient;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import java.util.function.Supplier;

/** The resource providers of a subscription: what is not registered there cannot be made. */
public final class Providers {

    private final Supplier<ProvidersClient> client;

    Providers(Supplier<ProvidersClient> client) {
        this.client = client;
    }

    /** @param namespace such as {@code Microsoft.Compute} @return such as {@code Registered} */
    public String state(String namespace) throws AzureException, InterruptedException {
        return SdkValues.orEmpty(SdkCall.get(() -> client.get().getAsync(namespace)).registrationState());
    }

    /** Asks for it and returns; it takes effect within minutes, as {@link #state} tells. */
    public void register(String namespace) throws AzureException, InterruptedException {
        SdkCall.get(() -> client.get().registerAsync(namespace));
    }
}
