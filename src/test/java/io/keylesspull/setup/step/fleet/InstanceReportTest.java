package io.keylesspull.setup.step.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.pull.Pulling;
import org.junit.jupiter.api.Test;

class InstanceReportTest {

    private static final String ROLE_MISSING = """
            docker-credential-acr-managed-identity-1: the registry x refuses the managed identity (401): it has \
            no role there, or not yet
            Error response from daemon: Head "https://x/v2/a/manifests/v1": unauthorized: authentication required
            """;

    @Test
    void theLastPullCounts() {
        assertThat(cause(ROLE_MISSING)).isEqualTo(Cause.Kind.ROLE);
        assertThat(cause(ROLE_MISSING
                        + "Error response from daemon: manifest for x.azurecr.io/a:v1 not found: manifest unknown\n"
                        + "keylesspull.service: Failed with result 'exit-code'.\n"))
                .isEqualTo(Cause.Kind.MISSING_IMAGE);
    }

    @Test
    void whatTheHelperSaidBeforeDockerWentOnWithoutItCounts() {
        assertThat(cause("docker-credential-acr-managed-identity-1: the instance metadata service at 169.254.169.254"
                        + " does not answer\n"
                        + "Error response from daemon: unauthorized: authentication required\n"))
                .isEqualTo(Cause.Kind.METADATA);
    }

    @Test
    void anInstanceThatStillInstallsSaysNothingOfAPull() {
        assertThat(InstanceReport.pulling("Starting Pulls...\nSetting up docker.io\n"))
                .isInstanceOf(Pulling.Waiting.class);
        assertThat(InstanceReport.pulling("")).isEqualTo(new Pulling.Waiting(""));
    }

    @Test
    void theDigestIsTheImageStores() {
        String digest = "sha256:" + "a".repeat(64);
        assertThat(InstanceReport.pulling("[\"x.azurecr.io/a@" + digest + "\"]\n"))
                .isEqualTo(new Pulling.Pulled(digest));
    }

    private static Cause.Kind cause(String journal) {
        Pulling pulling = InstanceReport.pulling(journal);
        assertThat(pulling).isInstanceOf(Pulling.Refused.class);
        return ((Pulling.Refused) pulling).cause().kind();
    }
}
