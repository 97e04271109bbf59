package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters, from a setup file to the proof and back. */
@Timeout(120)
class ClusterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private ProgramInPractice program;

    @BeforeEach
    void start() {
        program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
    }

    @AfterEach
    void stop() {
        program.close();
    }

    @ParameterizedTest
    @CsvSource({
        "practiceCluster, practiceclassic, aci-helloworld:v1, AcrPull",
        "practiceCluster, practiceabac, team/api:3.2, Container Registry Repository Reader",
        "practiceClusterEntra, practiceclassic, web/frontend:1.0, AcrPull"
    })
    void kubeletIdentityGetsTheRoleAndEachLinuxPoolPulls(String cluster, String registry, String image, String role) {
        List<String> before = program.cloud().resourceIds().toList();
        int roles = program.cloud().roleAssignments().size();

        assertThat(program.setUp(setup(cluster, registry, image)))
                .as(program.printed())
                .isZero();

        assertThat(program.printed())
                .contains(role, "pulled by the kubelet identity", "nodepool1, apps")
                .contains("\n" + cluster + "\n    " + registry + ".azurecr.io/" + image + "\n    sha256:")
                .contains("\n    node pools: nodepool1, apps\n")
                .doesNotContain("win,")
                .endsWith("Proven.\n");
        assertThat(program.cloud().roleAssignments()).hasSize(roles + 1);
        assertThat(program.cloud().clusterInventory()).isEmpty();

        assertThat(program.run("", "--undo", "last", "--yes", "--restore-machines"))
                .as(program.printed())
                .isZero();
        assertThat(program.cloud().roleAssignments()).hasSize(roles);
        assertThat(program.cloud().resourceIds()).containsExactlyElementsOf(before);
    }

    @Test
    void machinesAndClustersAreSetUpInOneRun() {
        String mixed =
                setup("practiceCluster", "practiceclassic", "aci-helloworld:v1").replace("\"clusters\"", """
                        "machines": [{"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}],
                        "identity": {"kind": "system-assigned"}, "clusters\"""");

        assertThat(program.setUp(mixed)).as(program.printed()).isZero();

        assertThat(program.printed())
                .contains("kubelet identity", "practiceDocker")
                .endsWith("Proven.\n");
    }

    @Test
    void whatAPolicyRefusesIsSaidOnceWithItsNodePoolsAndTheCommandThatFindsTheAssignment() throws IOException {
        Path file = Files.writeString(
                folder.resolve("setup.json"), setup("practiceClusterPolicy", "practiceclassic", "aci-helloworld:v1"));
        assertThat(program.run("", "--run", file.toString(), "--output", "json"))
                .isEqualTo(1);

        JsonNode last = JSON.readTree(
                program.printed().lines().reduce((one, other) -> other).orElseThrow());
        JsonNode problem = last.at("/targets/0/problem");
        assertThat(last.at("/targets/0/target").asText()).isEqualTo("practiceClusterPolicy");
        assertThat(problem.path("meaning").asText())
                .startsWith("No pod was made in these node pools: nodepool1, apps.");
        assertThat(problem.path("details").asText().lines().filter(line -> line.contains("denied the request")))
                .hasSize(1);
        assertThat(problem.path("command").asText())
                .startsWith("az aks command invoke --resource-group practiceClusters --name practiceClusterPolicy"
                        + " --command 'kubectl get constraints -o custom-columns=")
                .contains("azure-policy-assignment-id' --subscription ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "practiceClusterStopped | Cluster “practiceClusterStopped” is stopped.",
                "practiceClusterNoCommand | Run Command is switched off for cluster “practiceClusterNoCommand”.",
                "practiceClusterOld | Cluster “practiceClusterOld” uses a service principal, not managed identities.",
                "nothing | There is no AKS cluster “nothing” in resource group “practiceClusters”."
            })
    void whatHindersAClusterIsSaidBeforeAnythingIsMade(String cluster, String what) throws IOException {
        JsonNode check = check(setup(cluster, "practiceclassic", "aci-helloworld:v1"), "Cluster " + cluster);

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
        assertThat(check.at("/problem/what").asText()).isEqualTo(what);
    }

    @Test
    void nodePoolsInWhichNothingIsProvenAreNamedWithWhatProvesThem() throws IOException {
        String setup = setup("practiceClusterPools", "practiceclassic", "aci-helloworld:v1");
        JsonNode empty = check(setup, "Node pools");
        JsonNode windows = check(setup, "Windows node pools");

        assertThat(empty.path("verdict").asText()).isEqualTo("doubtful");
        assertThat(empty.at("/problem/what").asText()).endsWith(": burst.");
        assertThat(empty.at("/problem/command").asText())
                .contains(
                        "az aks nodepool scale --resource-group practiceClusters --cluster-name practiceClusterPools");
        assertThat(windows.path("verdict").asText()).isEqualTo("doubtful");
        assertThat(windows.at("/problem/what").asText()).endsWith(": win.");
        assertThat(windows.at("/problem/remedy").asText()).contains("kubectl describe pod");
    }

    @Test
    void taintedNodePoolsPullToo() {
        assertThat(program.setUp(setup("practiceClusterPools", "practiceclassic", "aci-helloworld:v1")))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).contains("nodepool1, apps, gpu").endsWith("Proven.\n");
        assertThat(program.cloud().clusterInventory()).isEmpty();
    }

    @Test
    void namespaceThatStaysIsToldAndKnownUntilItIsGone() {
        restart(Pace.FAST);
        Fault kept = program.faults().clusters().keepNamespaces("controller.cattle.io/namespace-auth");

        assertThat(program.setUp(setup("practiceCluster", "practiceclassic", "aci-helloworld:v1")))
                .as(program.printed())
                .isZero();
        assertThat(program.printed())
                .contains("But namespace keyless-pull-", "was not seen to be gone", "Undo removes it.")
                .contains("--command 'kubectl get namespace keyless-pull-")
                .endsWith("Proven.\n");

        assertThat(program.run("", "--undo", "last", "--yes")).isOne();
        assertThat(program.printed())
                .contains("stays in cluster “practiceCluster”", "    controller.cattle.io/namespace-auth\n")
                .contains("az aks command invoke --resource-group practiceClusters --name practiceCluster --command")
                .contains("the namespace for the proof in cluster practiceCluster");
        assertThat(program.cloud().clusterInventory()).hasSize(1);

        kept.remove();
        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
        assertThat(program.printed()).contains("namespace removed");
        assertThat(program.cloud().clusterInventory()).isEmpty();
    }

    @Test
    void namespaceIsGoneBeforeTheRunEnds() {
        restart(Pace.REALISTIC);

        assertThat(program.setUp(setup("practiceCluster", "practiceclassic", "aci-helloworld:v1")))
                .as(program.printed())
                .isZero();

        assertThat(program.cloud().clusterInventory()).isEmpty();
    }

    /** What has to be waited for takes no time. */
    private void restart(Pace pace) {
        program.close();
        program = new ProgramInPractice(folder, pace, new LaterTime());
    }

    @Test
    void missingRightInKubernetesIsSaid() {
        program.faults().arm().delete(administrator());

        assertThat(program.setUp(setup("practiceClusterEntra", "practiceclassic", "aci-helloworld:v1")))
                .isOne();

        assertThat(program.printed())
                .contains("Kubernetes does not let you create a namespace and pods in cluster “practiceClusterEntra”.")
                .doesNotContain("namespace for the proof");
        assertThat(program.cloud().clusterInventory()).isEmpty();

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();
    }

    private String administrator() {
        return program.cloud().roleAssignments().stream()
                .map(role -> role.path("id").asText())
                .filter(id -> id.contains("practiceClusterEntra"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void deletedKubeletIdentityIsSeenBefore() throws IOException {
        String identity = program.cloud()
                .resourceIds()
                .filter(id -> id.endsWith("/practiceCluster-agentpool"))
                .findFirst()
                .orElseThrow();
        program.faults().arm().delete(identity);

        JsonNode check = check(setup("practiceCluster", "practiceclassic", "aci-helloworld:v1"), "Kubelet identity");

        assertThat(check.path("verdict").asText()).isEqualTo("bad");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "practicefirewall | The firewall of registry practicefirewall.azurecr.io does not let the nodes",
                "practiceprivate | Registry practiceprivate.azurecr.io lets only private endpoints in"
            })
    void registryThatDoesNotLetTheClusterInIsSaid(String registry, String what) {
        assertThat(program.setUp(setup("practiceCluster", registry, "aci-helloworld:v1")))
                .isOne();

        assertThat(program.printed()).contains(what);
        assertThat(program.cloud().clusterInventory()).isEmpty();
    }

    private JsonNode check(String setup, String subject) throws IOException {
        Path file = Files.writeString(folder.resolve("check.json"), setup);
        program.run("", "--check", file.toString(), "--output", "json");
        for (String line : program.printed().lines().toList()) {
            JsonNode event = JSON.readTree(line);
            if (event.path("what").asText().contains(subject)) {
                return event;
            }
        }
        throw new AssertionError(program.printed());
    }

    private static String setup(String cluster, String registry, String image) {
        return """
                {"version": 1, "location": "japaneast",
                 "resourceGroup": {"name": "practiceClusters", "create": false},
                 "registry": {"name": "%s", "create": false, "resourceGroup": "practiceRegistries"},
                 "image": "%s", "clusters": [{"name": "%s"}]}
                """.formatted(registry, image, cluster);
    }
}
