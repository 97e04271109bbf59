package io.keylesspull.azure.http;

import java.time.Duration;

/**
 * How long a request is retried.
 *
 * @param throttled how long in all, if the service says how long to wait, or that it throttles. A longer wait is not
 *     begun: retrying earlier would only make it longer
 * @param failing how long in all, if the service or the network fails
 * @param unanswered how often a request is retried that was sent and got no response
 * @param response how long one response may take, from the request to the last byte
 * @param readOnly whether a POST changes nothing, so that it may be retried too
 */
public record RetryBudget(Duration throttled, Duration failing, int unanswered, Duration response, boolean readOnly) {

    /**
     * For a run. Azure Resource Manager refills its buckets by the second; Compute lets a machine be updated four times
     * a minute, once twelve at once are used up (Microsoft Learn, "Compute throttling limits").
     */
    static final RetryBudget OF_A_RUN =
            new RetryBudget(Duration.ofMinutes(5), Duration.ofMinutes(1), 2, Duration.ofSeconds(120), false);

    /** For a run's requests to a registry. The only POST among them gets a token. */
    public static final RetryBudget OF_A_RUN_IN_A_REGISTRY = new RetryBudget(
            OF_A_RUN.throttled(), OF_A_RUN.failing(), OF_A_RUN.unanswered(), Duration.ofSeconds(30), true);

    /** For tokens and for registry contents that a person waits for. */
    public static final RetryBudget OF_A_PERSON =
            new RetryBudget(Duration.ofSeconds(6), Duration.ofSeconds(6), 0, Duration.ofSeconds(15), true);
}
