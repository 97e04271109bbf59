package io.keylesspull.setup.export;

import io.keylesspull.setup.step.PosixScript;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.setup.template.Template.Note;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setup in each {@link Format}. No text has a secret in it: machines are opened by public keys, and pull without any.
 *
 * @param template what the steps make
 * @param script what a person would type
 * @param powerShell the same in PowerShell
 * @param boots what machines do when they start for the first time, by what the setup calls them; new ones first
 */
public record Exports(
        Template template, List<Script.Line> script, List<Script.Line> powerShell, Map<String, BootScript> boots) {

    public Exports {
        script = List.copyOf(script);
        powerShell = List.copyOf(powerShell);
        boots = new LinkedHashMap<>(boots);
    }

    /** Ends with a line feed. */
    public String text(Format format) {
        return switch (format) {
            case ARM -> ArmTemplate.text(template, declared(), notes(format, any -> true, List.of(), List.of()));
            case BICEP ->
                Bicep.text(
                        template,
                        declared(),
                        notes(
                                format,
                                part -> part.group().equalsIgnoreCase(template.group()),
                                Bicep.before(template, declared()),
                                Bicep.afterwards(template, declared())));
            case TERRAFORM ->
                Terraform.text(
                        template,
                        bootFiles(),
                        Notes.of(
                                template,
                                List.of(),
                                List.of(),
                                contents().isMade(any -> true) ? Terraform.DEPLOYING : List.of()));
            case CLOUD_INIT -> CloudInit.text(template, boots);
            case BASH -> PosixScript.whole(script, contents().costs());
            case POWERSHELL -> PowerShellScript.whole(powerShell, contents().costs());
        };
    }

    private Contents contents() {
        return new Contents(template);
    }

    private Declared declared() {
        return Declared.from(template, bootFiles(), Map.of());
    }

    private Map<String, Boot> bootFiles() {
        return boots.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().boot()));
    }

    /** Azure deploys into a group, which has to be there. @param reached which parts the format can make */
    private Notes notes(Format format, Predicate<Part> reached, List<Note> first, List<Note> afterwards) {
        if (!contents().isMade(reached.and(part -> !(part instanceof Part.Group)))) {
            return Notes.of(template, first, afterwards, List.of());
        }
        List<Note> before = Stream.concat(
                        template.parts(Part.Group.class)
                                .filter(group -> !group.exists())
                                .map(group ->
                                        new Note("The resource group has to be there.", List.of(group.command()))),
                        first.stream())
                .toList();
        return Notes.of(
                template,
                before,
                afterwards,
                List.of(template.command(
                        "az",
                        "deployment",
                        "group",
                        "create",
                        "--resource-group",
                        template.group(),
                        "--template-file",
                        format.fileName())));
    }
}
