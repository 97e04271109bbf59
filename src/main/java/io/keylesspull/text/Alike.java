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
        return byKind(all, text.andThen(Alike::shape));
    }

    /** The same of what has a kind. @param kind the same of those that are alike */
    public static <T> List<List<T>> byKind(List<T> all, Function<T, String> kind) {
        Map<String, List<T>> byKind = new LinkedHashMap<>();
        all.forEach(one -> byKind.computeIfAbsent(kind.apply(one), any -> new ArrayList<>())
                .add(one));
        List<List<T>> groups = new ArrayList<>();
        for (T one : all) {
            List<T> same = byKind.getOrDefault(kind.apply(one), List.of());
            if (same.size() <= FEW) {
                groups.add(List.of(one));
            } else if (same.get(0).equals(one)) {
                groups.add(List.copyOf(same));
            }
        }
        return groups;
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
