package io.keylesspull.azure.resource;

import com.azure.resourcemanager.resources.fluent.ProvidersClient;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import java.util.function.Supplier;

/** The resource providers of a subscription. Resources of a provider can be created only if it is registered. */
public final class Providers {

    private final Supplier<ProvidersClient> client;

    Providers(Supplier<ProvidersClient> client) {
        this.client = client;
    }

    /** @param namespace such as {@code Microsoft.Compute} @return such as {@code Registered} */
    public String state(String namespace) throws AzureException, InterruptedException {
        return SdkValues.orEmpty(
                SdkCall.get(() -> client.get().getAsync(namespace)).registrationState());
    }

    /** Requests the registration and returns. It takes effect within minutes; {@link #state} says when. */
    public void register(String namespace) throws AzureException, InterruptedException {
        SdkCall.get(() -> client.get().registerAsync(namespace));
    }
}
