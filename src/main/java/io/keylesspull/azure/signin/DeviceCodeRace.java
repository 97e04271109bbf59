package io.keylesspull.azure.signin;

import io.keylesspull.azure.http.AzureErrors;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * MSAL4J 1.23.1 looks at a field that it sets only after it has begun the sign-in by device code, and fails where the
 * directory answers sooner than the thread goes on that sets it: once in some hundred times over loopback on a busy
 * computer, when one is unlucky over a network. Nobody has entered the code yet, so that it can be begun anew.
 */
final class DeviceCodeRace {

    private static final String WHERE = "com.microsoft.aad.msal4j.AcquireTokenByDeviceCodeFlowSupplier";

    private static final int MOST = 10;

    private DeviceCodeRace() {
    }

    /** @param signIn begun anew where that has happened: a busy computer can lose several times in a row */
    static <T> Mono<T> guard(Mono<T> signIn) {
        return signIn.retryWhen(Retry.max(MOST).filter(DeviceCodeRace::happened)
                .onRetryExhaustedThrow((spec, last) -> last.failure()));
    }

    private static boolean happened(Throwable thrown) {
        return AzureErrors.cause(thrown, NullPointerException.class)
                .filter(e -> Arrays.stream(e.getStackTrace()).limit(1).anyMatch(f -> f.getClassName().equals(WHERE)))
                .isPresent();
    }
}
