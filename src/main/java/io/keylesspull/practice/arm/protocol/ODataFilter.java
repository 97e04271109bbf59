package io.keylesspull.practice.arm.protocol;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of OData's {@code $filter} that ARM understands: equalities joined by {@code and}, and functions. The REST
 * reference of "Virtual Machines - List" has the name in quotes, too.
 */
public record ODataFilter(Map<String, String> equal, Map<String, String> functions) {

    private static final Pattern EQUAL =
            Pattern.compile("'?([\\w/]+)'? +eq +'((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION = Pattern.compile("(\\w+)\\((?:'([^']*)')?\\)");

    public static ODataFilter of(ArmCall call) {
        Map<String, String> equal = new HashMap<>();
        Map<String, String> functions = new HashMap<>();
        for (String term : call.query("$filter").orElse("").split("(?i) +and +")) {
            Matcher equality = EQUAL.matcher(term.strip());
            Matcher function = FUNCTION.matcher(term.strip());
            if (equality.matches()) {
                equal.put(
                        equality.group(1).toLowerCase(Locale.ROOT),
                        equality.group(2).replace("''", "'"));
            } else if (function.matches()) {
                functions.put(
                        function.group(1).toLowerCase(Locale.ROOT),
                        Optional.ofNullable(function.group(2)).orElse(""));
            } else if (!term.isBlank()) {
                throw ArmError.badRequest(
                        "InvalidFilterInQueryString",
                        "Invalid $filter '" + call.query("$filter").orElse("") + "' specified in the query string.");
            }
        }
        return new ODataFilter(equal, functions);
    }

    /** Whether the filter admits a value: it has no condition on this name, or just this value. */
    public boolean admits(String name, String value) {
        String wanted = equal.get(name.toLowerCase(Locale.ROOT));
        return wanted == null || wanted.equalsIgnoreCase(value);
    }

    public Optional<String> wanted(String name) {
        return Optional.ofNullable(equal.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> function(String name) {
        return Optional.ofNullable(functions.get(name.toLowerCase(Locale.ROOT)));
    }
}
