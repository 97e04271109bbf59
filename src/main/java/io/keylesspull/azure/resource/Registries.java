package io.keylesspull.azure.resource;

import com.azure.resourcemanager.containerregistry.fluent.RegistriesClient;
import com.azure.resourcemanager.containerregistry.fluent.models.PrivateEndpointConnectionInner;
import com.azure.resourcemanager.containerregistry.fluent.models.RegistryInner;
import com.azure.resourcemanager.containerregistry.models.ConnectionStatus;
import com.azure.resourcemanager.containerregistry.models.DefaultAction;
import com.azure.resourcemanager.containerregistry.models.ImportImageParameters;
import com.azure.resourcemanager.containerregistry.models.ImportMode;
import com.azure.resourcemanager.containerregistry.models.ImportSource;
import com.azure.resourcemanager.containerregistry.models.IpRule;
import com.azure.resourcemanager.containerregistry.models.NetworkRuleBypassOptions;
import com.azure.resourcemanager.containerregistry.models.NetworkRuleSet;
import com.azure.resourcemanager.containerregistry.models.PrivateEndpoint;
import com.azure.resourcemanager.containerregistry.models.PublicNetworkAccess;
import com.azure.resourcemanager.containerregistry.models.RegistryNameCheckRequest;
import com.azure.resourcemanager.containerregistry.models.RoleAssignmentMode;
import com.azure.resourcemanager.containerregistry.models.Sku;
import com.azure.resourcemanager.containerregistry.models.SkuName;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network;
import io.keylesspull.azure.model.RegistryInfo.Network.Access;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.paging.Pages;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The container registries of a subscription, as resources. For their contents see {@link RegistryImages}. */
public final class Registries {

    private static final String TYPE = "Microsoft.ContainerRegistry/registries";

    private static final Pattern TAG_EXISTS =
            Pattern.compile("\\btag \\S+ already exists in (the )?target registry", Pattern.CASE_INSENSITIVE);

    private final String subscription;
    private final RunMark mark;
    private final Supplier<RegistriesClient> client;

    Registries(String subscription, RunMark mark, Supplier<RegistriesClient> client) {
        this.subscription = subscription;
        this.mark = mark;
        this.client = client;
    }

    /** @throws AzureException NOT_FOUND also */
    RegistryInfo get(String group, String name) throws AzureException, InterruptedException {
        return info(SdkCall.get(() -> client.get().getByResourceGroupAsync(group, name)));
    }

    public Optional<RegistryInfo> find(String group, String name) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get().getByResourceGroupAsync(group, name))
                .map(Registries::info);
    }

    public Pages<RegistryInfo, AzureException> list() {
        return SdkCall.pages(() -> client.get().listAsync()).map(Registries::info);
    }

    /** Whether a new registry can have the name, which must be unique in all of Azure. */
    public NameAvailability checkName(String name) throws AzureException, InterruptedException {
        var answer = SdkCall.get(
                () -> client.get().checkNameAvailabilityAsync(new RegistryNameCheckRequest().withName(name)));
        boolean available = Boolean.TRUE.equals(answer.nameAvailable());
        return new NameAvailability(available, available ? "" : SdkValues.orEmpty(answer.message()));
    }

    /**
     * Creates a registry without an admin user.
     *
     * @param sku Basic, Standard or Premium
     */
    public RegistryInfo create(
            String group, String name, String location, String sku, PermissionMode mode, ResourceListener listener)
            throws AzureException, InterruptedException {
        RegistryInner wanted = new RegistryInner()
                .withLocation(location)
                .withTags(mark.tags())
                .withAdminUserEnabled(false)
                .withRoleAssignmentMode(
                        mode == PermissionMode.ABAC
                                ? RoleAssignmentMode.ABAC_REPOSITORY_PERMISSIONS
                                : RoleAssignmentMode.LEGACY_REGISTRY_PERMISSIONS)
                .withSku(new Sku().withName(SkuName.fromString(sku)));
        listener.creating(ArmId.resource(subscription, group, TYPE, name));
        RegistryInfo made = info(SdkCall.get(() -> client.get().createAsync(group, name, wanted)));
        listener.created(made.id());
        return made;
    }

    /**
     * Imports an image into the registry and waits until that is done.
     *
     * @param sourceRegistry such as {@code mcr.microsoft.com}, read without a sign-in, or the resource id of another
     *     registry, read with the account's rights
     * @param sourceImage repository:tag or repository@digest there
     * @param target repository:tag here
     * @throws AzureException CONFLICT if the tag exists; it is not changed
     */
    public void importImage(RegistryInfo registry, String sourceRegistry, String sourceImage, String target)
            throws AzureException, InterruptedException {
        ImportSource source = new ImportSource().withSourceImage(sourceImage);
        ImportImageParameters wanted = new ImportImageParameters()
                .withMode(ImportMode.NO_FORCE)
                .withSource(
                        sourceRegistry.startsWith("/")
                                ? source.withResourceId(sourceRegistry)
                                : source.withRegistryUri(sourceRegistry))
                .withTargetTags(List.of(target));
        try {
            SdkCall.optional(() -> client.get().importImageAsync(registry.resourceGroup(), registry.name(), wanted));
        } catch (AzureException e) {
            throw saysThatTagExists(e) ? new AzureException(Kind.CONFLICT, e.code(), e.status(), e.getMessage(), e) : e;
        }
    }

    /** By the message: the code was seen to differ (Azure/azure-cli PR 10938, Azure/acr issue 632). */
    private static boolean saysThatTagExists(AzureException e) {
        return TAG_EXISTS.matcher(e.getMessage()).find();
    }

    private static RegistryInfo info(RegistryInner inner) {
        PermissionMode mode = RoleAssignmentMode.ABAC_REPOSITORY_PERMISSIONS.equals(inner.roleAssignmentMode())
                ? PermissionMode.ABAC
                : PermissionMode.LEGACY;
        return new RegistryInfo(
                inner.id(),
                inner.name(),
                ArmId.groupOf(inner.id()),
                inner.location(),
                inner.loginServer(),
                inner.sku() == null ? "" : SdkValues.orEmpty(inner.sku().name()),
                mode,
                network(inner),
                Boolean.TRUE.equals(inner.anonymousPullEnabled()),
                SdkValues.listOf(inner.dataEndpointHostNames()));
    }

    private static Network network(RegistryInner inner) {
        NetworkRuleSet rules = inner.networkRuleSet();
        boolean selected = rules != null && DefaultAction.DENY.equals(rules.defaultAction());
        return new Network(
                PublicNetworkAccess.DISABLED.equals(inner.publicNetworkAccess())
                        ? Access.NONE
                        : selected ? Access.SELECTED : Access.ALL,
                selected
                        ? SdkValues.listOf(rules.ipRules()).stream()
                                .map(IpRule::ipAddressOrRange)
                                .toList()
                        : List.of(),
                SdkValues.listOf(inner.privateEndpointConnections()).stream()
                        .filter(Registries::isApproved)
                        .flatMap(connection -> Optional.ofNullable(connection.privateEndpoint()).stream())
                        .map(PrivateEndpoint::id)
                        .toList(),
                !NetworkRuleBypassOptions.NONE.equals(inner.networkRuleBypassOptions()));
    }

    private static boolean isApproved(PrivateEndpointConnectionInner connection) {
        return connection.privateLinkServiceConnectionState() != null
                && ConnectionStatus.APPROVED.equals(
                        connection.privateLinkServiceConnectionState().status());
    }
}
