package io.keylesspull.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpPipeline;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluent.models.SubscriptionInner;
import com.azure.resourcemanager.resources.fluent.models.TenantIdDescriptionInner;
import io.keylesspull.azure.AzureException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An administrator who is signed in. Methods that throw {@link AzureException} block until Azure has answered. */
public final class AzureAccount {

    private final Account account;
    private final AzureCloud cloud;
    private final TokenCredential credential;
    private final Pipelines pipelines;
    private final FreshToken token;
    private final Supplier<ResourceManager.Authenticated> resources;

    private AzureAccount(Account account, AzureCloud cloud, TokenCredential credential, Pipelines pipelines) {
        this.account = account;
        this.cloud = cloud;
        this.credential = credential;
        this.pipelines = pipelines;
        this.token = pipelines.token(credential, cloud);
        this.resources = new Once<>(() -> ResourceManager.authenticate(pipeline(waiting -> { }),
                new AzureProfile(account.tenantId(), null, Clouds.environment(cloud))));
    }

    /**
     * Signs in. One prompt covers everything that is asked of Azure later.
     *
     * @param tenant   a directory's id or domain; empty for the account's home
     * @param prompt   told the code to show when the method is device code; called on another thread
     * @param executor where waiting happens, for the sign-in and later; must not be bounded
     * @throws AzureException NOT_SIGNED_IN where it is refused or given up, or the method cannot be used here
     */
    public static AzureAccount signIn(SignInMethod method, Optional<String> tenant, AzureCloud cloud,
                                      Transport transport, Consumer<DeviceCode> prompt, ExecutorService executor)
            throws AzureException, InterruptedException {
        Pipelines pipelines = transport.pipelines(executor);
        TokenCredential credential = new Credentials(cloud, tenant, pipelines, executor).of(method, prompt);
        return signIn(new OnePrompt(credential), tenant, cloud, pipelines);
    }

    static AzureAccount signIn(TokenCredential credential, Optional<String> tenant, AzureCloud cloud,
                               Pipelines pipelines) throws AzureException, InterruptedException {
        AccessToken token;
        try {
            token = Call.get(() -> credential.getToken(
                    new TokenRequestContext().addScopes(Clouds.scope(cloud))));
        } catch (AzureException e) {
            throw e.kind() == Kind.UNREACHABLE || e.kind() == Kind.NOT_SIGNED_IN ? e
                    : new AzureException(Kind.NOT_SIGNED_IN, e.code(), e.status(), e.getMessage(), e);
        }
        return new AzureAccount(TokenClaims.account(token.getToken(), tenant), cloud, credential, pipelines);
    }

    public Account account() {
        return account;
    }

    /** The directories the account is in. */
    public List<Tenant> tenants() throws AzureException, InterruptedException {
        return Call.list(() -> resources.get().tenants().listAsync()).stream()
                .map(tenant -> tenant(tenant.innerModel())).toList();
    }

    /** The subscriptions that can be used, those of the directory that was signed in to. */
    public List<Subscription> subscriptions() throws AzureException, InterruptedException {
        return Call.list(() -> resources.get().subscriptions().listAsync()).stream()
                .map(subscription -> subscription(subscription.innerModel())).toList();
    }

    /** @param id of a subscription; not looked up */
    public AzureSubscription subscription(String id) {
        return new AzureSubscription(id, this, RunMark.none(), waiting -> { });
    }

    AzureCloud cloud() {
        return cloud;
    }

    HttpPipeline pipeline(Consumer<Waiting> listener) {
        return pipelines.controlPlane(token, listener);
    }

    RegistryImages images(Consumer<Waiting> listener) {
        return new RegistryImages(pipelines.client(), credential, pipelines.registries(listener));
    }

    private static Tenant tenant(TenantIdDescriptionInner inner) {
        String name = Texts.orEmpty(inner.displayName());
        return new Tenant(inner.tenantId(), name.isEmpty() ? inner.tenantId() : name,
                Texts.orEmpty(inner.defaultDomain()));
    }

    private static Subscription subscription(SubscriptionInner inner) {
        return new Subscription(inner.subscriptionId(), Texts.orEmpty(inner.displayName()),
                Texts.orEmpty(inner.tenantId()), Texts.orEmpty(inner.state()));
    }
}
