package io.keylesspull.fault;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words to be seen, wrapped anywhere. In them {@code 3..5} stands for 3, 4 or 5, and {@code …} for anything. */
record Expected(String text) {

    private static final Pattern SPAN = Pattern.compile("(\\d+)\\.\\.(\\d+)");

    boolean isMetBy(String seen) {
        String words = flat(text);
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        for (Matcher span = SPAN.matcher(words); span.find(); from = span.end()) {
            pattern.append(literally(words.substring(from, span.start()))).append("(\\d+)");
        }
        Matcher matched =
                Pattern.compile(pattern + literally(words.substring(from))).matcher(flat(seen));
        return matched.matches() && numbersFit(SPAN.matcher(words).results().toList(), matched);
    }

    private static String literally(String words) {
        return Pattern.quote(words).replaceAll(" ?… ?", "\\\\E.*\\\\Q");
    }

    private static boolean numbersFit(List<MatchResult> spans, Matcher matched) {
        for (int i = 0; i < spans.size(); i++) {
            long number = Long.parseLong(matched.group(i + 1));
            if (number < Long.parseLong(spans.get(i).group(1))
                    || number > Long.parseLong(spans.get(i).group(2))) {
                return false;
            }
        }
        return true;
    }

    private static String flat(String words) {
        return words.strip().replaceAll("\\s+", " ");
    }
}
