package io.keylesspull.azure.http;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import io.keylesspull.azure.model.AzureCloud;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What requests pass through on their way. Pipelines for the control plane share one token. */
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

    /** What signs requests to the control plane: made once for an account. */
    public FreshToken token(TokenCredential credential, AzureCloud cloud) {
        return new FreshToken(credential, Clouds.scope(cloud), waits.time());
    }

    /** @param listener told of each wait before a request is sent again */
    public HttpPipeline controlPlane(FreshToken token, Consumer<Waiting> listener) {
        return new HttpPipelineBuilder().httpClient(client)
                .policies(new LongOperations(waits), new UserAgentPolicy(USER_AGENT), new RequestIdPolicy(),
                        retries(RetryBudget.OF_A_RUN, listener), token)
                .build();
    }

    /** For signing in, where somebody waits for the answer. */
    public HttpPipeline directory() {
        return new HttpPipelineBuilder().httpClient(client)
                .policies(new UserAgentPolicy(USER_AGENT), retries(RetryBudget.OF_A_PERSON, waiting -> { })).build();
    }

    public HttpPipelinePolicy retries(RetryBudget patience, Consumer<Waiting> listener) {
        return new Retries(patience, waits, random, listener);
    }

    public HttpClient client() {
        return client;
    }
}
