package io.keylesspull.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs of the host, run to their end. */
public final class Programs {

    private Programs() {}

    /**
     * @return what it printed on both streams
     * @throws IllegalStateException where its status is not 0
     */
    public static String run(List<String> argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", argv) + " ended with status " + status + ": " + printed);
        }
        return printed;
    }

    /** As {@link #run(List)}. */
    public static String run(String... argv) throws IOException, InterruptedException {
        return run(List.of(argv));
    }
}
