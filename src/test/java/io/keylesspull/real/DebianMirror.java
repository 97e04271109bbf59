package io.keylesspull.real;

import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code deb.debian.org} as machines see it: brought from where this host's own apt gets its packages. What has its
 * digest or its version in its name is kept between runs.
 */
final class DebianMirror implements HttpService {

    private static final String SECURITY = "/debian-security/";
    private static final String ARCHIVE = "/debian/";

    private final Path cache;
    private final Map<String, String> upstream;
    private final HttpClient client;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Map<String, Response> thisRun = new ConcurrentHashMap<>();

    private DebianMirror(Path cache, Map<String, String> upstream, HttpClient client) {
        this.cache = cache;
        this.upstream = upstream;
        this.client = client;
    }

    /** @param cache where packages are kept */
    static DebianMirror ofHost(Path cache) throws IOException, InterruptedException {
        Map<String, String> upstream = new HashMap<>();
        List<String> targets = Programs.run(
                        "apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages")
                .lines()
                .toList();
        for (String target : targets) {
            String[] parts = target.split(" ");
            if (parts.length == 2 && parts[1].equals("bookworm")) {
                upstream.putIfAbsent(ARCHIVE, withSlash(parts[0]));
            } else if (parts.length == 2 && parts[1].equals("bookworm-security")) {
                upstream.putIfAbsent(SECURITY, withSlash(parts[0]));
            }
        }
        upstream.putIfAbsent(ARCHIVE, "http://deb.debian.org/debian/");
        upstream.putIfAbsent(SECURITY, "http://deb.debian.org/debian-security/");
        HttpClient.Builder client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL);
        proxy().ifPresent(address -> client.proxy(ProxySelector.of(address)));
        return new DebianMirror(Files.createDirectories(cache), upstream, client.build());
    }

    private static Optional<InetSocketAddress> proxy() throws IOException, InterruptedException {
        String line = Programs.run("apt-config", "shell", "PROXY", "Acquire::http::Proxy")
                .strip();
        if (!line.contains("://")) {
            return Optional.empty();
        }
        URI uri = URI.create(line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\'')));
        return Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }

    private static String withSlash(String uri) {
        return uri.endsWith("/") ? uri : uri + "/";
    }

    @Override
    public Response send(Request request) {
        String path = request.uri().getPath();
        Optional<String> root =
                upstream.keySet().stream().filter(path::startsWith).findFirst();
        if (root.isEmpty() || path.contains("/../")) {
            return new Response(404, Map.of(), new byte[0]);
        }
        URI source = URI.create(upstream.get(root.get())
                + request.uri().getRawPath().substring(root.get().length()));
        synchronized (locks.computeIfAbsent(path, anew -> new Object())) {
            try {
                boolean keeps = path.contains("/pool/") || path.contains("/by-hash/");
                return keeps ? kept(path, source) : onceARun(path, source);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private Response kept(String path, URI source) throws IOException, InterruptedException {
        Path file = cache.resolve(path.substring(1));
        if (Files.exists(file)) {
            return new Response(200, Map.of(), Files.readAllBytes(file));
        }
        Response response = fetch(source);
        if (response.status() == 200) {
            Files.createDirectories(file.getParent());
            Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), response.body());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return response;
    }

    private Response onceARun(String path, URI source) throws IOException, InterruptedException {
        Response before = thisRun.get(path);
        Response response = before == null ? fetch(source) : before;
        thisRun.put(path, response);
        return response;
    }

    private Response fetch(URI source) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(source).build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Response(answer.statusCode(), Map.of(), answer.body());
    }
}
