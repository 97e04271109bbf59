package io.keylesspull.practice.machine.program.az;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An {@code az} command's arguments: options with values, flags, unknown ones, and options that lack their value. What
 * begins with a hyphen is no value unless an equals sign joins it to its option, as Python's argparse has it.
 */
record AzOptions(Map<String, String> values, List<String> unknown, List<String> incomplete) {

    /** What every command takes ("Global Arguments" of {@code az --help}), as far as it is used here. */
    private static final List<String> GLOBAL_WITH_VALUE = List.of("--output -o", "--query");

    private static final Set<String> GLOBAL_FLAGS = Set.of("--only-show-errors");

    /**
     * @param options that take a value, beside the global ones; each by its long name, then a blank and its short name
     *     if it has one, such as {@code --name -n}
     * @param flags that take none, beside the global ones
     */
    static AzOptions parse(List<String> args, List<String> options, Set<String> flags) {
        Map<String, String> withValue = new HashMap<>();
        Stream.concat(GLOBAL_WITH_VALUE.stream(), options.stream()).forEach(option -> {
            List<String> names = List.of(option.split(" "));
            names.forEach(name -> withValue.put(name, names.get(0)));
        });
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
            } else if (flags.contains(name) || GLOBAL_FLAGS.contains(name)) {
                values.put(name, "");
            } else {
                unknown.add(arg);
            }
        }
        return new AzOptions(Map.copyOf(values), List.copyOf(unknown), List.copyOf(incomplete));
    }

    /** @param name the long one if it takes a value, else as it was typed */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** @param name the long one */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
