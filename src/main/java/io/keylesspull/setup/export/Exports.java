package io.keylesspull.setup.export;

import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.setup.template.Template.Note;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A setup in each {@link Format}. No text has a secret in it: machines are opened by public keys, and pull without any.
 *
 * @param template what the steps make
 * @param script what a person would type
 */
public record Exports(Template template, List<Script.Line> script) {

    public Exports {
        script = List.copyOf(script);
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
                Terraform.text(template, boots(), Notes.of(template, List.of(), List.of(), Terraform.DEPLOYING));
            case BASH -> Script.text(script);
        };
    }

    private Declared declared() {
        return Declared.from(template, boots());
    }

    private Boots boots() {
        return new Boots(Map.of());
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
