package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Commands about lines of text: the options that scripts use. */
final class TextCommands {

    private static final int TROUBLE = 2;
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

    private TextCommands() {}

    static void addTo(Map<String, MachineProgram> programs) {
        programs.put("grep", TextCommands::grep);
        programs.put("sort", TextCommands::sort);
        programs.put("cut", TextCommands::cut);
        programs.put("tr", TextCommands::tr);
        programs.put("shuf", TextCommands::shuf);
        programs.put("date", TextCommands::date);
        programs.put("basename", call -> path(call, name -> name.substring(name.lastIndexOf('/') + 1)));
        programs.put("dirname", call -> path(call, FileTree::parent));
    }

    /** The lines of files, or of the input; empty, after a message, if a file cannot be read. */
    private static Optional<List<String>> lines(ProgramCall call, List<String> files) throws IOException {
        if (files.isEmpty() || files.equals(List.of("-"))) {
            return Optional.of(lines(call.in().readAllBytes()));
        }
        List<String> all = new ArrayList<>();
        for (String file : files) {
            Optional<FileTree.Node> node =
                    call.machine().files().visible(call.user(), call.path(file)).filter(n -> n.readableBy(call.user()));
            if (node.isEmpty()) {
                call.err().line(call.name() + ": " + file + ": No such file or directory");
                return Optional.empty();
            }
            all.addAll(lines(node.get().content()));
        }
        return Optional.of(all);
    }

