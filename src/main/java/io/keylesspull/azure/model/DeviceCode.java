package io.keylesspull.azure.model;

import java.net.URI;
import java.time.Duration;

/**
 * A code that the administrator enters on another page to sign in.
 *
 * @param message the service's own instructions
 * @param validity how long the code can be entered, from when it was issued
 */
public record DeviceCode(String userCode, URI verificationUri, String message, Duration validity) {}
