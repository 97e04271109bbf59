package io.keylesspull.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.identity.CredentialUnavailableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.AzureException.Kind;
import io.keylesspull.text.Redactor;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns what the SDK throws into {@link AzureException}. */
final class Errors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Errors() {
    }

    /** Whether this is only how a blocked thread was told to stop. */
    static boolean interrupted(Throwable thrown) {
        return Stream.concat(causes(thrown), Stream.of(thrown.getSuppressed()))
                .anyMatch(InterruptedException.class::isInstance);
    }

    static AzureException of(Throwable thrown) {
        Optional<ManagementException> management = cause(thrown, ManagementException.class);
        if (management.isPresent()) {
            return management(management.get(), thrown);
        }
        Optional<CredentialUnavailableException> unavailable = cause(thrown, CredentialUnavailableException.class);
        if (unavailable.isPresent()) {
            return new AzureException(Kind.NOT_SIGNED_IN, "CredentialUnavailable", 0,
                    clean(unavailable.get().getMessage()), thrown);
        }
        Optional<HttpResponseException> http = cause(thrown, HttpResponseException.class);
        if (http.isPresent() && http.get().getResponse() != null) {
            return http(http.get(), thrown);
        }
        if (causes(thrown).anyMatch(Errors::isNetwork)) {
            return unreachable(thrown);
        }
        if (cause(thrown, ClientAuthenticationException.class).isPresent()
                || causes(thrown).anyMatch(c -> c.getClass().getName().startsWith("com.microsoft.aad.msal4j."))) {
            Throwable told = http.<Throwable>map(h -> h).orElse(thrown);
            return new AzureException(Kind.NOT_SIGNED_IN, aadCode(told.getMessage()), 0, clean(told.getMessage()),
                    thrown);
        }
        return new AzureException(Kind.OTHER, "", 0, clean(thrown.getMessage()), thrown);
    }

    private static AzureException management(ManagementException e, Throwable thrown) {
        int status = e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
        ManagementError error = e.getValue();
        if (error == null || error.getCode() == null) {
            return answered(status, body(e), e.getMessage(), thrown);
        }
        String message = error.getMessage() == null ? e.getMessage() : error.getMessage();
        Kind kind = ErrorKinds.of(error.getCode(), status, message);
        // Some services wrap: the outer code says only that something failed, the inner one says what.
        if (ErrorKinds.isVague(kind) && error.getDetails() != null) {
            for (ManagementError detail : error.getDetails()) {
                Kind inner = ErrorKinds.of(text(detail.getCode()), 0, text(detail.getMessage()));
                if (!ErrorKinds.isVague(inner)) {
                    return new AzureException(inner, detail.getCode(), status, clean(detail.getMessage()), thrown);
                }
            }
        }
        return new AzureException(kind, error.getCode(), status, clean(message), thrown);
    }

    private static AzureException http(HttpResponseException e, Throwable thrown) {
        return answered(e.getResponse().getStatusCode(), body(e), e.getMessage(), thrown);
    }

    private static AzureException answered(int status, Optional<JsonNode> body, String fallback, Throwable thrown) {
        JsonNode error = body.map(Errors::error).orElse(JSON.missingNode());
        String code = error.path("code").asText("");
        String message = error.path("message").asText("");
        String told = message.isEmpty() ? text(fallback) : message;
        return new AzureException(ErrorKinds.of(code, status, told), code, status, clean(told), thrown);
    }

    /** ARM says {@code error}, registries say {@code errors}, the directory says {@code error_description}. */
    private static JsonNode error(JsonNode body) {
        if (body.path("error").isObject()) {
            return body.path("error");
        }
        if (body.path("errors").path(0).isObject()) {
            return body.path("errors").path(0);
        }
        if (body.path("error").isTextual()) {
            return JSON.createObjectNode().put("code", body.path("error").asText())
                    .put("message", body.path("error_description").asText(""));
        }
        return body;
    }

    /** The SDK puts the body into the message; reading the response again may not be possible any more. */
    private static Optional<JsonNode> body(HttpResponseException e) {
        String message = text(e.getMessage());
        int from = message.indexOf('{');
        int to = message.lastIndexOf('}');
        if (from >= 0 && to > from) {
            try {
                return Optional.of(JSON.readTree(message.substring(from, to + 1)));
            } catch (JsonProcessingException notJson) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    static AzureException unreachable(Throwable thrown) {
        Throwable deepest = causes(thrown).filter(Errors::isNetwork).reduce((a, b) -> b).orElse(thrown);
        String message = deepest.getMessage() == null ? deepest.getClass().getSimpleName()
                : deepest instanceof UnknownHostException ? "Unknown host: " + deepest.getMessage()
                : deepest.getMessage();
        return new AzureException(Kind.UNREACHABLE, "", 0, clean(message), thrown);
    }

    private static boolean isNetwork(Throwable cause) {
        return cause instanceof IOException && !(cause instanceof JsonProcessingException)
                || cause instanceof TimeoutException
                || cause instanceof java.nio.channels.UnresolvedAddressException;
    }

    /** The directory numbers its errors: AADSTS50020 and so on. */
    private static String aadCode(String message) {
        var found = Pattern.compile("AADSTS\\d+").matcher(text(message));
        return found.find() ? found.group() : "";
    }

    /** No service should send a secret back, but a message outlives its screen. */
    private static String clean(String message) {
        return Redactor.shapesOnly().mask(text(message));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        return causes(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        // Chains can be circular; no honest one is longer.
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(20);
    }
}
