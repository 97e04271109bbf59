package io.keylesspull.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What carries a remedy out: a command, or nothing that could be typed. Each room has a {@code commands.properties}
 * beside its messages, with one entry for each message that is a remedy. An entry is the command, with the remedy's
 * arguments for {@code {0}}, {@code {1}}…, each of which is quoted for a POSIX shell; or {@code none:} and a
 * {@link Reason}. Double quotes keep words together. Where a whole entry is a place such as {@code {2}}, the argument
 * is the command itself or, if it is a {@link Text}, the remedy that counts; {@code or none:} and a reason follow if it
 * may be empty, because a value is not known.
 */
public sealed interface Fix {

    /** @param lines to be typed one after the other; never empty */
    record Commands(String lines) implements Fix {}

    record NoCommand(Reason reason) implements Fix {}

    /** Why there is no command. */
    enum Reason {
        /** Another choice, in the window or in the setup file. */
        CHOICE,
        /** Somebody else decides about it, or does it outside Azure. */
        PERSON,
        /** What is to be done depends on a cause that has to be found first. */
        CAUSE,
        /** Waiting, or trying again. */
        AGAIN,
        /** Something on this computer, on a machine or in a browser that is no single command. */
        HAND,
        /** Nothing has to be done. */
        NOTHING
    }

    Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    Pattern READY = Pattern.compile("\\{(?<place>\\d+)}(?: or (?<none>none:.+))?");
    Pattern PLACE = Pattern.compile("\\{(\\d+)}");

    /**
     * @return empty if the room says nothing about it, or the remedy is one of an earlier version without the values
     */
    static Optional<Fix> of(Text remedy) {
        return entry(remedy.key()).flatMap(entry -> read(entry, remedy.arguments()));
    }

    private static Optional<String> entry(String key) {
        int dot = key.indexOf('.');
        try {
            return Optional.of(ResourceBundle.getBundle(
                            "io.keylesspull." + key.substring(0, Math.max(dot, 0)) + ".commands", Locale.ROOT)
                    .getString(key.substring(dot + 1)));
        } catch (MissingResourceException none) {
            return Optional.empty();
        }
    }

    private static Optional<Fix> read(String entry, List<Object> arguments) {
        if (entry.startsWith("none:")) {
            return Optional.of(new NoCommand(
                    Reason.valueOf(entry.substring("none:".length()).strip().toUpperCase(Locale.ROOT))));
        }
        Matcher ready = READY.matcher(entry);
        if (ready.matches()) {
            int place = Integer.parseInt(ready.group("place"));
            Object argument = place < arguments.size() ? arguments.get(place) : "";
            return argument instanceof Text nested ? of(nested) : ready(String.valueOf(argument), ready.group("none"));
        }
        List<Integer> places = PLACE.matcher(entry)
                .results()
                .map(place -> Integer.parseInt(place.group(1)))
                .toList();
        if (places.stream().anyMatch(place -> place >= arguments.size())) {
            return Optional.empty();
        }
        return Optional.of(new Commands(String.join(
                "\n", entry.lines().map(line -> line(line, arguments)).toList())));
    }

    /** @param none what counts if there is no command; null for none */
    private static Optional<Fix> ready(String lines, @Nullable String none) {
        return lines.isEmpty()
                ? Optional.ofNullable(none).flatMap(instead -> read(instead, List.of()))
                : Optional.of(new Commands(Visible.ofLines(lines)));
    }

    private static String line(String entry, List<Object> arguments) {
        List<String> argv = new ArrayList<>();
        for (MatchResult word : WORD.matcher(entry).results().toList()) {
            argv.add(PLACE.matcher(word.group(1) == null ? word.group(2) : word.group(1))
                    .replaceAll(place -> Matcher.quoteReplacement(
                            Visible.inSentence(String.valueOf(arguments.get(Integer.parseInt(place.group(1))))))));
        }
        return ShellQuoting.line(argv);
    }
}
