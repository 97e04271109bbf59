package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenRequestContext;
import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.AuthorizationRequestUrlParameters;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.ResponseMode;
import io.keylesspull.azure.http.AzureErrors;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Signs in with the browser: authorization code with PKCE and a redirect to this computer (RFC 8252). MSAL4J 1.23.1 can
 * do it too, but gives up after two minutes and does not report why the directory refused.
 *
 * @param texts the language of the page that the browser shows at the end
 * @param patience how long the person may take
 */
record BrowserPrompt(Browser browser, Texts texts, SecureRandom random, Duration patience) implements Prompt {

    @Override
    public IAuthenticationResult ask(PublicClientApplication client, TokenRequestContext request)
            throws AzureException, ExecutionException, InterruptedException {
        Set<String> scopes = Set.copyOf(request.getScopes());
        String state = secret();
        String verifier = secret();
        try (LoopbackRedirect redirect = LoopbackRedirect.open(state, texts)) {
            open(URI.create(client.getAuthorizationRequestUrl(AuthorizationRequestUrlParameters.builder(
                                    redirect.address().toString(), scopes)
                            .codeChallenge(sha256(verifier))
                            .codeChallengeMethod("S256")
                            .state(state)
                            .responseMode(ResponseMode.FORM_POST)
                            .prompt(com.microsoft.aad.msal4j.Prompt.SELECT_ACCOUNT)
                            .claimsChallenge(request.getClaims())
                            .build())
                    .toString()));
            LoopbackRedirect.Answer answer = redirect.await(patience)
                    .orElseThrow(() -> new AzureException(
                            Kind.NOT_SIGNED_IN, "BrowserTimeout", 0, "Nobody signed in, in the browser.", null));
            if (!answer.error().isEmpty()) {
                throw AzureErrors.ofDirectory(answer.error(), answer.description(), null);
            }
            return Prompt.await(
                    client.acquireToken(AuthorizationCodeParameters.builder(answer.code(), redirect.address())
                            .scopes(scopes)
                            .codeVerifier(verifier)
                            .claims(Prompt.claims(request))
                            .build()));
        } catch (IOException e) {
            throw new AzureException(Kind.NO_BROWSER, "", 0, String.valueOf(e.getMessage()), e);
        }
    }

    private void open(URI address) throws IOException {
        browser.open(address);
    }

    /** 256 random bits. */
    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return base64(bytes);
    }

    private static String sha256(String text) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
