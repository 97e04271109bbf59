package io.keylesspull.azure.http;

import java.time.Duration;

/**
 * How long a request is sent again and again.
 *
 * @param asked      how long in all, where the service asks to wait and says for how long, or says that it is
 *                   throttling. A wait that would last longer is not begun: asking earlier only makes it longer
 * @param trouble    how long in all, where the service or the way to it is in trouble
 * @param unanswered how often a request is sent again that was sent and not answered
 * @param answer     how long one answer may take from the request to its last byte
 * @param questions  whether a POST changes nothing, so that it may be sent again too
 */
public record RetryBudget(Duration asked, Duration trouble, int unanswered, Duration answer, boolean questions) {

    /**
     * For what a run does. Azure Resource Manager refills its buckets by the second and mostly asks for less than a
     * minute, but Compute counts in windows of three minutes (Microsoft Learn, "Troubleshoot API throttling errors").
     */
    static final RetryBudget OF_A_RUN = new RetryBudget(Duration.ofMinutes(5), Duration.ofMinutes(1), 2,
            Duration.ofSeconds(120), false);

    /** For what a run reads and deletes in a registry, whose only POST gets a token. */
    public static final RetryBudget OF_A_RUN_IN_A_REGISTRY = new RetryBudget(OF_A_RUN.asked(), OF_A_RUN.trouble(),
            OF_A_RUN.unanswered(), Duration.ofSeconds(30), true);

    /** For tokens, and for what is in a registry: somebody sits and waits for it. */
    public static final RetryBudget OF_A_PERSON = new RetryBudget(Duration.ofSeconds(6), Duration.ofSeconds(6), 0,
            Duration.ofSeconds(15), true);
}
