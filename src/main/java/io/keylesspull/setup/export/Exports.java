package io.keylesspull.setup.export;

import io.keylesspull.setup.step.PosixScript;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.setup.template.Template.Note;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            case ARM -> ArmTemplate.text(template, declared(), notes(format, List.of(), List.of()));
            case BICEP ->
                Bicep.text(
                        template,
                        declared(),
                        notes(format, Bicep.before(template, declared()), Bicep.afterwards(template, declared())));
            case TERRAFORM ->
                Terraform.text(template, bootFiles(), Notes.of(template, List.of(), List.of(), Terraform.DEPLOYING));
            case CLOUD_INIT -> CloudInit.text(boots);
            case BASH -> PosixScript.whole(script);
            case POWERSHELL -> PowerShellScript.whole(powerShell);
        };
    }

    private Declared declared() {
        return Declared.from(template, bootFiles(), Map.of());
    }

    private Map<String, Boot> bootFiles() {
        return boots.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().boot()));
    }

    /** Azure deploys into a group, which has to be there. */
    private Notes notes(Format format, List<Note> first, List<Note> afterwards) {
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
                List.of("az deployment group create --resource-group " + Script.word(template.group())
                        + " --template-file " + format.fileName()));
    }
}
