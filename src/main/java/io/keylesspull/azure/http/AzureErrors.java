package io.keylesspull.azure.http;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.identity.CredentialUnavailableException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.aad.msal4j.MsalException;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.network.NetworkFault;
import io.keylesspull.text.Redactor;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Turns the SDK's exceptions into {@link AzureException}s. */
public final class AzureErrors {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Codes that say only that something inside has failed, in lower case. */
    private static final Set<String> OF_WHAT_IS_INSIDE = Set.of(
            "deploymentfailed",
            "invalidtemplatedeployment",
            "multipleerrorsoccurred",
            "resourcedeploymentfailure",
            "badrequest",
            "conflict");

    private static final Pattern DIRECTORY_CODE = Pattern.compile("(AADSTS\\d+)(?:: )?");

    private AzureErrors() {}

    /** Whether an interrupt caused the exception. */
    static boolean interrupted(Throwable thrown) {
        return Stream.concat(causes(thrown), Stream.of(thrown.getSuppressed()))
                .anyMatch(InterruptedException.class::isInstance);
    }

    static AzureException of(Throwable thrown) {
        Optional<AzureException> ours = cause(thrown, AzureException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        if (NetworkFault.in(thrown).isPresent()) {
            return unreachable(thrown);
        }
        Optional<ManagementException> management = cause(thrown, ManagementException.class);
        if (management.isPresent()) {
            return management(management.get(), thrown);
        }
        Optional<CredentialUnavailableException> unavailable = cause(thrown, CredentialUnavailableException.class);
        if (unavailable.isPresent()) {
            return new AzureException(
                    Kind.NOT_SIGNED_IN,
                    "CredentialUnavailable",
                    0,
                    clean(unavailable.get().getMessage()),
                    thrown);
        }
        Optional<HttpResponseException> http = cause(thrown, HttpResponseException.class);
        if (http.isPresent() && http.get().getResponse() != null) {
            return http(http.get(), thrown);
        }
        if (isNetwork(thrown)) {
            return unreachable(thrown);
        }
        // azure-identity says only that there is no token; MSAL's exception has the directory's answer.
        Optional<Throwable> msal = causes(thrown)
                .filter(c -> c.getClass().getName().startsWith("com.microsoft.aad.msal4j."))
                .reduce((a, b) -> b);
        if (msal.isPresent()
                || cause(thrown, ClientAuthenticationException.class).isPresent()) {
            Throwable reason = msal.or(() -> http).orElse(thrown);
            String error = reason instanceof MsalException known ? text(known.errorCode()) : "";
            return ofDirectory(error, text(reason.getMessage()), thrown);
        }
        return new AzureException(Kind.OTHER, "", 0, clean(thrown.getMessage()), thrown);
    }

    /**
     * A sign-in that the directory refused.
     *
     * @param error as in RFC 6749 and RFC 8628, or MSAL's own; the code if the description has none
     * @param description begins with the directory's error number, if it has one
     */
    public static AzureException ofDirectory(String error, String description, @Nullable Throwable thrown) {
        String number = directoryCode(description);
        return new AzureException(
                Kind.NOT_SIGNED_IN, number.isEmpty() ? error : number, 0, clean(withoutCode(description)), thrown);
    }

    private static AzureException management(ManagementException e, Throwable thrown) {
        int status = e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
        ManagementError error = e.getValue();
        return error == null || error.getCode() == null
                ? ofBody(status, body(e), e.getMessage(), thrown)
                : ofBody(status, json(error), e.getMessage(), thrown);
    }

    private static JsonNode json(ManagementError error) {
        ObjectNode json =
                JSON.createObjectNode().put("code", text(error.getCode())).put("message", text(error.getMessage()));
        if (error.getDetails() != null) {
            error.getDetails().forEach(detail -> json.withArray("/details").add(json(detail)));
        }
        return json;
    }

    private static AzureException http(HttpResponseException e, Throwable thrown) {
        return ofBody(e.getResponse().getStatusCode(), body(e), e.getMessage(), thrown);
    }

    /**
     * @param body the response's body; a missing node if that was not JSON
     * @param fallback the message if the body has none
     */
    static AzureException ofBody(int status, JsonNode body, @Nullable String fallback, @Nullable Throwable thrown) {
        JsonNode error = error(body);
        AzureException outer = ofError(status, error, fallback, thrown);
        if (!ErrorKinds.isVague(outer.kind())) {
            return outer;
        }
        // Some services nest errors: the outer code says only that something failed, the inner one says what.
        List<AzureException> inner =
                innermost(error).map(one -> ofError(0, one, "", null)).toList();
        return inner.stream()
                .filter(one -> !ErrorKinds.isVague(one.kind()))
                .findFirst()
                .or(() -> inner.stream()
                        .filter(one -> OF_WHAT_IS_INSIDE.contains(outer.code().toLowerCase(Locale.ROOT)))
                        .findFirst())
                .map(one -> new AzureException(one.kind(), one.code(), status, one.getMessage(), thrown))
                .orElse(outer);
    }

    /**
     * An error that was told inside an answer about something else, such as that of one resource of a deployment.
     *
     * @param error with {@code code} and {@code message}, or with {@code error} around them
     */
    public static AzureException told(JsonNode error) {
        return ofBody(0, error, "", null);
    }

    /** A provider's own error is the text of a deployment's, as JSON. */
    private static Stream<JsonNode> innermost(JsonNode error) {
        JsonNode text = error(JsonResponses.json(error.path("message").asText("")));
        if (text.path("code").isTextual()) {
            return innermost(text);
        }
        return error.path("details").isEmpty()
                ? Stream.of(error)
                : StreamSupport.stream(error.path("details").spliterator(), false)
                        .flatMap(AzureErrors::innermost);
    }

    private static AzureException ofError(
            int status, JsonNode error, @Nullable String fallback, @Nullable Throwable thrown) {
        String code = error.path("code").asText("");
        String message = error.path("message").asText("");
        String words = message.isEmpty() ? text(fallback) : message;
        Kind kind = ErrorKinds.of(code, status, words);
        return words.startsWith("AADSTS")
                ? new AzureException(kind, directoryCode(words), status, clean(withoutCode(words)), thrown)
                : new AzureException(kind, code, status, clean(words), thrown);
    }

    /** ARM's bodies have {@code error}, registries' have {@code errors}, the directory's {@code error_description}. */
    private static JsonNode error(JsonNode body) {
        if (body.path("error").isObject()) {
            return body.path("error");
        }
        if (body.path("errors").path(0).isObject()) {
            return body.path("errors").path(0);
        }
        if (body.path("error").isTextual()) {
            return JSON.createObjectNode()
                    .put("code", body.path("error").asText())
                    .put("message", body.path("error_description").asText(""));
        }
        return body;
    }

    /** The SDK puts the body into the message; the response itself may not be readable again. */
    private static JsonNode body(HttpResponseException e) {
        String message = text(e.getMessage());
        int from = message.indexOf('{');
        int to = message.lastIndexOf('}');
        return from >= 0 && to > from ? JsonResponses.json(message.substring(from, to + 1)) : JSON.missingNode();
    }

    /** Whether the network failed, and not the service. */
    static boolean isNetwork(Throwable thrown) {
        return causes(thrown).anyMatch(AzureErrors::isOfTheNetwork);
    }

    private static AzureException unreachable(Throwable thrown) {
        boolean explained = NetworkFault.in(thrown).isPresent();
        Throwable deepest = causes(thrown)
                .filter(cause -> explained ? cause.getMessage() != null : isOfTheNetwork(cause))
                .reduce((a, b) -> b)
                .orElse(thrown);
        String message = deepest.getMessage() == null || deepest instanceof EOFException
                ? withoutWords(deepest)
                : deepest instanceof UnknownHostException
                        ? "Unknown host: " + deepest.getMessage()
                        : deepest.getMessage();
        return new AzureException(Kind.UNREACHABLE, "", 0, clean(message), thrown);
    }

    /** JDK's client does not say of which host the name is not resolved; our clients do. */
    private static String withoutWords(Throwable deepest) {
        if (deepest instanceof EOFException) {
            return "The connection was closed before the answer was complete";
        }
        return deepest instanceof UnresolvedAddressException
                ? "A host name cannot be resolved"
                : deepest.getClass().getSimpleName();
    }

    private static boolean isOfTheNetwork(Throwable cause) {
        return cause instanceof IOException && !(cause instanceof JsonProcessingException)
                || cause instanceof TimeoutException
                || cause instanceof UnresolvedAddressException;
    }

    /** The directory's error number, such as AADSTS50020; empty if the message has none. */
    private static String directoryCode(String message) {
        Matcher found = DIRECTORY_CODE.matcher(message);
        return found.find() ? found.group(1) : "";
    }

    /** The message without the number that it begins with: whoever shows it shows the code, too. */
    private static String withoutCode(String message) {
        Matcher found = DIRECTORY_CODE.matcher(message);
        return found.lookingAt() ? message.substring(found.end()) : message;
    }

    /** Masks secrets. No service should send one back, but messages are kept in logs. */
    private static String clean(@Nullable String message) {
        return Redactor.shapesOnly().mask(text(message));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    public static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        return causes(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        // A chain can be circular; real ones are shorter.
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(20);
    }
}
