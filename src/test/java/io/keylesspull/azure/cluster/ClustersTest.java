package io.keylesspull.azure.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.cluster.ClusterInfo.Hindrance;
import io.keylesspull.azure.cluster.ClusterInfo.NodePool;
import io.keylesspull.azure.cluster.Clusters.Output;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.time.Time;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the practice cloud, over the wire. */
@Timeout(60)
class ClustersTest {

    private static final String GROUP = "practiceClusters";
    private static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";

    private static ExecutorService executor;
    private static Faults faults;
    private static PracticeCloud cloud;
    private static AzureSubscription azure;

    @BeforeAll
    static void signIn() throws Exception {
        executor = Executors.newCachedThreadPool();
        faults = new Faults();
        cloud = faults.start(Pace.INSTANT, Time.system(), new Random(1));
        azure = new SignIns(
                        Transport.routed(cloud.route(), Time.system(), new Random(2)),
                        executor,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompt -> {})
                .subscription(cloud.subscriptionId());
    }

    @AfterAll
    static void close() {
        cloud.close();
        executor.shutdownNow();
    }

    @Test
    void clusterIsReadWithItsKubeletIdentityAndNodePools() throws Exception {
        ClusterInfo cluster = find("practiceCluster");

        assertThat(cluster.version()).isEqualTo("1.33.5");
        assertThat(cluster.running()).isTrue();
        assertThat(cluster.hindrance()).isEmpty();
        assertThat(cluster.runCommand()).isTrue();
        assertThat(cluster.servicePrincipal()).isFalse();
        assertThat(cluster.entra()).isFalse();
        assertThat(cluster.kubelet().orElseThrow().id()).endsWith("/practiceCluster-agentpool");
        assertThat(cluster.pools())
                .containsExactly(
                        new NodePool("nodepool1", true, 3),
                        new NodePool("apps", true, 2),
                        new NodePool("win", false, 1));
        assertThat(cluster.linuxPools()).extracting(NodePool::name).containsExactly("nodepool1", "apps");
    }

    @Test
    void whatHindersAClusterIsRead() throws Exception {
        assertThat(find("practiceClusterStopped").running()).isFalse();
        assertThat(find("practiceClusterNoCommand").runCommand()).isFalse();
        assertThat(find("practiceClusterOld").servicePrincipal()).isTrue();
        assertThat(find("practiceClusterOld").kubelet()).isEmpty();
        assertThat(find("practiceClusterEntra").entra()).isTrue();
        assertThat(azure.clusters().list().all())
                .filteredOn(cluster -> cluster.hindrance().isPresent())
                .extracting(ClusterInfo::name, cluster -> cluster.hindrance().orElseThrow())
                .containsExactlyInAnyOrder(
                        tuple("practiceClusterStopped", Hindrance.STOPPED),
                        tuple("practiceClusterNoCommand", Hindrance.NO_RUN_COMMAND),
                        tuple("practiceClusterOld", Hindrance.SERVICE_PRINCIPAL));
        assertThat(azure.clusters().find(GROUP, "nothing")).isEmpty();
        assertThat(azure.clusters().list().all()).extracting(ClusterInfo::name).contains("practiceClusterOld");
    }

    @Test
    void clusterWhoseIdentitiesAreInAnotherDirectoryIsHinderedInTheListToo() throws Exception {
        Fault moved = faults.arm().moveCluster("practiceClusterPools");
        try {
            assertThat(azure.clusters().list().all())
                    .filteredOn(cluster -> cluster.name().equals("practiceClusterPools"))
                    .extracting(cluster -> cluster.hindrance().orElseThrow())
                    .containsExactly(Hindrance.ELSEWHERE);
        } finally {
            moved.remove();
        }
        assertThat(find("practiceClusterPools").hindrance()).isEmpty();
    }

