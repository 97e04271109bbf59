package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.setup.step.cloud.RegistryRole;
import io.keylesspull.setup.step.cluster.ProofPod;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the containerd of a node makes of the proof's pod, whose command is not in its image. No kubelet can be had from
 * Debian: the test asks containerd what the kubelet asks of it, in its order, by the same interface. The credential is
 * that of the kubelet's provider for Azure Container Registry: a refresh token for the machine's managed identity
 * (kubernetes-sigs/cloud-provider-azure, pkg/credentialprovider).
 *
 * <p>Not proven here, but by the kubelet's source alone: that it asks in this order, and that it publishes the
 * container's {@code image_ref} as {@code imageID} although the container did not start (kubernetes/kubernetes,
 * kuberuntime_container.go, {@code startContainer} and {@code toKubeContainerStatus}). Nor is a pod with a network of
 * its own, which needs network plugins.
 */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class ProofPodIT {

    private static final String REGISTRY = "practiceclassic";
    private static final String LOGIN_SERVER = REGISTRY + ".azurecr.io";
    private static final String REPOSITORY = "aci-helloworld";

    private static final String NO_USER = "00000000-0000-0000-0000-000000000000";
    private static final int EXITED = 2;
    private static final int NOT_FOUND = 5;

    @TempDir
    private Path folder;

    /** Sid's containerd, 2.1, no longer does without control groups; see {@link #configure}. */
    static Stream<Suite> suites() {
        return Suite.tried().filter(suite -> suite != Suite.SID);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("suites")
    void theImageIsPulledAndItsDigestReportedThoughNothingStarts(Suite suite, RealWorld world) throws Exception {
        try (RealBench bench = RealBench.in(world, world.prepared(suite), Pace.INSTANT, folder, Time.system())) {
            String machine = bench.makeMachine("node");
            RegistryInfo registry = bench.azure()
                    .registries()
                    .find("practiceRegistries", REGISTRY)
                    .orElseThrow();
            letPull(bench, registry);
            String digest = bench.azure()
                    .images()
                    .digest(LOGIN_SERVER, REPOSITORY, "v1")
                    .orElseThrow();
            String image = LOGIN_SERVER + "/" + REPOSITORY + "@" + digest;
            PodForRuntime pod = new PodForRuntime(ProofPod.pulling(image));
            configure(bench, machine);
            ContainerRuntime containerd = new ContainerRuntime(bench, machine);

            Message sandbox = new Message()
                    .with(
                            1,
                            containerd
                                    .ask("RuntimeService/RunPodSandbox", new Message().with(1, pod.sandbox()))
                                    .text(1));
            ContainerRuntime.Answer anonymous = containerd.call("ImageService/PullImage", pull(pod, new Message()));
            assertThat(anonymous.status()).as(anonymous.words()).isNotZero();
            String pulled = containerd
                    .ask("ImageService/PullImage", pull(pod, credential(bench, machine)))
                    .text(1);
            Message container = new Message()
                    .with(
                            1,
                            containerd
                                    .ask(
                                            "RuntimeService/CreateContainer",
                                            new Message()
                                                    .with(1, sandbox.text(1))
                                                    .with(2, pod.container(pulled))
                                                    .with(3, pod.sandbox()))
                                    .text(1));
            ContainerRuntime.Answer started = containerd.call("RuntimeService/StartContainer", container);
            Message status =
                    containerd.ask("RuntimeService/ContainerStatus", container).message(1);

            assertThat(started.status()).isNotZero();
            assertThat(started.words()).contains(pod.command(), "no such file or directory");
            assertThat(status.number(3)).isEqualTo(EXITED);
            assertThat(status.number(5)).as("started at").isZero();
            assertThat(status.text(10)).isEqualTo("StartError");
            assertThat(status.text(9)).isEqualTo(image);

            containerd.ask("RuntimeService/StopPodSandbox", sandbox);
            containerd.ask("RuntimeService/RemovePodSandbox", sandbox);
            assertThat(containerd
                            .call("RuntimeService/ContainerStatus", container)
                            .status())
                    .isEqualTo(NOT_FOUND);
        }
    }

    private static void configure(Bench bench, String machine) {
        bench.onMachine(
                machine,
                "cat > /tmp/options <<'END'",
                "sandbox_image = \"" + MicrosoftImages.PAUSE + "\"",
                // A pod's own process shall be killed last, which not everybody's root may ask for.
                "restrict_oom_score_adj = true",
                "END",
                // The second version of control groups has no controllers where the first has them.
                "controllers=/sys/fs/cgroup/cgroup.controllers",
                "if [ -e $controllers ] && ! grep -qw cpu $controllers; then",
                "  echo 'disable_cgroup = true' >> /tmp/options",
                "fi",
                "sed -i '/plugins.\"io.containerd.grpc.v1.cri\"\\]/r /tmp/options' /etc/containerd/config.toml",
                "systemctl restart containerd");
    }

    /** What a cluster's kubelet identity gets. */
    private static void letPull(Bench bench, RegistryInfo registry) throws Exception {
        MachineInfo machine = bench.azure().machines().find(Bench.GROUP, "node").orElseThrow();
        String principal = bench.azure()
                .machines()
                .addSystemIdentity(machine)
                .identities()
                .systemPrincipalId()
                .orElseThrow();
        bench.azure()
                .roleAssignments()
                .create(registry.id(), RegistryRole.ACR_PULL.definitionId(), principal, "", ResourceListener.none());
    }

    private static Message pull(PodForRuntime pod, Message credential) {
        return new Message()
                .with(1, new Message().with(1, pod.image()))
                .with(2, credential)
                .with(3, pod.sandbox());
    }

    /** AuthConfig. */
    private static Message credential(Bench bench, String machineId) throws Exception {
        CommandOutput exchanged = bench.tryOnMachine(
                machineId,
                "set -eu",
                "metadata='http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01'",
                "metadata=\"$metadata&resource=https%3A%2F%2Fcontainerregistry.azure.net\"",
                "token=$(curl --silent --fail --header Metadata:true \"$metadata\" |"
                        + " sed 's/.*\"access_token\" *: *\"\\([^\"]*\\)\".*/\\1/')",
                "curl --silent --fail --data grant_type=access_token_refresh_token --data service=" + LOGIN_SERVER
                        + " --data-urlencode \"access_token=$token\" --data-urlencode \"refresh_token=$token\""
                        + " https://" + LOGIN_SERVER + "/oauth2/exchange");
        return new Message()
                .with(1, NO_USER)
                .with(
                        2,
                        new ObjectMapper()
                                .readTree(exchanged.stdout())
                                .required("refresh_token")
                                .asText());
    }
}
