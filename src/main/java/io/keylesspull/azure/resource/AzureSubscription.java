package io.keylesspull.azure.resource;

import com.azure.core.http.HttpPipeline;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.containerregistry.ContainerRegistryManager;
import com.azure.resourcemanager.containerservice.ContainerServiceManager;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.network.NetworkManager;
import com.azure.resourcemanager.resources.ResourceManager;
import io.keylesspull.azure.cluster.Clusters;
import io.keylesspull.azure.deployment.Deployments;
import io.keylesspull.azure.deployment.ScaleSets;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.http.Clouds;
import io.keylesspull.azure.http.RetryBudget;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Waiting;
import io.keylesspull.azure.publicimage.PublicImages;
import io.keylesspull.time.Once;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The resources of one subscription, one class per kind. Nothing is loaded or sent before a method of one of these
 * classes is called. Those methods block until Azure has responded; an interrupt ends them with an
 * {@link InterruptedException}.
 */
public final class AzureSubscription {

    private final String id;
    private final AzureAccount account;
    private final RunMark mark;
    private final HttpPipeline pipeline;
    private final Consumer<Waiting> listener;
    private final Supplier<ResourceManager> resources;
    private final Supplier<ContainerRegistryManager> containerRegistry;
    private final Supplier<MsiManager> msi;
    private final Supplier<AuthorizationManager> authorization;
    private final Supplier<NetworkManager> network;
    private final Supplier<ComputeManager> compute;
    private final Supplier<ContainerServiceManager> containerService;
    private final Permissions permissions;

    AzureSubscription(String id, AzureAccount account, RunMark mark, Consumer<Waiting> listener) {
        this.id = id;
        this.account = account;
        this.mark = mark;
        this.listener = listener;
        this.pipeline = account.pipeline(listener);
        AzureProfile profile = new AzureProfile(account.account().tenantId(), id, Clouds.environment(account.cloud()));
        this.resources =
                new Once<>(() -> ResourceManager.authenticate(pipeline, profile).withSubscription(id));
        this.containerRegistry = new Once<>(() -> ContainerRegistryManager.authenticate(pipeline, profile));
        this.msi = new Once<>(() -> MsiManager.authenticate(pipeline, profile));
        this.authorization = new Once<>(() -> AuthorizationManager.authenticate(pipeline, profile));
        this.network = new Once<>(() -> NetworkManager.authenticate(pipeline, profile));
        this.compute = new Once<>(() -> ComputeManager.authenticate(pipeline, profile));
        this.containerService = new Once<>(() -> ContainerServiceManager.authenticate(pipeline, profile));
        this.permissions = new Permissions(reads());
    }

    public String id() {
        return id;
    }

    /** As {@link AzureAccount#otherDirectories}. */
    public String otherDirectories() throws AzureException, InterruptedException {
        return account.otherDirectories();
    }

    /** The object id of the signed-in account in its directory, or its name; empty if neither is known. */
    public String caller() {
        return account.account().objectId().isEmpty()
                ? account.account().name()
                : account.account().objectId();
    }

    /** The id of the directory that was signed in to, which is the subscription's. */
    public String tenantId() {
        return account.account().tenantId();
    }

    /**
     * The same subscription for a run: what is created gets the run's mark, and retries last longer.
     *
     * @param run the run's id
     */
    public AzureSubscription markedFor(String run) {
        return new AzureSubscription(id, account, RunMark.of(run), listener);
    }

    /** The id of the run whose mark new resources get; empty if they get none. */
    public Optional<String> run() {
        return mark.run();
    }

    /** What new resources get, for those that Azure makes from a template. */
    public RunMark mark() {
        return mark;
    }

    public Resources resources() {
        return new Resources(() -> resources.get().serviceClient(), reads());
    }

    /**
     * The same subscription with a listener for the waits of its requests. Takes a few milliseconds.
     *
     * @param listener called on another thread before each wait for a retry
     */
    public AzureSubscription withWaitListener(Consumer<Waiting> listener) {
        return new AzureSubscription(id, account, mark, listener);
    }

    public ResourceGroups resourceGroups() {
        return new ResourceGroups(
                id, mark, () -> resources.get().serviceClient().getResourceGroups());
    }

    public Registries registries() {
        return new Registries(
                id, mark, () -> containerRegistry.get().serviceClient().getRegistries());
    }

    /**
     * A registry of this subscription or of another one in the directory.
     *
     * @param id its resource id
     * @throws AzureException NOT_FOUND also; the code says whether the subscription, the group or the registry is
     *     missing
     */
    public RegistryInfo registry(String id) throws AzureException, InterruptedException {
        return new AzureSubscription(ArmId.subscriptionOf(id), account, mark, listener)
                .registries()
                .get(ArmId.groupOf(id), ArmId.name(id));
    }

    /** The other subscriptions that the account sees in the directory. */
    public List<Subscription> others() throws AzureException, InterruptedException {
        return account.subscriptions().all().stream()
                .filter(other -> !other.id().equalsIgnoreCase(id))
                .toList();
    }

    /** Another subscription, without a mark. @param other one of {@link #others} */
    public AzureSubscription other(Subscription other) {
        return new AzureSubscription(other.id(), account, RunMark.none(), listener);
    }

    /** Images that everybody may read, wherever they are. */
    public PublicImages publicImages() {
        return account.publicImages();
    }

    public RegistryImages images() {
        return account.images(
                mark.run().isPresent() ? RetryBudget.OF_A_RUN_IN_A_REGISTRY : RetryBudget.OF_A_PERSON, listener);
    }

    /** What Azure Policy would refuse. */
    public Policies policies() {
        return new Policies(id, reads());
    }

    public Identities identities() {
        return new Identities(id, mark, () -> msi.get().serviceClient().getUserAssignedIdentities());
    }

    public RoleAssignments roleAssignments() {
        return new RoleAssignments(
                id, mark, () -> authorization.get().roleServiceClient().getRoleAssignments());
    }

    public Networks networks() {
        return new Networks(id, mark, () -> network.get().serviceClient(), reads());
    }

    public VirtualMachines machines() {
        return new VirtualMachines(
                id,
                mark,
                () -> compute.get().serviceClient().getVirtualMachines(),
                new MachineAddresses(() -> network.get().serviceClient()));
    }

    public ManagedRunCommands runCommands() {
        return new ManagedRunCommands(mark, () -> compute.get().serviceClient().getVirtualMachineRunCommands());
    }

    /** Templates that Azure deploys. */
    public Deployments deployments() {
        return new Deployments(id, mark.tags(), () -> resources.get().deploymentClient(), reads());
    }

    public ScaleSets scaleSets() {
        return new ScaleSets(() -> compute.get().serviceClient());
    }

    public Clusters clusters() {
        return new Clusters(
                () -> containerService.get().serviceClient().getManagedClusters(),
                () -> account.token(Clusters.API_SERVER_SCOPE),
                tenantId());
    }

    public Regions regions() {
        return new Regions(
                id,
                () -> resources.get().subscriptionClient().getSubscriptions(),
                () -> compute.get().serviceClient(),
                () -> network.get().serviceClient(),
                reads());
    }

    public Providers providers() {
        return new Providers(() -> resources.get().serviceClient().getProviders());
    }

    /** As they are when each is first asked for by this object: take a new one to look again. */
    public Permissions permissions() {
        return permissions;
    }

    private ArmReads reads() {
        return new ArmReads(pipeline, Clouds.resourceManager(account.cloud()));
    }
}
