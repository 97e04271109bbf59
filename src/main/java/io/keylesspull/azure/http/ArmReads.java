package io.keylesspull.azure.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads from the control plane that the SDK's clients have no method for. */
public final class ArmReads {

    private final HttpPipeline pipeline;
    private final String resourceManager;
    private final ObjectMapper json = new ObjectMapper();

    /** @param resourceManager address of the control plane, without a slash at its end */
    public ArmReads(HttpPipeline pipeline, String resourceManager) {
        this.pipeline = pipeline;
        this.resourceManager = resourceManager;
    }

    /** @param path with its query, beginning with a slash */
    public JsonNode get(String path) throws AzureException, InterruptedException {
        return read(resourceManager + path);
    }

    /** What an action finds out that changes nothing. @param path with its query, beginning with a slash */
    public JsonNode post(String path) throws AzureException, InterruptedException {
        return read(new HttpRequest(HttpMethod.POST, resourceManager + path));
    }

    /** The same. @param body what it wants to know */
    public JsonNode post(String path, JsonNode body) throws AzureException, InterruptedException {
        return read(new HttpRequest(HttpMethod.POST, resourceManager + path)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                .setBody(body.toString()));
    }

    /** The items of a list, of all its pages. @param path with its query, beginning with a slash */
    public List<JsonNode> list(String path) throws AzureException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String next = resourceManager + path;
        while (!next.isEmpty()) {
            // Nobody else may see the token.
            if (!next.startsWith(resourceManager + "/")) {
                throw new AzureException(Kind.OTHER, "", 0, "The list goes on at another address: " + next, null);
            }
            JsonNode page = read(next);
            page.path("value").forEach(items::add);
            next = page.path("nextLink").asText("");
        }
        return items;
    }

    private JsonNode read(String url) throws AzureException, InterruptedException {
        return read(new HttpRequest(HttpMethod.GET, url));
    }

    private JsonNode read(HttpRequest request) throws AzureException, InterruptedException {
        return SdkCall.get(() -> pipeline.send(request.copy())
                .flatMap(response ->
                        response.getBodyAsString().defaultIfEmpty("{}").flatMap(body -> read(response, body))));
    }

    private Mono<JsonNode> read(HttpResponse response, String body) {
        try {
            JsonNode answer = json.readTree(body);
            if (response.getStatusCode() == 200) {
                return Mono.just(answer);
            }
            return Mono.error(AzureErrors.ofBody(response.getStatusCode(), answer, body, null));
        } catch (JsonProcessingException e) {
            return Mono.error(new ManagementException("Status code " + response.getStatusCode(), response));
        }
    }
}
