package io.keylesspull.azure.signin;

import io.keylesspull.network.Network;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser does in a sign-in: opens the page, and sends on the form in it. */
public final class TestBrowser implements Browser {

    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]*)\"");
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final HttpClient client;
    private final ExecutorService threads;
    private final List<URI> opened = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> lastPage = new CompletableFuture<>();

    /** @param network by which it reaches the directory */
    public TestBrowser(Network network, ExecutorService threads) {
        this.client = HttpClient.newBuilder()
                .proxy(network.proxies())
                .sslContext(network.tls())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        this.threads = threads;
    }

    @Override
    public void open(URI address) {
        opened.add(address);
        CompletableFuture<Void> browsing = CompletableFuture.runAsync(
                () -> {
                    try {
                        lastPage.complete(browse(address));
                    } catch (IOException e) {
                        lastPage.completeExceptionally(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        lastPage.completeExceptionally(e);
                    }
                },
                threads);
        browsing.exceptionally(e -> null);
    }

    private String browse(URI address) throws IOException, InterruptedException {
        HttpResponse<String> page = send(HttpRequest.newBuilder(address));
        Matcher action = ACTION.matcher(page.body());
        if (!action.find()) {
            return page.body();
        }
        StringBuilder form = new StringBuilder();
        Matcher field = FIELD.matcher(page.body());
        while (field.find()) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(field.group(1))
                    .append('=')
                    .append(URLEncoder.encode(unescaped(field.group(2)), StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(URI.create(unescaped(action.group(1))))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())))
                .body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&");
    }

    /** The addresses that the program has opened. */
    public List<URI> opened() {
        return opened;
    }

    /** What it shows at the end. */
    public CompletableFuture<String> lastPage() {
        return lastPage;
    }
}
