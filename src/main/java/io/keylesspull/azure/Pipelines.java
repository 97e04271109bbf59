package io.keylesspull.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import java.time.Duration;

/** What a request to the control plane passes through. */
final class Pipelines {

    private Pipelines() {
    }

    /** Retries what Azure says may be retried, after as long as it says; otherwise a few times with growing waits. */
    static HttpPipeline controlPlane(HttpClient client, TokenCredential credential, AzureCloud cloud) {
        RetryOptions retries = new RetryOptions(new ExponentialBackoffOptions().setMaxRetries(4)
                .setBaseDelay(Duration.ofMillis(500)).setMaxDelay(Duration.ofSeconds(10)));
        return new HttpPipelineBuilder().httpClient(client)
                .policies(new UserAgentPolicy("keyless-pull"), new RequestIdPolicy(), new RetryPolicy(retries),
                        new BearerTokenAuthenticationPolicy(credential, Clouds.scope(cloud)))
                .build();
    }
}
