package io.keylesspull.azure.cluster;

import com.azure.resourcemanager.containerservice.fluent.ManagedClustersClient;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.containerservice.models.Code;
import com.azure.resourcemanager.containerservice.models.ManagedClusterAgentPoolProfile;
import com.azure.resourcemanager.containerservice.models.OSType;
import com.azure.resourcemanager.containerservice.models.PowerState;
import com.azure.resourcemanager.containerservice.models.RunCommandRequest;
import com.azure.resourcemanager.containerservice.models.UserAssignedIdentity;
import com.azure.resourcemanager.resources.fluentcore.arm.ResourceUtils;
import io.keylesspull.azure.cluster.ClusterInfo.KubeletIdentity;
import io.keylesspull.azure.cluster.ClusterInfo.NodePool;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.paging.Pages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The clusters of a subscription. Commands go through Azure, so that no way to a cluster's API server is needed.
 * Source: learn.microsoft.com/azure/aks/access-private-cluster ("AKS command invoke").
 */
public final class Clusters {

    /** The application that stands for the API servers of all clusters (github.com/Azure/kubelogin). */
    public static final String API_SERVER_SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";

    private static final String KUBELET = "kubeletidentity";
    private static final String NO_SERVICE_PRINCIPAL = "msi";

    /** Far longer than what is sent takes. Azure itself gives up if a command does not start within a minute. */
    private static final Duration COMMAND = Duration.ofMinutes(10);

    private final Supplier<ManagedClustersClient> client;
    private final ApiServerToken token;
    private final String tenantId;

    /** Gets a token for the API server of a cluster with Microsoft Entra ID. */
    @FunctionalInterface
    public interface ApiServerToken {
        String get() throws AzureException, InterruptedException;
    }

    /** @param tenantId the directory of the subscription */
    public Clusters(Supplier<ManagedClustersClient> client, ApiServerToken token, String tenantId) {
        this.client = client;
        this.token = token;
        this.tenantId = tenantId;
    }

    /**
     * How a command ended.
     *
     * @param output what was printed, at most 512 kB
     */
    public record Output(int exitStatus, String output) {

        public boolean ok() {
            return exitStatus == 0;
        }
    }

    public Optional<ClusterInfo> find(String group, String name) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get().getByResourceGroupAsync(group, name))
                .map(this::info);
    }

    public Pages<ClusterInfo, AzureException> list() {
        return SdkCall.pages(() -> client.get().listAsync()).map(this::info);
    }

    /**
     * Runs a command in a pod that Azure makes for it, in the namespace {@code aks-command}, and waits for its end.
     *
     * @param command for a shell, such as {@code kubectl apply -f pods.json}
     * @param files what the command finds in its working directory, by name
     * @throws AzureException of the kind OTHER if the command could not be run, with Azure's reason
     */
    public Output run(ClusterInfo cluster, String command, Map<String, String> files)
            throws AzureException, InterruptedException {
        RunCommandRequest request = new RunCommandRequest().withCommand(command).withContext(zipped(files));
        if (cluster.entra()) {
            request.withClusterToken(token.get());
        }
        RunCommandResultInner answer = SdkCall.get(SdkCall.within(
                COMMAND, () -> client.get().runCommandAsync(cluster.resourceGroup(), cluster.name(), request)));
        if (answer.exitCode() == null) {
            throw new AzureException(
                    Kind.OTHER,
                    "",
                    0,
                    "The command was not run in the cluster: " + SdkValues.orEmpty(answer.reason()),
                    null);
        }
        return new Output(answer.exitCode(), SdkValues.orEmpty(answer.logs()));
    }

    private static String zipped(Map<String, String> files) {
        if (files.isEmpty()) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private ClusterInfo info(ManagedClusterInner cluster) {
        boolean servicePrincipal = cluster.servicePrincipalProfile() != null
                && !NO_SERVICE_PRINCIPAL.equals(
                        cluster.servicePrincipalProfile().clientId());
        return new ClusterInfo(
                cluster.id(),
                cluster.name(),
                ResourceUtils.groupFromResourceId(cluster.id()),
                SdkValues.orEmpty(cluster.location()),
                SdkValues.orEmpty(
                        cluster.currentKubernetesVersion() == null
                                ? cluster.kubernetesVersion()
                                : cluster.currentKubernetesVersion()),
                isRunning(cluster.powerState()),
                kubelet(cluster),
                servicePrincipal,
                cluster.apiServerAccessProfile() == null
                        || !Boolean.TRUE.equals(cluster.apiServerAccessProfile().disableRunCommand()),
                Optional.ofNullable(cluster.identity())
                        .map(identity -> identity.tenantId())
                        .filter(tenant -> !tenant.equalsIgnoreCase(tenantId)),
                cluster.aadProfile() != null,
                SdkValues.listOf(cluster.agentPoolProfiles()).stream()
                        .map(Clusters::pool)
                        .toList());
    }

    private static boolean isRunning(PowerState state) {
        return state == null || !Code.STOPPED.equals(state.code());
    }

    private static Optional<KubeletIdentity> kubelet(ManagedClusterInner cluster) {
        UserAssignedIdentity identity = cluster.identityProfile() == null
                ? null
                : cluster.identityProfile().get(KUBELET);
        return identity == null || identity.objectId() == null
                ? Optional.empty()
                : Optional.of(new KubeletIdentity(SdkValues.orEmpty(identity.resourceId()), identity.objectId()));
    }

    private static NodePool pool(ManagedClusterAgentPoolProfile pool) {
        return new NodePool(
                pool.name(), !OSType.WINDOWS.equals(pool.osType()), Objects.requireNonNullElse(pool.count(), 0));
    }
}
