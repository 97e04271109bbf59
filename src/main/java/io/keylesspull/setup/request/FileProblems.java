package io.keylesspull.setup.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the form of a setup file, and which values therefore stand for nothing. */
final class FileProblems {

    private static final int LONGEST_SHOWN = 80;

    private final List<Violation> found = new ArrayList<>();
    private final List<Violation> clashes = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    /** The places that hold a broken one. */
    private final Set<String> holders = new HashSet<>();

    /** A value that could not be read: rules must not judge what stands in for it. */
    void unreadable(String path, String value, Text rule) {
        found.add(new Violation(path, value, rule));
        broken.add(path);
        holders.addAll(holders(path));
    }

    /** Something that leaves the other values as they are. */
    void besides(String path, String value, Text rule) {
        found.add(new Violation(path, value, rule));
    }

    /** Something that makes no sense beside another value, and is not used then. */
    void clash(String path, String value, Text rule) {
        clashes.add(new Violation(path, value, rule));
    }

    /** All but {@link #clashes}. */
    List<Violation> found() {
        return List.copyOf(found);
    }

    List<Violation> clashes() {
        return List.copyOf(clashes);
    }

    /** Whether the place, what holds it or what it holds could not be read. */
    boolean touches(String path) {
        return broken.contains(path)
                || holders.contains(path)
                || holders(path).stream().anyMatch(broken::contains);
    }

    private static List<String> holders(String path) {
        List<String> holders = new ArrayList<>();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '.' || path.charAt(i) == '[') {
                holders.add(path.substring(0, i));
            }
        }
        return holders;
    }

    /** A text without its quotes, unless it is empty. */
    static String shown(JsonNode node) {
        return cut(node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : node.toString());
    }

    /** With the quotes of a text, which show what is wrong where no text belongs. */
    static String asWritten(JsonNode node) {
        return cut(node.toString());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN - 1) + "…";
    }
}
