package io.keylesspull.setup.export;

import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.setup.template.Template.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
     * @param deploying the commands that deploy it
     */
    static Notes of(Template template, List<Note> first, List<Note> then, List<String> deploying) {
        List<String> before = new ArrayList<>();
        before.add(
                "Keyless Pull: virtual machines and clusters that pull from a container registry without passwords.");
        before.add("Works in your own Azure, also if it was written in practice mode. What it makes costs money.");
        first.forEach(note -> add(before, note));
        template.notesBefore().forEach(note -> add(before, note));
        before.add("To deploy it:");
        deploying.forEach(command -> before.add("  " + command));
        List<String> afterwards = new ArrayList<>();
        then.forEach(note -> add(afterwards, note));
        template.notesAfterwards().forEach(note -> add(afterwards, note));
        if (template.parts(Part.Grant.class).anyMatch(grant -> !grant.exists())) {
            afterwards.add(
                    "A new role takes up to 10 minutes to take effect. No template waits for that: until then pulls"
                            + " are refused. New virtual machines retry by themselves.");
        }
        String existing = template.parts(Part.Machine.class)
                .filter(Part::exists)
                .map(Part.Machine::label)
                .collect(Collectors.joining(", "));
        if (!existing.isEmpty()) {
            afterwards.add("On virtual machines that exist (" + existing
                    + "), no template installs Docker or sets up the" + " pull. The az script has the commands.");
        }
        template.proofs().forEach(note -> add(afterwards, note));
        afterwards.add(
                "This finds what is there, does what is left, waits for the role, and proves the pulls by digest:");
        afterwards.add("  keyless-pull --run SETUP.json");
        return new Notes(List.copyOf(before), List.copyOf(afterwards));
    }

    private static void add(List<String> lines, Note note) {
        lines.add(note.text());
        note.commands().stream().flatMap(command -> command.lines()).forEach(line -> lines.add("  " + line));
    }
}
