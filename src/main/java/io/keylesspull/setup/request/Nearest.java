package io.keylesspull.setup.request;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The word that was most likely meant: the one with the smallest Levenshtein distance. */
public final class Nearest {

    /** Keeps a long mistyped word from taking time. */
    private static final int LONGEST = 100;

    private Nearest() {}

    /** @return empty if nothing is near: at least half of the letters differ, and neither holds the other */
    static Optional<String> of(String written, Collection<String> words) {
        String word = plain(written.length() <= LONGEST ? written : written.substring(0, LONGEST));
        return words.stream()
                .min(Comparator.comparingInt(known -> distance(word, plain(known))))
                .filter(known -> isNear(word, plain(known)));
    }

    private static boolean isNear(String word, String known) {
        return !word.isBlank()
                && (word.contains(known)
                        || known.contains(word)
                        || distance(word, known) * 2 < Math.max(word.length(), known.length()));
    }

    /** The likeliest first. @param most how many at most */
    public static List<String> several(String written, Collection<String> words, int most) {
        String word = written.length() <= LONGEST ? written : written.substring(0, LONGEST);
        return words.stream()
                .sorted(Comparator.comparingInt(known -> distance(plain(word), plain(known))))
                .limit(most)
                .toList();
    }

    /** Capitals and the ways to join words are what people get wrong first. */
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
