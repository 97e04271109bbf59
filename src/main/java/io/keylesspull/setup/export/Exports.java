package io.keylesspull.setup.export;

import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.template.Template;
import java.util.List;
import java.util.Map;

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
            case ARM -> ArmTemplate.text(template, declared(), notes(format));
            case BASH -> Script.text(script);
        };
    }

    private Declared declared() {
        return Declared.from(template, new Boots(Map.of()));
    }

    private Notes notes(Format format) {
        return Notes.of(
                template,
                List.of(),
                List.of("az deployment group create --resource-group " + Script.word(template.group())
                        + " --template-file " + format.fileName()));
    }
}