    private static List<String> lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    private static int grep(ProgramCall call) throws IOException {
        String options = "";
        List<String> patterns = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (arg.equals("-e") && i + 1 < call.args().size()) {
                patterns.add(call.args().get(++i));
            } else if (arg.matches("-[a-zA-Z]+")) {
                options += arg.substring(1);
            } else if (patterns.isEmpty()) {
                patterns.add(arg);
            } else {
                files.add(arg);
            }
        }
        if (patterns.isEmpty() || options.matches(".*[^qcFivEoxshn].*")) {
            return call.fail(TROUBLE, "Usage: grep [OPTION]... PATTERNS [FILE]...");
        }
        Pattern wanted;
        try {
            wanted = pattern(patterns, options);
        } catch (PatternSyntaxException invalid) {
            return call.fail(TROUBLE, "grep: Invalid regular expression");
        }
        Optional<List<String>> lines = lines(call, files);
        if (lines.isEmpty()) {
            return TROUBLE;
        }
        boolean inverted = options.contains("v");
        List<String> found = lines.get().stream()
                .filter(line -> wanted.matcher(line).find() != inverted)
                .toList();
        if (options.contains("c")) {
            call.out().line(String.valueOf(found.size()));
        } else if (!options.contains("q")) {
            boolean parts = options.contains("o");
            for (String line : found) {
                Matcher matcher = wanted.matcher(line);
                while (parts && matcher.find()) {
                    call.out().line(matcher.group());
                }
                if (!parts) {
                    call.out().line(line);
                }
            }
        }
        return found.isEmpty() ? 1 : 0;
    }

    private static Pattern pattern(List<String> patterns, String options) {
        String regex = String.join(
                "|",
                patterns.stream()
                        .flatMap(String::lines)
                        .map(one ->
                                options.contains("F") ? Pattern.quote(one) : options.contains("E") ? one : basic(one))
                        .map(one -> options.contains("x") ? "^(?:" + one + ")$" : one)
                        .toList());
        return Pattern.compile(regex, options.contains("i") ? Pattern.CASE_INSENSITIVE : 0);
    }

    /** A basic expression, in which some characters mean something only after a backslash. */
    private static String basic(String expression) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            boolean escaped = c == '\\' && i + 1 < expression.length();
            char meant = escaped ? expression.charAt(++i) : c;
            boolean special = "+?|(){}".indexOf(meant) >= 0;
            regex.append(escaped != special ? "\\" : "").append(meant);
        }
        return regex.toString();
    }

    private static int sort(ProgramCall call) throws IOException {
        List<String> options = call.args().stream()
                .filter(arg -> arg.startsWith("-") && arg.length() > 1)
                .toList();
        if (!List.of("-u", "-r", "-ru", "-ur").containsAll(options)) {
            return call.fail(TROUBLE, "sort: invalid option");
        }
        Optional<List<String>> lines = lines(
                call, call.args().stream().filter(arg -> !options.contains(arg)).toList());
        if (lines.isEmpty()) {
            return TROUBLE;
        }
        String all = String.join("", options);
        Stream<String> sorted =
                lines.get().stream().sorted(all.contains("r") ? Comparator.reverseOrder() : Comparator.naturalOrder());
        for (String line : (all.contains("u") ? sorted.distinct() : sorted).toList()) {
            call.out().line(line);
        }
        return 0;
    }

    /** {@code cut -d CHARACTER -f NUMBER [FILE]} */
    private static int cut(ProgramCall call) throws IOException {
        String delimiter = "\t";
        int field = 0;
        List<String> files = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (arg.startsWith("-d")) {
                delimiter = arg.length() > 2 ? arg.substring(2) : call.args().get(++i);
            } else if (arg.startsWith("-f")) {
                String number =
                        arg.length() > 2 ? arg.substring(2) : call.args().get(++i);
                field = number.matches("\\d{1,3}") ? Integer.parseInt(number) : 0;
            } else {
                files.add(arg);
            }
        }
        if (field == 0) {
            return call.fail(1, "cut: practice machines know one field only");
        }
        Optional<List<String>> lines = lines(call, files);
        for (String line : lines.orElse(List.of())) {
            String[] fields = line.split(Pattern.quote(delimiter), -1);
            call.out().line(fields.length == 1 ? line : field <= fields.length ? fields[field - 1] : "");
        }
        return lines.isEmpty() ? 1 : 0;
    }

    /** {@code tr -d CHARACTERS} and {@code tr CHARACTER CHARACTER}. */
    private static int tr(ProgramCall call) throws IOException {
        List<String> args = call.args().stream()
                .map(arg -> arg.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"))
                .toList();
        String text = new String(call.in().readAllBytes(), StandardCharsets.UTF_8);
        if (args.size() == 2 && args.get(0).equals("-d")) {
            for (char c : args.get(1).toCharArray()) {
                text = text.replace(String.valueOf(c), "");
            }
        } else if (args.size() == 2 && args.get(0).length() == 1 && args.get(1).length() == 1) {
            text = text.replace(args.get(0), args.get(1));
        } else {
            return call.fail(1, "tr: practice machines know -d, and one character for another, only");
        }
        call.out().print(text);
        return 0;
    }

    /** {@code shuf -i FROM-TO -n 1} */
    private static int shuf(ProgramCall call) throws IOException {
        Matcher range = RANGE.matcher(String.join(" ", call.args()));
        if (!range.find() || !String.join("", call.args()).contains("-n1")) {
            return call.fail(1, "shuf: practice machines know -i FROM-TO -n 1 only");
        }
        int from = Integer.parseInt(range.group(1));
        int to = Integer.parseInt(range.group(2));
        int chosen =
                from + (int) Math.floorMod(call.machine().world().random().nextLong(), Math.max(1L, to - from + 1L));
        call.out().line(String.valueOf(chosen));
        return 0;
    }

    private static int date(ProgramCall call) throws IOException {
        var now = call.machine().world().time().now();
        String format = String.join(" ", call.args());
        call.out()
                .line(
                        format.contains("+%s")
                                ? String.valueOf(now.getEpochSecond())
                                : DateTimeFormatter.ISO_INSTANT.format(now));
        return 0;
    }

    private interface Part {
        String of(String path);
    }

    private static int path(ProgramCall call, Part part) throws IOException {
        if (call.args().size() != 1) {
            return call.fail(1, call.name() + ": missing operand");
        }
        call.out().line(part.of(call.args().get(0)));
        return 0;
    }
}
