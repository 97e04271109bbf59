package io.keylesspull.azure.resource;

import com.azure.resourcemanager.resources.fluent.ResourceGroupsClient;
import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.paging.Pages;
import java.util.Optional;
import java.util.function.Supplier;

/** The resource groups of a subscription. */
public final class ResourceGroups {

    private final String subscription;
    private final RunMark mark;
    private final Supplier<ResourceGroupsClient> client;

    ResourceGroups(String subscription, RunMark mark, Supplier<ResourceGroupsClient> client) {
        this.subscription = subscription;
        this.mark = mark;
        this.client = client;
    }

    public Optional<ResourceGroupInfo> find(String name) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get().getAsync(name)).map(ResourceGroups::info);
    }

    public ResourceGroupInfo create(String name, String location, ResourceListener listener)
            throws AzureException, InterruptedException {
        listener.creating(ArmId.group(subscription, name));
        ResourceGroupInner wanted =
                new ResourceGroupInner().withLocation(location).withTags(mark.tags());
        ResourceGroupInfo made = info(SdkCall.get(() -> client.get().createOrUpdateAsync(name, wanted)));
        listener.created(made.id());
        return made;
    }

    public Pages<ResourceGroupInfo, AzureException> list() {
        return SdkCall.pages(() -> client.get().listAsync()).map(ResourceGroups::info);
    }

    private static ResourceGroupInfo info(ResourceGroupInner inner) {
        return new ResourceGroupInfo(inner.id(), inner.name(), inner.location());
    }
}
