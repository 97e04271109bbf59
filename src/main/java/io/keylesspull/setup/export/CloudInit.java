package io.keylesspull.setup.export;

import io.keylesspull.setup.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file for cloud-init, to be given to a new machine by whatever makes it. What only Azure knows stands in it by names
 * in capitals, with the commands that put in the values.
 */
final class CloudInit {

    private static final String FIRST = "#cloud-config\n";

    private CloudInit() {}

    /** @param boots by what the setup calls the machines; those that it makes first */
    static String text(Template template, Map<String, BootScript> boots) {
        if (boots.isEmpty()) {
            return FIRST + "# This setup has no virtual machines: there is nothing to do.\n";
        }
        Map<String, BootScript> made = new LinkedHashMap<>(boots);
        made.keySet().retainAll(new Contents(template).newMachines());
        BootScript script = (made.isEmpty() ? boots : made).values().iterator().next();
        Boot boot = script.boot();
        List<String> same = new ArrayList<>();
        List<String> others = new ArrayList<>();
        made.forEach((other, its) -> (its.boot().equals(boot) ? same : others).add(other));
        StringBuilder head = new StringBuilder(FIRST);
        if (made.isEmpty()) {
            head.append("# This setup makes no virtual machines, and those that exist do not read such a file: it is\n")
                    .append("# for others that you make, to pull in the same way.\n");
        } else {
            head.append("# For what is new: ").append(String.join(", ", same)).append(".\n");
        }
        if (!others.isEmpty()) {
            head.append("# These need a file of their own, which a setup of one of them alone gives (another user,\n")
                    .append("# another identity, no Azure CLI, or the delay of a scale set): ")
                    .append(String.join(", ", others))
                    .append(".\n");
        }
        head.append("# The machine needs the identity, and that the role on the registry.\n");
        if (!script.asking().isEmpty()) {
            head.append("# Put in the values before you use it:\n");
            script.asking()
                    .forEach((variable, command) -> head.append("#   sed -i \"s|")
                            .append(variable.name())
                            .append("|$(")
                            .append(template.command(command))
                            .append(")|\" cloud-init.yaml\n"));
        }
        String text = boot.pieces().stream()
                .map(piece -> piece instanceof Boot.Variable variable ? variable.name() : (String) piece)
                .collect(Collectors.joining());
        return head + text.substring(FIRST.length());
    }
}
