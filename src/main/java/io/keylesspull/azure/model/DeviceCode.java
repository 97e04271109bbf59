package io.keylesspull.azure.model;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A code that the administrator enters on another page to sign in.
 *
 * @param message the service's own instructions
 * @param validity how long the code can be entered, from when it was issued
 * @param ended completes when nobody waits for the code any more: it was entered or refused, or it has expired
 */
public record DeviceCode(
        String userCode, URI verificationUri, String message, Duration validity, CompletionStage<?> ended) {}
