package io.keylesspull.practice;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.AzureResourceManager;
import io.keylesspull.azure.signin.GuardedCredential;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** A practice cloud, its clock in the test's hands, and the Azure SDK signed in to it over the wire. */
final class PracticeCloudFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    final PracticeCloud cloud;
    final InMemoryHttpClient http;
    final List<String> prompts = new CopyOnWriteArrayList<>();
    final TokenCredential credential;
    final AzureResourceManager azure;

    /** One with machines that can only be switched on and off. */
    static PracticeCloudFixture realistic(SetTime time, SwitchedHypervisor hypervisor) {
        return new PracticeCloudFixture(
                new PracticeCloud(Pace.REALISTIC, time, new Random(7), Hooks.NONE, internet -> hypervisor));
    }

    /** One as people get it. */
    PracticeCloudFixture(Pace pace) {
        this(PracticeCloud.start(pace, Time.system(), new Random(7)));
    }

    PracticeCloudFixture(PracticeCloud cloud) {
        this.cloud = cloud;
        http = new InMemoryHttpClient(new Wire(cloud.route()));
        credential = GuardedCredential.deviceCode(cloud.tenantId(), http, info -> prompts.add(info.getUserCode()));
        azure = AzureResourceManager.configure()
                .withHttpClient(http)
                .withRetryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
                .authenticate(
                        credential, new AzureProfile(cloud.tenantId(), cloud.subscriptionId(), AzureEnvironment.AZURE))
                .withSubscription(cloud.subscriptionId());
    }

    String subscription() {
        return "/subscriptions/" + cloud.subscriptionId();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
