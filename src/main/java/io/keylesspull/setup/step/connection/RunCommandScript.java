package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.resource.ManagedRunCommands.Result;
import io.keylesspull.azure.resource.ManagedRunCommands.Script;
import io.keylesspull.remote.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * One command as a script for Run Command, and its result in pieces: Azure returns only the last 4,096 bytes of each
 * stream. So both streams of the command go to files in a folder of root's, are packed, and come back piece by piece in
 * both streams of the script. What belongs to the command travels in protected parameters.
 */
final class RunCommandScript {

    /** What Azure keeps of a stream. */
    private static final int KEPT = 4096;
    /** Of the first stream, which begins with a line about the result. */
    private static final int FIRST = 3900;

    private static final String FOLDER = "/run/keyless-pull";
    private static final Duration PIECE_TIMEOUT = Duration.ofMinutes(2);

    /** A session of the user's own, so that groups count that were joined a moment ago. */
    private static final String RUN = """
            #!/bin/sh
            # Keyless Pull: runs a command as a user, prints how it ended and the first piece of what it wrote.
            folder=%1$s
            rm -rf "$folder"
            mkdir -m 700 "$folder" || exit 1
            printf %%s "$KEYLESS_PULL_INPUT" > "$folder/in"
            id="$KEYLESS_PULL_ID" user="$KEYLESS_PULL_USER" line="$KEYLESS_PULL_LINE"
            unset KEYLESS_PULL_INPUT KEYLESS_PULL_ID KEYLESS_PULL_USER KEYLESS_PULL_LINE
            runuser -s /bin/sh "$user" -c "cd; $line" < "$folder/in" > "$folder/out" 2> "$folder/err"
            status=$?
            cat "$folder/out" "$folder/err" | gzip -c | base64 -w 0 > "$folder/packed"
            size=$(wc -c < "$folder/packed")
            printf '%%s\\n' "$id $status $(wc -c < "$folder/out") $size"
            head -c %2$d "$folder/packed"
            tail -c +%3$d "$folder/packed" | head -c %4$d >&2
            if [ "$size" -le %5$d ]; then rm -rf "$folder"; fi
            """.formatted(FOLDER, FIRST, FIRST + 1, KEPT, FIRST + KEPT);

    private static final String PIECE = """
            #!/bin/sh
            # Keyless Pull: prints the next piece of what a command wrote.
            printf '%%s\\n' "$KEYLESS_PULL_ID"
            tail -c +"$KEYLESS_PULL_FROM" %1$s/packed | head -c %2$d
            tail -c +"$KEYLESS_PULL_THEN" %1$s/packed | head -c %3$d >&2
            if [ -n "$KEYLESS_PULL_LAST" ]; then rm -rf %1$s; fi
            """.formatted(FOLDER, FIRST, KEPT);

    private RunCommandScript() {}

    /**
     * The agent runs it as root, so that a command by root needs no sudo, which may want a password.
     *
     * @param id tells this command's result from an earlier one's
     */
    static Script run(String id, String user, Command command) {
        boolean byRoot = command.isByRoot();
        Map<String, String> parameters = new HashMap<>(Map.of(
                "KEYLESS_PULL_ID",
                id,
                "KEYLESS_PULL_USER",
                byRoot ? "root" : user,
                "KEYLESS_PULL_LINE",
                (byRoot ? command.withoutSudo() : command).shellLine()));
        command.stdin()
                .filter(input -> !input.isEmpty())
                .ifPresent(input -> parameters.put("KEYLESS_PULL_INPUT", input));
        return new Script(RUN, parameters, command.timeout().plusMillis(999));
    }

    /** The next piece. @param have what has come so far */
    static Script piece(String id, Packed have) {
        int from = have.text().length() + 1;
        Map<String, String> parameters = new HashMap<>(Map.of(
                "KEYLESS_PULL_ID",
                id,
                "KEYLESS_PULL_FROM",
                String.valueOf(from),
                "KEYLESS_PULL_THEN",
                String.valueOf(from + FIRST)));
        if (have.size() - have.text().length() <= FIRST + KEPT) {
            parameters.put("KEYLESS_PULL_LAST", "yes");
        }
        return new Script(PIECE, parameters, PIECE_TIMEOUT);
    }

    /**
     * What a command wrote, as far as it has come.
     *
     * @param outBytes how much of it is standard output
     * @param size of the whole
     * @param text gzip in base64
     */
    record Packed(int exitStatus, int outBytes, int size, String text) {

        boolean isWhole() {
            return text.length() == size;
        }

        Packed with(String more) {
            return new Packed(exitStatus, outBytes, size, text + more);
        }

        /** Both streams, of a whole. @throws IOException if it is damaged */
        List<byte[]> streams() throws IOException {
            try (GZIPInputStream unpacked = new GZIPInputStream(
                    new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
                byte[] both = unpacked.readAllBytes();
                if (both.length < outBytes) {
                    throw new IOException("too short");
                }
                return List.of(Arrays.copyOf(both, outBytes), Arrays.copyOfRange(both, outBytes, both.length));
            } catch (IllegalArgumentException notEncoded) {
                throw new IOException(notEncoded);
            }
        }
    }

    /** The result of {@link #run}; empty if it is not there. */
    static Optional<Packed> first(String id, Result result) {
        return payload(result, id + " ").flatMap(text -> {
            String[] line = text.split("\n", 2);
            String[] numbers = line[0].trim().split(" +");
            if (line.length < 2 || numbers.length != 3) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Packed(
                        Integer.parseInt(numbers[0]),
                        Integer.parseInt(numbers[1]),
                        Integer.parseInt(numbers[2]),
                        line[1].strip() + result.stderr().strip()));
            } catch (NumberFormatException cutOff) {
                return Optional.empty();
            }
        });
    }

    /** The result of {@link #piece}; empty if it is not there. */
    static Optional<Packed> next(String id, Packed have, Result result) {
        return payload(result, id + "\n")
                .map(text -> have.with(text.strip() + result.stderr().strip()))
                .filter(now ->
                        now.text().length() > have.text().length() && now.text().length() <= now.size());
    }

    private static Optional<String> payload(Result result, String start) {
        return result.stdout().startsWith(start)
                ? Optional.of(result.stdout().substring(start.length()))
                : Optional.empty();
    }
}
