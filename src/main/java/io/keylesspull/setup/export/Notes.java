package io.keylesspull.setup.export;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.setup.template.Template.Note;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands around a description, in English: how it is deployed, and what it cannot do.
 *
 * @param before it is deployed
 * @param afterwards once it is deployed
 */
record Notes(List<String> before, List<String> afterwards) {

    /**
     * @param first what comes before the template's own notes
     * @param then what comes after it is deployed, before the template's own notes
     * @param deploying the commands that deploy it; empty if there is nothing to deploy
     */
    static Notes of(Template template, List<Note> first, List<Note> then, List<String> deploying) {
        Contents contents = new Contents(template);
        List<String> before = new ArrayList<>();
        before.add("Keyless Pull: pulls from a container registry without passwords" + contents.targets() + ".");
        before.add("Works in your own Azure, also if it was written in practice mode."
                + (deploying.isEmpty() || !contents.costs() ? "" : " What it makes costs money."));
        before.add(template.subscription()
                .map(one -> "Subscription: " + one.name())
                .orElse("Subscription: the one that you work in, as az account show prints it"));
        if (template.cloud() != AzureCloud.PUBLIC) {
            before.add("For another cloud than the public one:");
            before.add("  az cloud set --name " + template.cloud().cliName());
        }
        first.forEach(note -> add(before, note));
        template.notesBefore().forEach(note -> add(before, note));
        if (deploying.isEmpty()) {
            before.add("There is nothing to deploy. What is left to be done comes next.");
        } else {
            before.add("To deploy it:");
            deploying.forEach(command -> before.add("  " + command));
        }
        List<String> afterwards = new ArrayList<>();
        then.forEach(note -> add(afterwards, note));
        template.notesAfterwards().forEach(note -> add(afterwards, note));
        if (template.parts(Part.Grant.class).anyMatch(grant -> !grant.exists())) {
            afterwards.add(
                    "A new role takes up to 10 minutes to take effect. No template waits for that: until then pulls"
                            + " are refused."
                            + (contents.newMachines().isEmpty() ? "" : " New virtual machines retry by themselves."));
        }
        String existing = contents.existingMachines();
        if (!existing.isEmpty()) {
            afterwards.add("On virtual machines that exist (" + existing
                    + "), no template installs Docker or sets up the pull. The az script has the commands.");
        }
        template.proofs().forEach(note -> add(afterwards, note));
        afterwards.add(
                "This finds what is there, does what is left, waits for the role, and proves the pulls by digest:");
        afterwards.add("  keyless-pull --run SETUP.json");
        return new Notes(List.copyOf(before), List.copyOf(afterwards));
    }

    /** A command that stands there already is not repeated: the registry's digest is the same for all. */
    private static void add(List<String> lines, Note note) {
        lines.add(note.text());
        note.commands().stream()
                .flatMap(String::lines)
                .map(line -> "  " + line)
                .filter(line -> !lines.contains(line))
                .forEach(lines::add);
    }
}
