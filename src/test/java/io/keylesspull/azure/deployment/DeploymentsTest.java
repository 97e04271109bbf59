package io.keylesspull.azure.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.keylesspull.azure.deployment.DeploymentInfo.State;
import io.keylesspull.azure.deployment.TemplateChange.Kind;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.clock.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the practice cloud, over the wire. */
@Timeout(60)
class DeploymentsTest {

    private static final String GROUP = "fleet-rg";
    private static final String NAME = "keyless-pull-run-1";
    private static final DeploymentContent IDENTITY = new DeploymentContent("""
            {
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "contentVersion": "1.0.0.0",
              "parameters": {"name": {"type": "string"}},
              "resources": [
                {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2024-11-30",
                 "name": "[parameters('name')]", "location": "japaneast"},
                {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
                 "name": "way-out", "location": "japaneast", "sku": {"name": "Standard"},
                 "properties": {"publicIPAllocationMethod": "Static"}}
              ]
            }
            """, Map.of("name", "fleet-id"));

    private ExecutorService executor;
    private PracticeCloud cloud;
    private AzureSubscription azure;
    private final SetTime time = new SetTime(Instant.parse("2026-03-01T10:00:00Z"));

    @BeforeEach
    void signIn() {
        executor = Executors.newCachedThreadPool();
    }

    @AfterEach
    void close() {
        cloud.close();
        executor.shutdownNow();
    }

    private Deployments deployments(Pace pace) throws Exception {
        cloud = PracticeCloud.start(pace, time, new Random(1));
        azure = new SignIns(
                        Transport.routed(cloud.route(), time, new Random(2)),
                        executor,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompt -> {})
                .subscription(cloud.subscriptionId())
                .markedFor("run-1");
        for (String namespace : List.of("Microsoft.ManagedIdentity", "Microsoft.Network")) {
            azure.providers().register(namespace);
        }
        azure.resourceGroups().create(GROUP, "japaneast", ResourceListener.none());
        return azure.deployments();
    }

    @Test
    void whatIsDeployedIsToldBeforehandAndAfterwards() throws Exception {
        Deployments deployments = deployments(Pace.INSTANT);

        deployments.validate(GROUP, NAME, IDENTITY);
        assertThat(deployments.whatIf(GROUP, NAME, IDENTITY))
                .extracting(DeploymentsTest::name, TemplateChange::kind)
                .containsExactly(tuple("fleet-id", Kind.CREATE), tuple("way-out", Kind.CREATE));
        assertThat(deployments.find(GROUP, NAME)).isEmpty();

        deployments.begin(GROUP, NAME, IDENTITY, ResourceListener.none());

        assertThat(deployments.find(GROUP, NAME)).hasValueSatisfying(found -> {
            assertThat(found.state()).isEqualTo(State.SUCCEEDED);
            assertThat(found.id()).isEqualToIgnoringCase(deployments.id(GROUP, NAME));
            assertThat(found.error()).isEmpty();
        });
        assertThat(deployments.operations(GROUP, NAME).all())
                .extracting(
                        one -> one.resource().substring(one.resource().lastIndexOf('/') + 1),
                        DeploymentOperation::state)
                .containsExactly(tuple("fleet-id", State.SUCCEEDED), tuple("way-out", State.SUCCEEDED));
        assertThat(deployments.whatIf(GROUP, NAME, IDENTITY))
                .extracting(TemplateChange::kind)
                .containsOnly(Kind.KEEP);
        deployments.delete(GROUP, NAME);
        deployments.delete(GROUP, NAME);
        assertThat(deployments.find(GROUP, NAME)).isEmpty();
        assertThat(azure.identities().find(GROUP, "fleet-id")).isPresent();
    }

