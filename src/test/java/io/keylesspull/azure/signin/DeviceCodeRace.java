package io.keylesspull.azure.signin;

import io.keylesspull.azure.http.AzureErrors;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Works around a race in MSAL4J 1.23.1 where tests use azure-identity itself. It reads a field that is set only after
 * the sign-in by device code has started, and throws a NullPointerException if the directory responds before the field
 * is set: about once in a hundred sign-ins over loopback on a busy computer, rarely over a network. Nobody has entered
 * the code at that moment, so the sign-in is simply started again.
 */
final class DeviceCodeRace {

    private static final String RACING_CLASS = "com.microsoft.aad.msal4j.AcquireTokenByDeviceCodeFlowSupplier";

    private static final int MAX_RETRIES = 10;

    private DeviceCodeRace() {}

    /** @param signIn started again if the race was lost, which can happen several times in a row on a busy computer */
    static <T> Mono<T> guard(Mono<T> signIn) {
        return signIn.retryWhen(Retry.max(MAX_RETRIES)
                .filter(DeviceCodeRace::happened)
                .onRetryExhaustedThrow((spec, last) -> last.failure()));
    }

    private static boolean happened(Throwable thrown) {
        return AzureErrors.cause(thrown, NullPointerException.class)
                .filter(e -> Arrays.stream(e.getStackTrace())
                        .limit(1)
                        .anyMatch(frame -> frame.getClassName().equals(RACING_CLASS)))
                .isPresent();
    }
}
