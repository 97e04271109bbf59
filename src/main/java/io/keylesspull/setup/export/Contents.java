package io.keylesspull.setup.export;

import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is in a template, in English. */
record Contents(Template template) {

    /** Whether what is made is paid for by the hour or the day: identities and roles cost nothing. */
    boolean costs() {
        return made().anyMatch(part -> part instanceof Part.Registry
                || part instanceof Part.Network
                || part instanceof Part.Machine
                || part instanceof Part.ScaleSet);
    }

    /** Whether there is something that a file for Azure makes. @param by such a file */
    boolean isMade(Predicate<Part> by) {
        return made().anyMatch(by);
    }

    private Stream<Part> made() {
        return template.parts().stream().filter(part -> !part.exists());
    }

    /** What the setup calls the machines and scale sets that are made. */
    List<String> newMachines() {
        return made().flatMap(part -> part instanceof Part.Machine machine
                        ? Stream.of(machine.label())
                        : part instanceof Part.ScaleSet set ? Stream.of(set.label()) : Stream.empty())
                .toList();
    }

    /** The virtual machines that exist; their number if they are many. */
    String existingMachines() {
        return named(template.parts(Part.Machine.class)
                .filter(Part::exists)
                .map(Part.Machine::label)
                .toList());
    }

    /** Who pulls. */
    String targets() {
        List<String> all = new ArrayList<>();
        add(
                all,
                "virtual machine",
                template.parts(Part.Machine.class).map(Part.Machine::label).toList());
        add(
                all,
                "scale set",
                template.parts(Part.ScaleSet.class).map(Part.ScaleSet::label).toList());
        add(
                all,
                "cluster",
                template.parts(Part.Cluster.class).map(Part.Cluster::name).toList());
        return all.isEmpty() ? "" : " by " + listed(all);
    }

    private static void add(List<String> all, String kind, List<String> names) {
        if (names.size() == 1) {
            all.add("the " + kind + " " + names.get(0));
        } else if (!names.isEmpty()) {
            all.add(names.size() + " " + kind + "s");
        }
    }

    private static String listed(List<String> all) {
        int last = all.size() - 1;
        return last == 0 ? all.get(0) : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
    }

    private static String named(List<String> labels) {
        int shown = 10;
        return labels.size() <= shown
                ? String.join(", ", labels)
                : String.join(", ", labels.subList(0, shown)) + " and " + (labels.size() - shown) + " more";
    }
}