    @Test
    void operationsThatComeOnSeveralPagesAreAllRead() throws Exception {
        Deployments deployments = deployments(Pace.INSTANT);
        String identities = IntStream.range(0, 60).mapToObj("""
                        {"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2024-11-30",
                         "name": "pull%d", "location": "japaneast"}"""::formatted).collect(Collectors.joining(",", """
                        {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                         "contentVersion": "1.0.0.0", "resources": [""", "]}"));

        deployments.begin(GROUP, NAME, new DeploymentContent(identities, Map.of()), ResourceListener.none());

        assertThat(deployments.operations(GROUP, NAME).all())
                .hasSize(60)
                .extracting(DeploymentOperation::state)
                .containsOnly(State.SUCCEEDED);
    }

    private static String name(TemplateChange change) {
        return change.resource().substring(change.resource().lastIndexOf('/') + 1);
    }

    @Test
    void aDeploymentIsNotWaitedForAndIsCancelled() throws Exception {
        Deployments deployments = deployments(Pace.REALISTIC);
        Instant before = time.now();

        deployments.begin(GROUP, NAME, IDENTITY, ResourceListener.none());

        assertThat(Duration.between(before, time.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(deployments.find(GROUP, NAME).orElseThrow().state()).isEqualTo(State.RUNNING);
        // Once more, as when the first answer was lost.
        deployments.begin(GROUP, NAME, IDENTITY, ResourceListener.none());
        deployments.cancel(GROUP, NAME);
        deployments.cancel(GROUP, NAME);
        assertThat(deployments.find(GROUP, NAME).orElseThrow()).satisfies(found -> {
            assertThat(found.state()).isEqualTo(State.CANCELED);
            assertThat(found.error().orElseThrow().code()).isEqualTo("DeploymentCanceled");
        });
        deployments.delete(GROUP, NAME);
        assertThat(deployments.find(GROUP, NAME)).isEmpty();
        deployments.cancel(GROUP, "none");
    }

    @Test
    void aTemplateThatCannotBeDeployedIsRefusedWithTheReasonInside() throws Exception {
        Deployments deployments = deployments(Pace.INSTANT);
        DeploymentContent wrong = new DeploymentContent(
                IDENTITY.template().replace("\"japaneast\", \"sku\"", "\"atlantis\", \"sku\""), IDENTITY.parameters());

        AzureException refused =
                catchThrowableOfType(AzureException.class, () -> deployments.validate(GROUP, NAME, wrong));

        assertThat(refused.code()).isEqualTo("LocationNotAvailableForResourceType");
        assertThat(refused.getMessage()).contains("atlantis");
        assertThat(catchThrowableOfType(AzureException.class, () -> deployments.whatIf(GROUP, NAME, wrong))
                        .code())
                .isEqualTo("LocationNotAvailableForResourceType");
        assertThat(catchThrowableOfType(
                                AzureException.class,
                                () -> deployments.begin(GROUP, NAME, wrong, ResourceListener.none()))
                        .code())
                .isEqualTo("LocationNotAvailableForResourceType");
        assertThat(deployments.find(GROUP, NAME)).isEmpty();
    }

    @Test
    void theResourceThatFailedIsToldWithItsProvidersWords() throws Exception {
        Deployments deployments = deployments(Pace.INSTANT);
        DeploymentContent wrong = new DeploymentContent(
                IDENTITY.template()
                        .replace(
                                "\"properties\": {\"publicIPAllocationMethod\": \"Static\"}",
                                "\"properties\": {\"publicIPAllocationMethod\": \"Dynamic\"}"),
                IDENTITY.parameters());

        deployments.begin(GROUP, NAME, wrong, ResourceListener.none());

        assertThat(deployments.find(GROUP, NAME).orElseThrow()).satisfies(found -> {
            assertThat(found.state()).isEqualTo(State.FAILED);
            assertThat(found.error().orElseThrow().code())
                    .isEqualTo("StandardAndStandardV2SkuPublicIPAddressesMustBeStatic");
        });
        assertThat(deployments.operations(GROUP, NAME).all())
                .filteredOn(one -> one.state() == State.FAILED)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.resource()).endsWith("/way-out");
                    assertThat(failed.error().orElseThrow().getMessage()).doesNotContain("{");
                });
    }
}
