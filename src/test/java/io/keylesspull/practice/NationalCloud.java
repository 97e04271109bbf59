package io.keylesspull.practice;

import io.keylesspull.practice.arm.core.ArmHook;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.cluster.ClusterHook;
import io.keylesspull.practice.directory.TokenHook;
import io.keylesspull.practice.machine.ssh.SshHook;
import io.keylesspull.practice.wire.HttpHook;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.time.Time;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A practice cloud under the names of a national cloud: what comes in and goes out, for programs and for machines, has
 * the national cloud's names in place of Azure's own, and those lead nowhere. Names as in azure-core-management's
 * AzureEnvironment and the Azure CLI's {@code cloud.py}.
 */
public final class NationalCloud implements HttpHook {

    /** Their digests are those of their bytes, which must not change. */
    private static final Pattern CONTENT = Pattern.compile("/v2/.*/(blobs|manifests)/.*");

    private final Map<String, String> toNational;
    private final Map<String, String> toPublic = new LinkedHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private NationalCloud(Map<String, String> toNational) {
        this.toNational = toNational;
        toNational.forEach((ours, theirs) -> toPublic.put(theirs, ours));
    }

    public static NationalCloud usGovernment() {
        return new NationalCloud(names(
                "login.microsoftonline.us",
                "login.usgovcloudapi.net",
                "management.usgovcloudapi.net",
                "management.core.usgovcloudapi.net",
                ".azurecr.us",
                ".cloudapp.usgovcloudapi.net",
                "usgovvirginia"));
    }

    public static NationalCloud china() {
        return new NationalCloud(names(
                "login.chinacloudapi.cn",
                "login.partner.microsoftonline.cn",
                "management.chinacloudapi.cn",
                "management.core.chinacloudapi.cn",
                ".azurecr.cn",
                ".cloudapp.chinacloudapi.cn",
                "chinaeast2"));
    }

    private static Map<String, String> names(
            String login, String alias, String arm, String classic, String registries, String dns, String location) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("login.microsoftonline.com", login);
        names.put("login.windows.net", alias);
        names.put("management.azure.com", arm);
        names.put("management.core.windows.net", classic);
        names.put(".azurecr.io", registries);
        names.put(".cloudapp.azure.com", dns);
        names.put("japaneast", location);
        return names;
    }

    /** Starts the practice cloud. */
    public PracticeCloud start() {
        return PracticeCloud.start(
                Pace.INSTANT,
                Time.system(),
                new Random(7),
                new Hooks(this, TokenHook.NONE, ArmHook.NONE, SshHook.NONE, ClusterHook.NONE));
    }

    /** The hosts that were asked, in order of their names. */
    public Set<String> asked() {
        return new TreeSet<>(asked);
    }

    @Override
    public boolean serves(String host) {
        return toPublic.keySet().stream().anyMatch(host::endsWith);
    }

    @Override
    public Answered answer(Request request, HttpService service) {
        String host = request.uri().getHost();
        asked.add(host);
        if (toNational.keySet().stream().anyMatch(host::endsWith)) {
            throw new UncheckedIOException(new UnknownHostException(host));
        }
        return HttpHook.super.answer(request, renamed -> translated(renamed, service));
    }

    private Response translated(Request request, HttpService service) {
        boolean content = CONTENT.matcher(request.uri().getPath()).matches();
        Response answer = service.send(new Request(
                request.method(),
                URI.create(replaced(request.uri().toString(), toPublic)),
                replaced(request.headers(), toPublic),
                content ? request.body() : replaced(request.body(), toPublic)));
        return new Response(
                answer.status(),
                replaced(answer.headers(), toNational),
                content ? answer.body() : replaced(answer.body(), toNational));
    }

    private static byte[] replaced(byte[] body, Map<String, String> names) {
        return replaced(new String(body, StandardCharsets.ISO_8859_1), names).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> replaced(Map<String, String> headers, Map<String, String> names) {
        Map<String, String> replaced = new HashMap<>();
        headers.forEach((name, value) -> replaced.put(name, replaced(value, names)));
        return replaced;
    }

    private static String replaced(String text, Map<String, String> names) {
        String replaced = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            replaced = replaced.replace(name.getKey(), name.getValue());
        }
        return replaced;
    }
}
