package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Commands that count, cut, pack and encode bytes: the options that some command uses. */
final class StreamCommands {

    private StreamCommands() {}

    static void addTo(Map<String, MachineProgram> programs) {
        programs.put("wc", StreamCommands::wc);
        programs.put("head", StreamCommands::head);
        programs.put("tail", StreamCommands::tail);
        programs.put("gzip", StreamCommands::gzip);
        programs.put("base64", StreamCommands::base64);
    }

    /** The file that the last argument names, or the input. */
    private static Optional<byte[]> content(ProgramCall call, int options) throws IOException {
        List<String> files = call.args()
                .subList(Math.min(options, call.args().size()), call.args().size());
        if (files.isEmpty()) {
            return Optional.of(call.in().readAllBytes());
        }
        return call.machine()
                .files()
                .visible(call.user(), call.path(files.get(0)))
                .filter(node -> node.readableBy(call.user()))
                .map(FileTree.Node::content);
    }

    private static int missing(ProgramCall call) throws IOException {
        String file = call.args().get(call.args().size() - 1);
        return call.fail(1, call.name() + ": cannot open '" + file + "' for reading: No such file or directory");
    }

    private static int wc(ProgramCall call) throws IOException {
        byte[] input = call.in().readAllBytes();
        if (call.args().equals(List.of("-l"))) {
            long lines = new String(input, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            call.out().line(String.valueOf(lines));
            return 0;
        }
        if (!call.args().equals(List.of("-c"))) {
            return call.fail(1, "wc: invalid option");
        }
        call.out().line(String.valueOf(input.length));
        return 0;
    }

    /** {@code head -c NUMBER [FILE]} */
    private static int head(ProgramCall call) throws IOException {
        if (call.args().size() < 2
                || !call.args().get(0).equals("-c")
                || !isNumber(call.args().get(1))) {
            return call.fail(1, "head: invalid option");
        }
        Optional<byte[]> content = content(call, 2);
        if (content.isEmpty()) {
            return missing(call);
        }
        int length = Math.min(content.get().length, Integer.parseInt(call.args().get(1)));
        call.out().write(Arrays.copyOf(content.get(), length));
        return 0;
    }

    /** {@code tail -c +NUMBER [FILE]}: from that byte on, counted from 1. */
    private static int tail(ProgramCall call) throws IOException {
        if (call.args().size() < 2
                || !call.args().get(0).equals("-c")
                || !call.args().get(1).startsWith("+")
                || !isNumber(call.args().get(1).substring(1))) {
            return call.fail(1, "tail: invalid option");
        }
        Optional<byte[]> content = content(call, 2);
        if (content.isEmpty()) {
            return missing(call);
        }
        int from = Math.min(content.get().length, Integer.parseInt(call.args().get(1)) - 1);
        call.out().write(Arrays.copyOfRange(content.get(), Math.max(0, from), content.get().length));
        return 0;
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,9}");
    }

    /** {@code gzip [-c]} and {@code gzip -d}, from the input to the output. */
    private static int gzip(ProgramCall call) throws IOException {
        byte[] input = call.in().readAllBytes();
        if (call.has("-d")) {
            try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(input))) {
                call.out().write(packed.readAllBytes());
                return 0;
            } catch (IOException notPacked) {
                return call.fail(1, "gzip: stdin: not in gzip format");
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packer = new GZIPOutputStream(bytes)) {
            packer.write(input);
        }
        call.out().write(bytes.toByteArray());
        return 0;
    }

    /** {@code base64 -w 0}, without line ends, and {@code base64 -d}. */
    private static int base64(ProgramCall call) throws IOException {
        byte[] input = call.in().readAllBytes();
        if (call.has("-d")) {
            try {
                call.out().write(Base64.getMimeDecoder().decode(input));
                return 0;
            } catch (IllegalArgumentException notEncoded) {
                return call.fail(1, "base64: invalid input");
            }
        }
        if (!call.args().equals(List.of("-w", "0")) && !call.args().equals(List.of("-w0"))) {
            return call.fail(1, "base64: invalid option");
        }
        call.out().write(Base64.getEncoder().encode(input));
        return 0;
    }
}
