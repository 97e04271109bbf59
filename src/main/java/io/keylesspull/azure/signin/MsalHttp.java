package io.keylesspull.azure.signin;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Sends MSAL's requests by our pipeline. */
record MsalHttp(HttpPipeline pipeline) implements IHttpClient {

    @Override
    public IHttpResponse send(HttpRequest asked) {
        com.azure.core.http.HttpRequest request = new com.azure.core.http.HttpRequest(
                HttpMethod.valueOf(asked.httpMethod().name()), asked.url());
        if (asked.headers() != null) {
            asked.headers().forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
        }
        if (asked.body() != null) {
            request.setBody(asked.body());
        }
        return pipeline.send(request)
                .flatMap(response -> response.getBodyAsString()
                        .map(body -> answer(response, body))
                        .switchIfEmpty(Mono.fromSupplier(() -> answer(response, ""))))
                .block();
    }

    private static IHttpResponse answer(com.azure.core.http.HttpResponse response, String body) {
        Map<String, List<String>> headers = response.getHeaders().stream()
                .collect(Collectors.toMap(HttpHeader::getName, HttpHeader::getValuesList));
        HttpResponse answer = new HttpResponse().statusCode(response.getStatusCode());
        answer.addHeaders(headers);
        return body.isEmpty() ? answer : answer.body(body);
    }
}
