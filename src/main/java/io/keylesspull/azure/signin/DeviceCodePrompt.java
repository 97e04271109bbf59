package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenRequestContext;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import io.keylesspull.azure.model.DeviceCode;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Signs in by a code that the person enters in a browser on any device (RFC 8628). */
record DeviceCodePrompt(Consumer<DeviceCode> show) implements Prompt {

    @Override
    public IAuthenticationResult ask(PublicClientApplication client, TokenRequestContext request)
            throws ExecutionException, InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture<IAuthenticationResult> signIn =
                client.acquireToken(DeviceCodeFlowParameters.builder(Set.copyOf(request.getScopes()), code -> {
                            afterBegin(begun);
                            show.accept(new DeviceCode(
                                    code.userCode(),
                                    URI.create(code.verificationUri()),
                                    code.message(),
                                    Duration.ofSeconds(code.expiresIn()),
                                    ended));
                        })
                        .claims(Prompt.claims(request))
                        .build());
        begun.countDown();
        try {
            return Prompt.await(signIn);
        } finally {
            ended.complete(null);
        }
    }

    /**
     * MSAL4J 1.23.1 reads a field right after the code was shown that is set only when its method returns, and throws a
     * NullPointerException if the directory was faster (AcquireTokenByDeviceCodeFlowSupplier).
     */
    private static void afterBegin(CountDownLatch begun) {
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
