package io.keylesspull.azure.model;

import io.keylesspull.text.Text;
import java.time.Duration;

/**
 * The wait before a request is retried.
 *
 * @param reason why it has to be retried
 * @param attempt how often it has been sent, from 1
 * @param next how long until the retry
 * @param left how long it is retried before it is given up
 */
public record Waiting(Text reason, int attempt, Duration next, Duration left) {}