    @Test
    void podPullsOnceTheKubeletIdentityHasTheRole() throws Exception {
        ClusterInfo cluster = find("practiceCluster");
        String image = "practiceclassic.azurecr.io/aci-helloworld:v1";
        String registry = azure.registries()
                .find("practiceRegistries", "practiceclassic")
                .orElseThrow()
                .id();

        Output applied = azure.clusters().run(cluster, "kubectl apply -f pods.json", manifest("try", image));
        assertThat(applied).isEqualTo(new Output(0, "namespace/try created\npod/one created\n"));
        JsonNode refused = waiting("try", cluster);
        assertThat(refused.path("reason").asText()).isEqualTo("ErrImagePull");
        assertThat(refused.path("message").asText())
                .contains("failed to authorize")
                .contains("401 Unauthorized");

        azure.roleAssignments()
                .create(registry, ACR_PULL, cluster.kubelet().orElseThrow().principalId(), "", new ResourceListener() {
                    @Override
                    public void creating(String resourceId) {}

                    @Override
                    public void created(String resourceId) {}
                });
        azure.clusters()
                .run(
                        cluster,
                        "kubectl delete pods --all --namespace try && kubectl apply -f pods.json",
                        manifest("try", image));
        JsonNode pod = pod("try", cluster);
        assertThat(pod.at("/status/containerStatuses/0/imageID").asText())
                .isEqualTo("practiceclassic.azurecr.io/aci-helloworld@" + digest());
        assertThat(pod.at("/status/containerStatuses/0/state/terminated/reason").asText())
                .isEqualTo("StartError");

        Output gone = azure.clusters().run(cluster, "kubectl delete namespace try", Map.of());
        assertThat(gone.output()).isEqualTo("namespace \"try\" deleted\n");
    }

    @Test
    void clusterWithEntraGetsATokenOfItsOwn() throws Exception {
        ClusterInfo cluster = find("practiceClusterEntra");

        Output made = azure.clusters()
                .run(cluster, "kubectl apply -f pods.json", manifest("entra", "practiceabac.azurecr.io/team/api:3.2"));

        assertThat(made.ok()).isTrue();
        assertThat(azure.registries()
                        .find("practiceRegistries", "practiceabac")
                        .orElseThrow()
                        .permissionMode())
                .isEqualTo(PermissionMode.ABAC);
        azure.clusters().run(cluster, "kubectl delete namespace entra", Map.of());
    }

    @Test
    void commandThatCannotBeSentIsAnErrorInAzuresWords() throws Exception {
        ClusterInfo cluster = find("practiceClusterNoCommand");

        AzureException refused = catchThrowableOfType(
                AzureException.class, () -> azure.clusters().run(cluster, "kubectl get nodes", Map.of()));

        assertThat(refused).hasMessageContaining("disabled");
    }

    @Test
    void failedCommandReportsItsExitStatus() throws Exception {
        Output output = azure.clusters().run(find("practiceCluster"), "kubectl apply -f none.json", Map.of());

        assertThat(output).isEqualTo(new Output(1, "error: the path \"none.json\" does not exist\n"));
    }

    private static ClusterInfo find(String name) throws Exception {
        return azure.clusters().find(GROUP, name).orElseThrow();
    }

    private static String digest() throws Exception {
        return azure.images()
                .digest("practiceclassic.azurecr.io", "aci-helloworld", "v1")
                .orElseThrow();
    }

    private static JsonNode waiting(String namespace, ClusterInfo cluster) throws Exception {
        return pod(namespace, cluster).at("/status/containerStatuses/0/state/waiting");
    }

    private static JsonNode pod(String namespace, ClusterInfo cluster) throws Exception {
        Output output =
                azure.clusters().run(cluster, "kubectl get pods --namespace " + namespace + " -o json", Map.of());
        return new ObjectMapper().readTree(output.output()).at("/items/0");
    }

    private static Map<String, String> manifest(String namespace, String image) {
        return Map.of("pods.json", """
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%1$s"}},
                  {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "one", "namespace": "%1$s"},
                   "spec": {"containers": [{"name": "proof", "image": "%2$s", "command": ["/none"]}]}}]}
                """.formatted(namespace, image));
    }
}
