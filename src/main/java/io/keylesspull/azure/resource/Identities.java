package io.keylesspull.azure.resource;

import com.azure.resourcemanager.msi.fluent.UserAssignedIdentitiesClient;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.paging.Pages;
import java.util.Optional;
import java.util.function.Supplier;

/** The user-assigned managed identities of a subscription. */
public final class Identities {

    private static final String TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";

    private final String subscription;
    private final RunMark mark;
    private final Supplier<UserAssignedIdentitiesClient> client;

    Identities(String subscription, RunMark mark, Supplier<UserAssignedIdentitiesClient> client) {
        this.subscription = subscription;
        this.mark = mark;
        this.client = client;
    }

    public Optional<IdentityInfo> find(String group, String name) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get().getByResourceGroupAsync(group, name))
                .map(Identities::info);
    }

    public Pages<IdentityInfo, AzureException> list() {
        return SdkCall.pages(() -> client.get().listAsync()).map(Identities::info);
    }

    public IdentityInfo create(String group, String name, String location, ResourceListener listener)
            throws AzureException, InterruptedException {
        IdentityInner wanted = new IdentityInner();
        wanted.withLocation(location).withTags(mark.tags());
        String id = ArmId.resource(subscription, group, TYPE, name);
        listener.creating(id);
        IdentityInfo made = info(SdkCall.get(() -> client.get().createOrUpdateAsync(group, name, wanted)));
        // This service spells ids otherwise; what was begun and what was made is one resource.
        listener.created(id);
        return made;
    }

    private static IdentityInfo info(IdentityInner inner) {
        return new IdentityInfo(
                inner.id(),
                inner.name(),
                ArmId.groupOf(inner.id()),
                inner.location(),
                SdkValues.orEmpty(inner.principalId()),
                SdkValues.orEmpty(inner.clientId()),
                SdkValues.orEmpty(inner.tenantId()));
    }
}
