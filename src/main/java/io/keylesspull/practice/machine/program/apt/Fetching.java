package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.program.net.Unreachable;
import io.keylesspull.practice.machine.shell.ProgramCall;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections of one call of apt to the servers of packages. A server that has not answered once is not tried
 * again. Sources: apt's {@code methods/connect.cc}; its words as in github.com/Azure/azure-cli/issues/30278 and
 * github.com/actions/runner-images/issues/6913.
 */
final class Fetching {

    /** Four tries of 30 seconds, the default of {@code Acquire::http::Timeout}, and the waits between them. */
    private static final Duration TRIES = Duration.ofSeconds(127);

    private final ProgramCall call;
    /** By host. */
    private final Map<String, String> silent = new HashMap<>();

    Fetching(ProgramCall call) {
        this.call = call;
    }

    /** Why a file cannot be had, as apt says; empty if it can. */
    Optional<String> failure(String address) throws InterruptedException {
        URI uri = URI.create(address);
        String host = uri.getHost();
        boolean plain = uri.getScheme().equals("http");
        if (silent.containsKey(host)) {
            return Optional.of("Unable to connect to " + host + (plain ? ":http:" : ":https:"));
        }
        try {
            MachineHttpClient.Answer answer = new MachineHttpClient(call.machine()).get(address, Map.of());
            return answer.isOk()
                    ? Optional.empty()
                    : Optional.of(answer.statusLine().replaceFirst(" ", "  "));
        } catch (UncheckedIOException e) {
            call.spend(TRIES);
            String why = Unreachable.of(host, e).inApt(host + (plain ? ":80" : ":443"));
            silent.put(host, why);
            return Optional.of(why);
        }
    }
}
