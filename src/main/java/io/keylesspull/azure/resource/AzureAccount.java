package io.keylesspull.azure.resource;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluent.models.SubscriptionInner;
import com.azure.resourcemanager.resources.fluent.models.TenantIdDescriptionInner;
import io.keylesspull.azure.http.Clouds;
import io.keylesspull.azure.http.FreshToken;
import io.keylesspull.azure.http.Pipelines;
import io.keylesspull.azure.http.RetryBudget;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.http.TokenClaims;
import io.keylesspull.azure.model.Account;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.azure.model.Waiting;
import io.keylesspull.azure.price.RetailPrices;
import io.keylesspull.azure.publicimage.PublicImages;
import io.keylesspull.paging.Pages;
import io.keylesspull.text.Text;
import io.keylesspull.time.Once;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A signed-in account. Methods that throw {@link AzureException} block until Azure has responded. */
public final class AzureAccount {

    /** The kinds that are reported as they are. Every other error of a sign-in becomes NOT_SIGNED_IN. */
    private static final Set<Kind> SIGN_IN_ERRORS =
            Set.of(Kind.UNREACHABLE, Kind.UNAVAILABLE, Kind.NOT_SIGNED_IN, Kind.NO_BROWSER);

    private final Account account;
    private final AzureCloud cloud;
    private final TokenCredential credential;
    private final Pipelines pipelines;
    private final Optional<Text> notice;
    private final FreshToken token;
    private final Supplier<ResourceManager.Authenticated> resources;

    private AzureAccount(
            Account account, AzureCloud cloud, TokenCredential credential, Pipelines pipelines, Optional<Text> notice) {
        this.account = account;
        this.cloud = cloud;
        this.credential = credential;
        this.pipelines = pipelines;
        this.notice = notice;
        this.token = pipelines.token(credential, cloud);
        this.resources = new Once<>(() -> ResourceManager.authenticate(
                pipeline(waiting -> {}), new AzureProfile(account.tenantId(), null, Clouds.environment(cloud))));
    }

    /**
     * Signs in by getting a first token, which may prompt.
     *
     * @param tenant used if the token names none
     * @param notice asked after the sign-in
     */
    public static AzureAccount signIn(
            TokenCredential credential,
            Optional<String> tenant,
            AzureCloud cloud,
            Pipelines pipelines,
            Supplier<Optional<Text>> notice)
            throws AzureException, InterruptedException {
        AccessToken token;
        try {
            token = SdkCall.get(() -> credential.getToken(new TokenRequestContext().addScopes(Clouds.scope(cloud))));
        } catch (AzureException e) {
            throw SIGN_IN_ERRORS.contains(e.kind())
                    ? e
                    : new AzureException(Kind.NOT_SIGNED_IN, e.code(), e.status(), e.getMessage(), e);
        }
        return new AzureAccount(
                TokenClaims.account(token.getToken(), tenant), cloud, credential, pipelines, notice.get());
    }

    /** Loads the SDK's classes for later; sends no request. */
    public static void prepare(TokenCredential credential, Pipelines pipelines) {
        Objects.requireNonNull(
                new AzureAccount(new Account("", "", ""), AzureCloud.PUBLIC, credential, pipelines, Optional.empty())
                        .resources.get());
    }

    public Account account() {
        return account;
    }

    /** A remark for the administrator, such as that the sign-in will not be remembered. */
    public Optional<Text> notice() {
        return notice;
    }

    /** The directories that the account is in. */
    public List<Tenant> tenants() throws AzureException, InterruptedException {
        return SdkCall.list(() -> resources.get().tenants().listAsync()).stream()
                .map(tenant -> tenant(tenant.innerModel()))
                .toList();
    }

    /**
     * The directories that the account is in besides the one that it signed in to, with their domains, by which a setup
     * file names them; empty if there are none.
     */
    public String otherDirectories() throws AzureException, InterruptedException {
        return tenants().stream()
                .filter(tenant -> !tenant.id().equalsIgnoreCase(account.tenantId()))
                .map(tenant -> tenant.name() + " (" + (tenant.domain().isEmpty() ? tenant.id() : tenant.domain()) + ")")
                .collect(Collectors.joining(", "));
    }

    /** The subscriptions of the directory that was signed in to. */
    public Pages<Subscription, AzureException> subscriptions() {
        return SdkCall.pages(() -> resources.get().subscriptions().listAsync())
                .map(subscription -> subscription(subscription.innerModel()));
    }

    /** @param id of a subscription; not looked up */
    public AzureSubscription subscription(String id) {
        return new AzureSubscription(id, this, RunMark.none(), waiting -> {});
    }

    AzureCloud cloud() {
        return cloud;
    }

    HttpPipeline pipeline(Consumer<Waiting> listener) {
        return pipelines.controlPlane(token, listener);
    }

    /** A token for something else than the control plane. @param scope such as {@code https://…/.default} */
    String token(String scope) throws AzureException, InterruptedException {
        return SdkCall.get(() -> credential.getToken(new TokenRequestContext().addScopes(scope)))
                .getToken();
    }

    RegistryImages images(RetryBudget budget, Consumer<Waiting> listener) {
        return new RegistryImages(pipelines.client(), credential, pipelines.retries(budget, listener));
    }

    /** Azure's list prices, which need no account. */
    public RetailPrices retailPrices() {
        return new RetailPrices(pipelines.client());
    }

    PublicImages publicImages() {
        return new PublicImages(pipelines.client());
    }

    private static Tenant tenant(TenantIdDescriptionInner inner) {
        String name = SdkValues.orEmpty(inner.displayName());
        return new Tenant(
                inner.tenantId(), name.isEmpty() ? inner.tenantId() : name, SdkValues.orEmpty(inner.defaultDomain()));
    }

    private static Subscription subscription(SubscriptionInner inner) {
        return new Subscription(
                inner.subscriptionId(),
                SdkValues.orEmpty(inner.displayName()),
                SdkValues.orEmpty(inner.tenantId()),
                SdkValues.orEmpty(inner.state()));
    }
}
