package io.keylesspull.practice.machine.program.net;

import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of curl, parsed.
 *
 * @param body null if there is none
 * @param file where the response is written; null for standard output
 * @param silent whether errors are not printed
 * @param after printed after the response, with {@code %{http_code}} in it; may be empty
 */
record CurlRequest(
        String url,
        String method,
        Map<String, String> headers,
        @Nullable String body,
        @Nullable String file,
        boolean failOnError,
        boolean silent,
        String after) {

    /** curl does not accept this command line. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    private static final String HINT = "curl: try 'curl --help' or 'curl --manual' for more information";
    private static final Map<Character, String> SHORT = Map.of(
            'X',
            "--request",
            'H',
            "--header",
            'd',
            "--data",
            'o',
            "--output",
            'm',
            "--max-time",
            'A',
            "--user-agent",
            'w',
            "--write-out");
    private static final Map<Character, String> FLAGS = Map.of(
            's',
            "--silent",
            'S',
            "--show-error",
            'f',
            "--fail",
            'L',
            "--location",
            'G',
            "--get",
            'k',
            "--insecure",
            '4',
            "--ipv4");
    private static final Set<String> WITH_VALUE = Set.of(
            "--request",
            "--header",
            "--data",
            "--data-raw",
            "--data-binary",
            "--data-urlencode",
            "--output",
            "--max-time",
            "--user-agent",
            "--retry",
            "--retry-delay",
            "--retry-max-time",
            "--connect-timeout",
            "--noproxy",
            "--proto",
            "--write-out");
    private static final Set<String> LONG_FLAGS = Set.of(
            "--disable",
            "--silent",
            "--show-error",
            "--fail",
            "--location",
            "--get",
            "--insecure",
            "--ipv4",
            "--tlsv1.2",
            "--compressed",
            "--retry-connrefused");

    static CurlRequest of(ProgramCall call) throws Unusable, IOException {
        Map<String, List<String>> given = new HashMap<>();
        List<String> data = new ArrayList<>();
        List<String> urls = new ArrayList<>();
        List<String> args = new ArrayList<>(call.args());
        while (!args.isEmpty()) {
            String arg = args.remove(0);
            if (!arg.startsWith("-")) {
                urls.add(arg);
                continue;
            }
            String option = arg.startsWith("--") ? arg : unpacked(arg, args, given);
            if (WITH_VALUE.contains(option)) {
                if (args.isEmpty()) {
                    throw new Unusable("curl: option " + arg + ": requires parameter\n" + HINT);
                }
                String value = args.remove(0);
                given.computeIfAbsent(option, o -> new ArrayList<>()).add(value);
                if (option.equals("--header") && value.startsWith("@")) {
                    given.get(option).remove(value);
                    given.get(option)
                            .addAll(content(call, option, value.substring(1))
                                    .lines()
                                    .toList());
                }
                if (option.startsWith("--data")) {
                    data.add(data(call, option, value));
                }
            } else if (LONG_FLAGS.contains(option)) {
                given.computeIfAbsent(option, o -> new ArrayList<>());
            } else {
                throw new Unusable("curl: option " + arg + ": is unknown\n" + HINT);
            }
        }
        if (urls.isEmpty()) {
            throw new Unusable("curl: no URL specified!\n" + HINT);
        }
        return build(urls.get(urls.size() - 1), given, data);
    }

    /** A bundle of short options: all but the last are flags, and the last may include its value. */
    private static String unpacked(String bundle, List<String> args, Map<String, List<String>> given) throws Unusable {
        for (int i = 1; i < bundle.length(); i++) {
            char letter = bundle.charAt(i);
            if (SHORT.containsKey(letter)) {
                if (i + 1 < bundle.length()) {
                    args.add(0, bundle.substring(i + 1));
                }
                return Objects.requireNonNull(SHORT.get(letter));
            }
            if (!FLAGS.containsKey(letter)) {
                throw new Unusable("curl: option " + bundle + ": is unknown\n" + HINT);
            }
            given.computeIfAbsent(FLAGS.get(letter), o -> new ArrayList<>());
        }
        return "--compressed";
    }

    /** One part of the body; {@code @-} is standard input, {@code @FILE} a file. */
    private static String data(ProgramCall call, String option, String value) throws Unusable, IOException {
        boolean encoded = option.equals("--data-urlencode");
        int at = option.equals("--data-raw") ? -1 : value.indexOf('@');
        int equals = value.indexOf('=');
        if (at >= 0 && (at == 0 || encoded && (equals < 0 || at < equals))) {
            String content = content(call, "--data", value.substring(at + 1));
            String name = at == 0 ? "" : value.substring(0, at) + "=";
            return encoded
                    ? name + MachineHttpClient.encode(content)
                    : option.equals("--data-binary") ? content : content.replaceAll("[\\r\\n]", "");
        }
        return !encoded
                ? value
                : equals < 0
                        ? MachineHttpClient.encode(value)
                        : value.substring(0, equals == 0 ? 0 : equals + 1)
                                + MachineHttpClient.encode(value.substring(equals + 1));
    }

    private static String content(ProgramCall call, String option, String file) throws Unusable, IOException {
        if (file.equals("-")) {
            return new String(call.in().readAllBytes(), StandardCharsets.UTF_8);
        }
        Optional<FileTree.Node> node = call.machine().files().visible(call.user(), call.path(file));
        if (node.isEmpty() || !node.get().readableBy(call.user())) {
            throw new Unusable("curl: option " + option + ": error encountered when reading a file\n" + HINT);
        }
        return new String(node.get().content(), StandardCharsets.UTF_8);
    }

    private static CurlRequest build(String url, Map<String, List<String>> given, List<String> data) {
        Map<String, String> headers = new HashMap<>();
        boolean get = given.containsKey("--get");
        String body = data.isEmpty() || get ? null : String.join("&", data);
        if (body != null) {
            headers.put("content-type", "application/x-www-form-urlencoded");
        }
        for (String header : given.getOrDefault("--header", List.of())) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        }
        String full = get && !data.isEmpty() ? url + (url.contains("?") ? "&" : "?") + String.join("&", data) : url;
        List<String> methods = given.getOrDefault("--request", List.of());
        List<String> files = given.getOrDefault("--output", List.of());
        return new CurlRequest(
                full,
                methods.isEmpty() ? body == null ? "GET" : "POST" : methods.get(methods.size() - 1),
                headers,
                body,
                files.isEmpty() ? null : files.get(0),
                given.containsKey("--fail"),
                given.containsKey("--silent") && !given.containsKey("--show-error"),
                String.join("", given.getOrDefault("--write-out", List.of())));
    }
}
