package io.keylesspull.practice.machine.host;

import io.keylesspull.practice.machine.state.MachineState;
import java.util.ArrayList;
import java.util.List;

/** The state of a machine as lines, so that two moments can be compared. */
final class Inventory {

    private Inventory() {}

    static List<String> of(MachineState machine) {
        List<String> lines = new ArrayList<>();
        machine.packages().inventory(lines::add);
        machine.accounts().inventory(lines::add);
        machine.files().inventory(lines::add);
        machine.docker().inventory(lines::add);
        machine.azureProfiles()
                .forEach((user, profile) -> profile.entries()
                        .forEach(entry -> lines.add("account of " + user + " "
                                + entry.as().label() + " in "
                                + entry.subscription().name() + (profile.isDefault(entry) ? ", the default" : ""))));
        return List.copyOf(lines);
    }
}
