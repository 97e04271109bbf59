package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.ArmError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The condition of a role assignment: which actions it allows on which repositories. It knows what conditions on
 * repositories need of Azure's format ("Azure role assignment condition format and syntax", version 2.0): AND, OR,
 * negation, parentheses, {@code ActionMatches}, and comparisons of a request's attribute with a text.
 */
public final class AssignmentCondition {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<mark>\\(|\\)|!|&&|\\|\\||AND\\b|OR\\b)"
            + "|(?i:ActionMatches)\\s*\\{\\s*'(?<action>[^']*)'\\s*\\}"
            + "|@Request\\[(?<attribute>[^\\]]+)\\]\\s+(?<operator>[A-Za-z]+)\\s+'(?<value>[^']*)')");
    private static final int LONGEST = 8 * 1024;

    private static final Map<String, BiPredicate<String, String>> OPERATORS = Map.of(
            "StringEquals",
            String::equals,
            "StringEqualsIgnoreCase",
            String::equalsIgnoreCase,
            "StringStartsWith",
            String::startsWith,
            "StringStartsWithIgnoreCase",
            (text, start) -> lower(text).startsWith(lower(start)),
            "StringNotEquals",
            (text, other) -> !text.equals(other),
            "StringNotEqualsIgnoreCase",
            (text, other) -> !text.equalsIgnoreCase(other));

    /** What is asked for. @param attributes of the request, by name */
    private record Asked(String action, Map<String, String> attributes) {}

    @FunctionalInterface
    private interface Term {
        boolean holds(Asked asked);
    }

    private final List<Matcher> tokens;
    private int next;

    private AssignmentCondition(List<Matcher> tokens) {
        this.tokens = tokens;
    }

    /** @throws ArmError if Azure would refuse the condition */
    public static void check(String condition, String version) {
        if (!version.equals("2.0")) {
            throw ArmError.badRequest(
                    "InvalidConditionVersion", "The condition version '" + version + "' is not supported: use 2.0.");
        }
        if (condition.length() > LONGEST) {
            throw ArmError.badRequest("InvalidCondition", "The condition is longer than 8 KB.");
        }
        term(condition);
    }

    /**
     * Whether a condition, checked before, allows an action.
     *
     * @param attributes of the request, such as {@code Microsoft.ContainerRegistry/registries/repositories:name}
     */
    static boolean allows(String condition, String action, Map<String, String> attributes) {
        return term(condition).holds(new Asked(action, attributes));
    }

    private static Term term(String condition) {
        List<Matcher> tokens = new ArrayList<>();
        int end = 0;
        String text = condition.strip();
        while (end < text.length()) {
            Matcher token = TOKEN.matcher(text).region(end, text.length());
            if (!token.lookingAt()) {
                throw invalid(text.substring(end));
            }
            tokens.add(token);
            end = token.end();
        }
        AssignmentCondition parser = new AssignmentCondition(tokens);
        Term whole = parser.either();
        if (parser.next < tokens.size()) {
            throw invalid(tokens.get(parser.next).group());
        }
        return whole;
    }

    private Term either() {
        Term left = both();
        while (isNext("OR", "||")) {
            Term one = left;
            Term other = both();
            left = asked -> one.holds(asked) || other.holds(asked);
        }
        return left;
    }

    private Term both() {
        Term left = single();
        while (isNext("AND", "&&")) {
            Term one = left;
            Term other = single();
            left = asked -> one.holds(asked) && other.holds(asked);
        }
        return left;
    }

    private Term single() {
        if (isNext("!")) {
            Term inner = single();
            return asked -> !inner.holds(asked);
        }
        if (isNext("(")) {
            Term inner = either();
            if (!isNext(")")) {
                throw invalid("a parenthesis is not closed");
            }
            return inner;
        }
        if (next == tokens.size() || tokens.get(next).group("mark") != null) {
            throw invalid(
                    next == tokens.size()
                            ? "it ends too early"
                            : tokens.get(next).group());
        }
        Matcher token = tokens.get(next++);
        String action = token.group("action");
        return action != null ? asked -> asked.action().equalsIgnoreCase(action) : comparison(token);
    }

    private static Term comparison(Matcher token) {
        String attribute = token.group("attribute");
        String value = token.group("value");
        BiPredicate<String, String> operator = OPERATORS.get(token.group("operator"));
        if (operator == null) {
            throw invalid(token.group("operator"));
        }
        return asked -> asked.attributes().containsKey(attribute)
                && operator.test(asked.attributes().get(attribute), value);
    }

    private boolean isNext(String... marks) {
        if (next < tokens.size()
                && List.of(marks).contains(String.valueOf(tokens.get(next).group("mark")))) {
            next++;
            return true;
        }
        return false;
    }

    private static ArmError invalid(String where) {
        return ArmError.badRequest("InvalidCondition", "The condition is not valid: " + where.strip());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
