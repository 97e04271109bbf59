package io.keylesspull.practice.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query string or of a body sent as {@code application/x-www-form-urlencoded}. */
public final class Parameters {

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Those of the query string. */
    public static Parameters ofQuery(Request request) {
        return parse(request.uri().getRawQuery());
    }

    /** Those of the body. */
    public static Parameters ofForm(Request request) {
        return parse(new String(request.body(), StandardCharsets.UTF_8));
    }

    /** @param encoded may be null or empty; an invalid escape is kept as it is */
    static Parameters parse(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (encoded != null) {
            for (String pair : encoded.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                if (!name.isEmpty()) {
                    values.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
                }
            }
        }
        return new Parameters(values);
    }

    /** The first value; empty if the name is missing or its value is blank. */
    public Optional<String> get(String name) {
        return all(name).stream().findFirst().filter(value -> !value.isBlank());
    }

    /** The first value of each, by lower-case name. */
    public Map<String, String> firstByName() {
        Map<String, String> first = new LinkedHashMap<>();
        values.forEach((name, all) -> first.putIfAbsent(name.toLowerCase(Locale.ROOT), all.get(0)));
        return first;
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}
