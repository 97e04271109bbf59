package io.keylesspull.practice.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** {@code curl}: one request into the machine's internet. */
final class Curl implements Program {

    private static final int UNUSABLE = 2;
    private static final int MALFORMED = 3;
    private static final int COULD_NOT_RESOLVE = 6;
    private static final int HTTP_ERROR = 22;
    private static final int WRITE_ERROR = 23;

    @Override
    public int run(Call call) throws IOException, InterruptedException {
        CurlRequest request;
        try {
            request = CurlRequest.of(call);
        } catch (CurlRequest.Unusable e) {
            return call.fail(UNUSABLE, e.getMessage());
        }
        call.spend(Duration.ofMillis(300));
        byte[] content;
        if (request.url().equals(MicrosoftRepository.KEY_URL)) {
            content = MicrosoftRepository.armoredKey().getBytes(StandardCharsets.UTF_8);
        } else {
            try {
                Http.Answer answer = new Http(call.machine()).send(request.method(), request.url(), request.headers(),
                        request.body() == null ? new byte[0] : request.body().getBytes(StandardCharsets.UTF_8));
                if (request.failOnError() && answer.status() >= 400) {
                    return fail(call, request, HTTP_ERROR, "The requested URL returned error: " + answer.status());
                }
                content = answer.body();
            } catch (UncheckedIOException e) {
                return fail(call, request, COULD_NOT_RESOLVE,
                        "Could not resolve host: " + URI.create(request.url()).getHost());
            } catch (IllegalArgumentException e) {
                return fail(call, request, MALFORMED, "URL using bad/illegal format or missing URL");
            }
        }
        if (request.file() == null) {
            call.out().write(content);
            return 0;
        }
        Optional<String> problem = call.machine().diskFull() ? Optional.of("No space left on device")
                : call.machine().files().write(call.user(), call.path(request.file()), content, false);
        return problem.isEmpty() ? 0 : fail(call, request, WRITE_ERROR, "Failure writing output to destination: "
                + request.file() + ": " + problem.get());
    }

    private static int fail(Call call, CurlRequest request, int status, String message) throws IOException {
        return request.silent() ? status : call.fail(status, "curl: (" + status + ") " + message);
    }
}
