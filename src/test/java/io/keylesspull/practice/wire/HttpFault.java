package io.keylesspull.practice.wire;

import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A fault of a request: whether the request takes effect, what the response is, and what happens to the connection. */
public final class HttpFault {

    private static final String PAGE = "<!DOCTYPE html><html><head><title>Sign in to the network</title></head>"
            + "<body><h1>Sign in to the network</h1></body></html>";

    /** The first half, and then the connection is closed in an orderly way. */
    private static final Delivery HALF = (connection, answer, time) -> {
        connection.write(half(answer));
        return false;
    };
    /** The first half, and then the connection is reset. */
    private static final Delivery HALF_AND_RESET = (connection, answer, time) -> {
        connection.write(half(answer));
        connection.reset();
        return false;
    };
    /** Nothing: the connection is reset. */
    private static final Delivery RESET = (connection, answer, time) -> {
        connection.reset();
        return false;
    };
    /** Nothing, for as long as the client holds the connection. */
    private static final Delivery SILENCE = (connection, answer, time) -> {
        connection.in().transferTo(OutputStream.nullOutputStream());
        return false;
    };

    private final boolean carriedOut;
    private final Optional<Function<Request, Response>> answer;
    private final Delivery delivery;

    private HttpFault(boolean carriedOut, Optional<Function<Request, Response>> answer, Delivery delivery) {
        this.carriedOut = carriedOut;
        this.answer = answer;
        this.delivery = delivery;
    }

    /** The request is refused, with the body that the service it is for has for this. @param status 400 to 599 */
    public static HttpFault status(int status) {
        return answered(request -> ServiceErrors.answer(request, status));
    }

    /** As {@link #status}, naming a time after which to try again. @param wait whole seconds */
    public static HttpFault status(int status, Duration wait) {
        return answered(request -> {
            Response answer = ServiceErrors.answer(request, status);
            return ServiceErrors.with(answer, Map.of("Retry-After", Long.toString(wait.toSeconds())));
        });
    }

    /** The control plane refuses, by a code of its own. @param code such as {@code AuthorizationFailed} */
    public static HttpFault refusal(int status, String code, String message) {
        return answered(request -> ServiceErrors.ofControlPlane(status, code, message));
    }

    /** The control plane answers with this instead. @param body JSON */
    public static HttpFault json(int status, String body) {
        return answered(request -> new Response(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The control plane wants a token that was issued for more (Microsoft Learn, "Claims challenges"). */
    public static HttpFault claimsChallenge(String claims) {
        String encoded = Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return answered(request -> ServiceErrors.with(
                ServiceErrors.ofControlPlane(401, "InsufficientClaims", "The token does not have the needed claims."),
                Map.of(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri="
                                + "\"https://login.microsoftonline.com/common/oauth2/authorize\","
                                + " error=\"insufficient_claims\", claims=\"" + encoded + "\"")));
    }

    /** A registry's firewall refuses (docker/build-push-action#1214). @param address the client's, as it sees it */
    public static HttpFault firewall(String address) {
        return json(
                403,
                "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"client with IP \\u0027" + address
                        + "\\u0027 is not allowed access. Refer https://aka.ms/acr/firewall to grant access.\"}]}");
    }

    /** For machines: no host has the name. */
    public static HttpFault unknownHost() {
        return answered(request -> {
            throw new UncheckedIOException(
                    new UnknownHostException(request.uri().getHost()));
        });
    }

    /** For machines: the name leads to an address where nothing answers. */
    public static HttpFault noAnswer(String address) {
        return answered(request -> {
            throw new UncheckedIOException(new SocketTimeoutException(address));
        });
    }

    /** Something on the way answers instead, with status 200 and a page of HTML. */
    public static HttpFault notJson() {
        return answered(request -> new Response(
                200, Map.of("Content-Type", "text/html; charset=utf-8"), PAGE.getBytes(StandardCharsets.UTF_8)));
    }

    /** The connection is reset before any answer. */
    public static HttpFault reset() {
        return new HttpFault(false, Optional.empty(), RESET);
    }

    /** The request takes effect, and the connection is reset in the middle of the answer's body. */
    public static HttpFault resetInTheMiddle() {
        return new HttpFault(true, Optional.empty(), HALF_AND_RESET);
    }

    /** The request takes effect, and the connection ends before as much has come as {@code Content-Length} says. */
    public static HttpFault cutShort() {
        return new HttpFault(true, Optional.empty(), HALF);
    }

    /** The request is taken and never answered. */
    public static HttpFault blackHole() {
        return new HttpFault(false, Optional.empty(), SILENCE);
    }

    /** The request takes effect, and the answer's body comes byte by byte. @param pause before each byte */
    public static HttpFault drip(Duration pause) {
        return new HttpFault(true, Optional.empty(), slowly(pause));
    }

    /** The same fault of the response alone: the request has taken effect. */
    public HttpFault afterTheEffect() {
        return new HttpFault(true, answer, delivery);
    }

    private static HttpFault answered(Function<Request, Response> answer) {
        return new HttpFault(false, Optional.of(answer), Delivery.WHOLE);
    }

    /** What is sent as far as it is. @param service who would answer if all went well */
    Response answer(Request request, HttpService service) {
        Response real = carriedOut ? service.send(request) : new Response(204, Map.of(), new byte[0]);
        return answer.map(instead -> instead.apply(request)).orElse(real);
    }

    Delivery delivery() {
        return delivery;
    }

    private static Delivery slowly(Duration pause) {
        return (connection, answer, time) -> {
            connection.out().write(answer.head());
            for (byte b : answer.body()) {
                time.sleep(pause);
                connection.out().write(b);
            }
            return true;
        };
    }

    /** The first half of the body; of the head if there is no body. */
    private static EncodedResponse half(EncodedResponse answer) {
        return answer.body().length == 0
                ? new EncodedResponse(Arrays.copyOf(answer.head(), answer.head().length / 2), answer.body())
                : new EncodedResponse(answer.head(), Arrays.copyOf(answer.body(), answer.body().length / 2));
    }
}
