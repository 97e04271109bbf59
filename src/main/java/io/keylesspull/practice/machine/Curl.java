package io.keylesspull.practice.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code curl} for plain downloads. */
final class Curl implements Program {

    private static final int COULD_NOT_RESOLVE = 6;
    private static final int HTTP_ERROR = 22;
    private static final int WRITE_ERROR = 23;

    @Override
    public int run(Call call) throws IOException, InterruptedException {
        String url = null;
        String file = null;
        Map<String, String> headers = new HashMap<>();
        boolean failOnError = false;
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            boolean takesValue = arg.equals("--output") || arg.equals("--header") || arg.equals("--max-time")
                    || arg.equals("--retry") || arg.matches("-[A-Za-z]*[oHm]");
            if (takesValue && i + 1 < call.args().size()) {
                String value = call.args().get(++i);
                if (arg.endsWith("o") || arg.equals("--output")) {
                    file = value;
                } else if (arg.endsWith("H") || arg.equals("--header")) {
                    int colon = Math.max(0, value.indexOf(':'));
                    headers.put(value.substring(0, colon), value.substring(Math.min(value.length(), colon
                            + 1)).strip());
                }
            }
            failOnError |= arg.equals("--fail") || arg.matches("-[A-Za-z]*f[A-Za-z]*");
            url = arg.startsWith("-") || takesValue ? url : arg;
        }
        if (url == null) {
            return call.fail(2, "curl: try 'curl --help' or 'curl --manual' for more information");
        }
        call.spend(Duration.ofMillis(300));
        byte[] content;
        if (url.equals(MicrosoftRepository.KEY_URL)) {
            content = MicrosoftRepository.armoredKey().getBytes(StandardCharsets.UTF_8);
        } else {
            try {
                Http.Answer answer = new Http(call.machine()).get(url, headers);
                if (failOnError && answer.status() >= 400) {
                    return call.fail(HTTP_ERROR, "curl: (22) The requested URL returned error: " + answer.status());
                }
                content = answer.body();
            } catch (UncheckedIOException | IllegalArgumentException e) {
                return call.fail(COULD_NOT_RESOLVE, "curl: (6) Could not resolve host: " + host(url));
            }
        }
        if (file == null) {
            call.out().write(content);
            return 0;
        }
        Optional<String> problem = call.machine().diskFull() ? Optional.of("No space left on device")
                : call.machine().files().write(call.user(), call.path(file), content, false);
        return problem.isEmpty() ? 0 : call.fail(WRITE_ERROR, "Warning: Failed to open the file " + file + ": "
                + problem.get() + "\ncurl: (23) Failure writing output to destination");
    }

    private static String host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).orElse(url);
        } catch (IllegalArgumentException e) {
            return url;
        }
    }
}
