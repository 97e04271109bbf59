package io.keylesspull.setup.step.machine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Azure CLI. */
record CliVersion(int major, int minor, int patch) implements Comparable<CliVersion> {

    /** The first that signs in to a registry with a managed identity, as the tutorial says. */
    static final CliVersion NEEDED = new CliVersion(2, 0, 55);
    /** The first with {@code --resource-id}; before it {@code --username} is the only way (release notes of 2.69.0). */
    static final CliVersion WITH_RESOURCE_ID = new CliVersion(2, 69, 0);

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    static Optional<CliVersion> parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.find()
                ? Optional.of(new CliVersion(
                        Integer.parseInt(numbers.group(1)),
                        Integer.parseInt(numbers.group(2)),
                        Integer.parseInt(numbers.group(3))))
                : Optional.empty();
    }

    boolean atLeast(CliVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(CliVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = Integer.compare(minor, other.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
