package io.keylesspull.practice.machine;

import java.util.ArrayList;
import java.util.List;

/** What a machine remembers, in lines that can be compared with those of another moment. */
final class Inventory {

    private Inventory() {
    }

    static List<String> of(MachineState machine) {
        List<String> lines = new ArrayList<>();
        machine.packages().inventory(lines::add);
        machine.accounts().inventory(lines::add);
        machine.files().inventory(lines::add);
        machine.docker().inventory(lines::add);
        machine.azureProfiles().forEach((user, profile) -> profile.signedIn().ifPresent(
                as -> lines.add("azure account of " + user + ": " + as.label())));
        return List.copyOf(lines);
    }
}
