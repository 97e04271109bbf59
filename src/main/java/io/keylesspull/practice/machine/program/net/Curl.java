package io.keylesspull.practice.machine.program.net;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.LinuxRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** {@code curl}: sends one request. */
public final class Curl implements MachineProgram {

    private static final int UNUSABLE = 2;
    private static final int MALFORMED = 3;
    private static final int HTTP_ERROR = 22;
    private static final int WRITE_ERROR = 23;

    @Override
    public int run(ProgramCall call) throws IOException, InterruptedException {
        if (call.has("--version") || call.has("-V")) {
            call.out().line("curl " + version(call.machine().release()) + " (x86_64-pc-linux-gnu)");
            return 0;
        }
        CurlRequest request;
        try {
            request = CurlRequest.of(call);
        } catch (CurlRequest.Unusable e) {
            return call.fail(UNUSABLE, e.getMessage());
        }
        call.spend(Duration.ofMillis(300));
        byte[] content;
        int status;
        try {
            MachineHttpClient.Answer answer = new MachineHttpClient(call.machine())
                    .send(
                            request.method(),
                            request.url(),
                            request.headers(),
                            request.body() == null
                                    ? new byte[0]
                                    : request.body().getBytes(StandardCharsets.UTF_8));
            if (request.failOnError() && answer.status() >= 400) {
                return fail(call, request, HTTP_ERROR, "The requested URL returned error: " + answer.status());
            }
            content = answer.body();
            status = answer.status();
        } catch (UncheckedIOException e) {
            Unreachable why = Unreachable.of(URI.create(request.url()).getHost(), e);
            return fail(call, request, why.curlStatus(), why.inCurl());
        } catch (IllegalArgumentException e) {
            return fail(call, request, MALFORMED, "URL using bad/illegal format or missing URL");
        }
        String after =
                request.after().replace("%{http_code}", String.valueOf(status)).replace("\\n", "\n");
        if (request.file() == null) {
            call.out().write(content);
            call.out().print(after);
            return 0;
        }
        Optional<String> problem = call.machine().diskFull()
                ? Optional.of("No space left on device")
                : call.machine().files().write(call.user(), call.path(request.file()), content, false);
        if (problem.isPresent()) {
            return fail(
                    call,
                    request,
                    WRITE_ERROR,
                    "Failure writing output to destination: " + request.file() + ": " + problem.get());
        }
        call.out().print(after);
        return 0;
    }

    private static String version(LinuxRelease release) {
        return switch (release.codename()) {
            case "jammy" -> "7.81.0";
            case "noble" -> "8.5.0";
            case "trixie" -> "8.14.1";
            case "resolute" -> "8.18.0";
            default -> "7.88.1";
        };
    }

    private static int fail(ProgramCall call, CurlRequest request, int status, String message) throws IOException {
        return request.silent() ? status : call.fail(status, "curl: (" + status + ") " + message);
    }
}
