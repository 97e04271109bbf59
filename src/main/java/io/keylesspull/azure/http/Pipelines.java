package io.keylesspull.azure.http;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.Waiting;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Builds the HTTP pipelines. Pipelines for the control plane share one token. */
public final class Pipelines {

    private static final String USER_AGENT = "keyless-pull";

    private final HttpClient client;
    private final Waits waits;
    private final RandomGenerator random;

    public Pipelines(HttpClient client, Waits waits, RandomGenerator random) {
        this.client = client;
        this.waits = waits;
        this.random = random;
    }

    /** The policy that adds tokens to requests to the control plane; one per account. */
    public FreshToken token(TokenCredential credential, AzureCloud cloud) {
        return new FreshToken(credential, Clouds.scope(cloud), waits.time());
    }

    /** @param listener called before each wait for a retry */
    public HttpPipeline controlPlane(FreshToken token, Consumer<Waiting> listener) {
        return new HttpPipelineBuilder()
                .httpClient(client)
                .policies(
                        new LongOperations(waits),
                        new UserAgentPolicy(USER_AGENT),
                        new RequestIdPolicy(),
                        retries(RetryBudget.OF_A_RUN, listener),
                        token)
                .build();
    }

    /** For signing in: a person waits for it, so retries are short. */
    public HttpPipeline directory() {
        return new HttpPipelineBuilder()
                .httpClient(client)
                .policies(new UserAgentPolicy(USER_AGENT), retries(RetryBudget.OF_A_PERSON, waiting -> {}))
                .build();
    }

    public HttpPipelinePolicy retries(RetryBudget budget, Consumer<Waiting> listener) {
        return new Retries(budget, waits, random, listener);
    }

    public HttpClient client() {
        return client;
    }
}
