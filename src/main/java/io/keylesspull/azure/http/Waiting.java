package io.keylesspull.azure.http;

import io.keylesspull.text.Text;
import java.time.Duration;

/**
 * A request that did not get through and will be sent again.
 *
 * @param reason  why it has to be sent again
 * @param attempt how often it has been sent, from 1
 * @param next    how long until it is sent again
 * @param left    how long it will go on being sent before it is given up
 */
public record Waiting(Text reason, int attempt, Duration next, Duration left) {
}
