package io.keylesspull.practice.registry;

import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the handler of a path and method. */
final class Routes {

    private static final String NAME = "([a-z0-9][a-z0-9._/-]*)";

    private final List<Route> routes;

    Routes(
            BearerChallenge challenge,
            TokenExchange exchange,
            TokenEndpoint token,
            Catalog catalog,
            Manifests manifests,
            Uploads uploads,
            Deletions deletions) {
        // The first match counts: "uploads" must not be taken for a digest, and the shortest Azure path comes last.
        routes = List.of(
                route("GET", "/v2/?", (registry, request, path) -> {
                    challenge.requireSignedIn(registry, request);
                    return RegistryResponses.json(200, RegistryResponses.object());
                }),
                route("POST", "/oauth2/exchange", (registry, request, path) -> exchange.handle(registry, request)),
                route("GET|POST", "/oauth2/token", (registry, request, path) -> token.handle(registry, request)),
                route(
                        "GET",
                        "/(?:v2|acr/v1)/_catalog",
                        (registry, request, path) -> catalog.repositories(registry, request)),
                route(
                        "GET",
                        "/v2/" + NAME + "/tags/list",
                        (registry, request, path) -> catalog.tagNames(registry, request, path.group(1))),
                route(
                        "GET",
                        "/v2/" + NAME + "/manifests/([^/]+)",
                        (registry, request, path) -> manifests.get(registry, request, path.group(1), path.group(2))),
                route(
                        "PUT",
                        "/v2/" + NAME + "/manifests/([^/]+)",
                        (registry, request, path) -> manifests.put(registry, request, path.group(1), path.group(2))),
                route(
                        "DELETE",
                        "/v2/" + NAME + "/manifests/([^/]+)",
                        (registry, request, path) ->
                                deletions.manifest(registry, request, path.group(1), path.group(2))),
                route(
                        "POST",
                        "/v2/" + NAME + "/blobs/uploads/?",
                        (registry, request, path) -> uploads.start(registry, request, path.group(1))),
                route(
                        "PATCH",
                        "/v2/" + NAME + "/blobs/uploads/([^/]+)",
                        (registry, request, path) -> uploads.append(registry, request, path.group(1), path.group(2))),
                route(
                        "PUT",
                        "/v2/" + NAME + "/blobs/uploads/([^/]+)",
                        (registry, request, path) -> uploads.finish(registry, request, path.group(1), path.group(2))),
                route(
                        "GET",
                        "/v2/" + NAME + "/blobs/uploads/([^/]+)",
                        (registry, request, path) -> uploads.state(registry, request, path.group(1), path.group(2))),
                route(
                        "DELETE",
                        "/v2/" + NAME + "/blobs/uploads/([^/]+)",
                        (registry, request, path) -> uploads.cancel(registry, request, path.group(1), path.group(2))),
                route(
                        "GET",
                        "/v2/" + NAME + "/blobs/([^/]+)",
                        (registry, request, path) -> manifests.blob(registry, request, path.group(1), path.group(2))),
                route(
                        "GET",
                        "/acr/v1/" + NAME + "/_tags/?",
                        (registry, request, path) -> catalog.tags(registry, request, path.group(1))),
                route(
                        "GET",
                        "/acr/v1/" + NAME + "/_tags/([^/]+)",
                        (registry, request, path) -> catalog.tag(registry, request, path.group(1), path.group(2))),
                route(
                        "DELETE",
                        "/acr/v1/" + NAME + "/_tags/([^/]+)",
                        (registry, request, path) -> deletions.tag(registry, request, path.group(1), path.group(2))),
                route(
                        "GET",
                        "/acr/v1/" + NAME + "/_manifests/?",
                        (registry, request, path) -> catalog.manifests(registry, request, path.group(1))),
                route(
                        "GET",
                        "/acr/v1/" + NAME + "/_manifests/([^/]+)",
                        (registry, request, path) -> catalog.manifest(registry, request, path.group(1), path.group(2))),
                route(
                        "GET",
                        "/acr/v1/" + NAME,
                        (registry, request, path) -> catalog.repository(registry, request, path.group(1))),
                route(
                        "DELETE",
                        "/acr/v1/" + NAME,
                        (registry, request, path) -> deletions.repository(registry, request, path.group(1))));
    }

    /** @throws RegistryError if there is no such path, or not with this method */
    Response answer(Registry registry, Request request) {
        // HEAD is GET without the body, which is removed from the response later.
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        String path = request.uri().getPath().replaceAll("/{2,}", "/");
        boolean known = false;
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (matcher.matches()) {
                known = true;
                if (List.of(route.methods().split("\\|")).contains(method)) {
                    return route.handler().answer(registry, request, matcher);
                }
            }
        }
        throw known
                ? new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.")
                : new RegistryError(404, "NOT_FOUND", "404 page not found");
    }

    private static Route route(String methods, String path, Handler handler) {
        return new Route(methods, Pattern.compile(path), handler);
    }

    private record Route(String methods, Pattern path, Handler handler) {}

    @FunctionalInterface
    private interface Handler {
        Response answer(Registry registry, Request request, Matcher path);
    }
}
