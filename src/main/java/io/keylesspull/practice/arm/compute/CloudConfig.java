package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.core.CustomData;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a machine's {@code customData}: the packages of a {@code #cloud-config}; anything else is ignored. */
final class CloudConfig {

    private static final Pattern ITEM = Pattern.compile("\\s*-\\s+([-+.a-z0-9]+)\\s*");

    private CloudConfig() {}

    /** @param profile {@code properties.osProfile} of the request */
    static Set<String> packages(JsonNode profile) {
        String text = CustomData.text(profile);
        Set<String> packages = new LinkedHashSet<>();
        if (!text.startsWith("#cloud-config")) {
            return packages;
        }
        boolean within = false;
        for (String line : text.lines().toList()) {
            Matcher item = ITEM.matcher(line);
            if (within && item.matches()) {
                packages.add(item.group(1));
            } else {
                within = line.strip().equals("packages:");
            }
        }
        return packages;
    }
}
