package io.keylesspull.setup.request;

import java.util.List;
import java.util.Locale;

/**
 * Some of a registry's repositories: single ones, such as {@code team/app}, and all below a path, such as
 * {@code team/*}. Names are compared without case, as Azure's conditions do here.
 *
 * @param patterns empty for all repositories
 */
public record RepositoryScope(List<String> patterns) {

    /** Enough for 20 of the longest names in the 8 KB that a condition may have. */
    static final int MOST = 20;

    public static final RepositoryScope ALL = new RepositoryScope(List.of());

    private static final String BELOW = "/*";

    public RepositoryScope {
        patterns = List.copyOf(patterns);
    }

    public boolean isAll() {
        return patterns.isEmpty();
    }

    public boolean covers(String repository) {
        String name = repository.toLowerCase(Locale.ROOT);
        return isAll()
                || patterns.stream()
                        .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                        .anyMatch(
                                pattern -> isPrefix(pattern) ? name.startsWith(prefix(pattern)) : name.equals(pattern));
    }

    /** Whether a pattern means all repositories below a path. */
    public static boolean isPrefix(String pattern) {
        return pattern.endsWith(BELOW);
    }

    /** With the slash at its end, without which {@code team/*} would mean {@code teams} too. */
    public static String prefix(String pattern) {
        return pattern.substring(0, pattern.length() - 1);
    }

    static boolean isValid(String pattern) {
        return ImageName.isRepository(isPrefix(pattern) ? pattern.substring(0, pattern.length() - 2) : pattern);
    }

    /** For people. */
    @Override
    public String toString() {
        return String.join(", ", patterns);
    }
}
