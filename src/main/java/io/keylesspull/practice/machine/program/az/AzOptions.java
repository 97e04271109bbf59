package io.keylesspull.practice.machine.program.az;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An {@code az} command's arguments: options with values, flags, unknown ones, and options that lack their value. What
 * begins with a hyphen is no value unless an equals sign joins it to its option, as Python's argparse has it.
 */
record AzOptions(Map<String, String> values, List<String> unknown, List<String> incomplete) {

    /** @param withValue every spelling of an option, to its long name. @param alone the flags */
    static AzOptions parse(List<String> args, Map<String, String> withValue, Set<String> alone) {
        Map<String, String> values = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        List<String> incomplete = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
            String name = equals > 0 ? arg.substring(0, equals) : arg;
            if (withValue.containsKey(name)
                    && equals < 0
                    && (i + 1 == args.size() || args.get(i + 1).startsWith("-"))) {
                incomplete.add(name);
            } else if (withValue.containsKey(name)) {
                values.put(withValue.get(name), equals > 0 ? arg.substring(equals + 1) : args.get(++i));
            } else if (alone.contains(name)) {
                values.put(name, "");
            } else {
                unknown.add(arg);
            }
        }
        return new AzOptions(Map.copyOf(values), List.copyOf(unknown), List.copyOf(incomplete));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
