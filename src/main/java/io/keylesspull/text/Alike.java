package io.keylesspull.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Texts that say the same of different things, such as of each machine. */
public final class Alike {

    /** So many are said one by one. */
    public static final int FEW = 10;

    private Alike() {}

    /**
     * Those that are alike together, where the first of them stands, if they are more than {@link #FEW}; each other one
     * alone.
     *
     * @param text what is said of one
     */
    public static <T> List<List<T>> groups(List<T> all, Function<T, Text> text) {
        Map<String, List<T>> byShape = new LinkedHashMap<>();
        all.forEach(one -> byShape.computeIfAbsent(shape(text.apply(one)), any -> new ArrayList<>())
                .add(one));
        List<List<T>> groups = new ArrayList<>();
        for (T one : all) {
            List<T> same = byShape.getOrDefault(shape(text.apply(one)), List.of());
            if (same.size() <= FEW) {
                groups.add(List.of(one));
            } else if (same.get(0).equals(one)) {
                groups.add(List.copyOf(same));
            }
        }
        return groups;
    }

    /**
     * All in one.
     *
     * @param all at least one
     * @param key of a text with places for the first, the number of the others, and the last
     */
    public static Text words(List<Text> all, String key) {
        return all.size() == 1
                ? all.get(0)
                : Text.of(key, all.get(0), String.valueOf(all.size() - 1), all.get(all.size() - 1));
    }

    /** The keys without the names. */
    private static String shape(Text text) {
        return text.key()
                + text.arguments().stream()
                        .filter(Text.class::isInstance)
                        .map(inner -> shape((Text) inner))
                        .toList();
    }
}
