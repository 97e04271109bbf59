package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.resource.ManagedRunCommands.Result;
import io.keylesspull.azure.resource.ManagedRunCommands.Script;
import io.keylesspull.remote.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Commands as a script for Run Command, and its result in pieces: Azure returns only the last 4,096 bytes of each
 * stream. So what the commands write goes to files in a folder of root's, is packed, and comes back piece by piece in
 * both streams of the script. What belongs to the commands travels in protected parameters.
 */
final class RunCommandScript {

    /** What Azure keeps of a stream. */
    private static final int KEPT = 4096;
    /** Of the first stream, which begins with a line about the result. */
    private static final int FIRST = 3900;

    static final String FOLDER = "/run/keyless-pull";
    private static final Duration PIECE_TIMEOUT = Duration.ofMinutes(2);

    private static final String BEGIN = """
            #!/bin/sh
            # Keyless Pull: runs commands as a user, prints the first piece of how they ended and what they wrote.
            folder=%1$s
            rm -rf "$folder"
            mkdir -m 700 "$folder" || exit 1
            id="$KEYLESS_PULL_ID" stop="$KEYLESS_PULL_STOP" over=
            unset KEYLESS_PULL_ID KEYLESS_PULL_STOP
            """.formatted(FOLDER);

    /** Before the first command runs, which must not see the others' parameters. */
    private static final String TAKE = """
            user%1$d="$KEYLESS_PULL_USER_%1$d" line%1$d="$KEYLESS_PULL_LINE_%1$d"
            printf %%s "$KEYLESS_PULL_INPUT_%1$d" > "$folder/in%1$d"
            unset KEYLESS_PULL_USER_%1$d KEYLESS_PULL_LINE_%1$d KEYLESS_PULL_INPUT_%1$d
            """;

    /** A session of the user's own, so that groups count that were joined a moment ago. */
    private static final String RUN = """
            if [ -z "$over" ]; then
                runuser -s /bin/sh "$user%1$d" -c "cd; $line%1$d" \
                    < "$folder/in%1$d" > "$folder/out" 2> "$folder/err"
                status=$?
                printf '%%s\n' "$status $(wc -c < "$folder/out") $(wc -c < "$folder/err")" >> "$folder/ends"
                cat "$folder/out" "$folder/err" >> "$folder/all"
                if [ "$status" -ne 0 ]; then over="$stop"; fi
            fi
            """;

    private static final String END = """
            echo >> "$folder/ends"
            cat "$folder/ends" "$folder/all" | gzip -c | base64 -w 0 > "$folder/packed"
            size=$(wc -c < "$folder/packed")
            printf '%%s\n' "$id $size"
            head -c %1$d "$folder/packed"
            tail -c +%2$d "$folder/packed" | head -c %3$d >&2
            if [ "$size" -le %4$d ]; then rm -rf "$folder"; fi
            """.formatted(FIRST, FIRST + 1, KEPT, FIRST + KEPT);

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
     * @param id tells this script's result from an earlier one's
     * @param untilFailure whether the commands after one that does not return 0 are left out
     */
    static Script run(String id, String user, List<Command> commands, boolean untilFailure) {
        Map<String, String> parameters = new HashMap<>(Map.of("KEYLESS_PULL_ID", id));
        if (untilFailure) {
            parameters.put("KEYLESS_PULL_STOP", "yes");
        }
        StringBuilder take = new StringBuilder(BEGIN);
        StringBuilder run = new StringBuilder();
        // Only one that hangs takes as long as it may.
        Duration timeout = commands.stream()
                .map(Command::timeout)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        for (int i = 1; i <= commands.size(); i++) {
            Command command = commands.get(i - 1);
            boolean byRoot = command.isByRoot();
            parameters.put("KEYLESS_PULL_USER_" + i, byRoot ? "root" : user);
            parameters.put("KEYLESS_PULL_LINE_" + i, (byRoot ? command.withoutSudo() : command).shellLine());
            String input = command.stdin().orElse("");
            if (!input.isEmpty()) {
                parameters.put("KEYLESS_PULL_INPUT_" + i, input);
            }
            take.append(TAKE.formatted(i));
            run.append(RUN.formatted(i));
        }
        return new Script(take.append(run).append(END).toString(), parameters, timeout.plusMillis(999));
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

    /** How a command ended, and what it wrote to both streams. */
    record Ended(int exitStatus, byte[] out, byte[] err) {}

    /**
     * How commands ended and what they wrote, as far as it has come.
     *
     * @param size of the whole
     * @param text gzip in base64
     */
    record Packed(int size, String text) {

        boolean isWhole() {
            return text.length() == size;
        }

        Packed with(String more) {
            return new Packed(size, text + more);
        }

        /** Of a whole: the commands that were run, in their order. @throws IOException if it is damaged */
        List<Ended> ended() throws IOException {
            try (GZIPInputStream unpacked = new GZIPInputStream(
                    new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
                List<int[]> ends = new ArrayList<>();
                for (String line = line(unpacked); !line.isEmpty(); line = line(unpacked)) {
                    ends.add(Arrays.stream(line.trim().split(" +"))
                            .mapToInt(Integer::parseInt)
                            .toArray());
                }
                List<Ended> ended = new ArrayList<>();
                for (int[] end : ends) {
                    ended.add(new Ended(end[0], bytes(unpacked, end[1]), bytes(unpacked, end[2])));
                }
                return ended;
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notEncoded) {
                throw new IOException(notEncoded);
            }
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("too short");
                }
                line.append((char) next);
            }
            return line.toString();
        }

        private static byte[] bytes(InputStream in, int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new IOException("too short");
            }
            return bytes;
        }
    }

    /** The result of {@link #run}; empty if it is not there. */
    static Optional<Packed> first(String id, Result result) {
        return payload(result, id + " ").flatMap(text -> {
            String[] line = text.split("\n", 2);
            try {
                return line.length < 2
                        ? Optional.empty()
                        : Optional.of(new Packed(
                                Integer.parseInt(line[0].trim()),
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
