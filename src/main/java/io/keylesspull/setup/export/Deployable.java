package io.keylesspull.setup.export;

import io.keylesspull.setup.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template that a run lets Azure deploy into one resource group: written as {@link Format#ARM} is.
 *
 * @param json the template
 * @param resources the ids of what it makes, each after those that it needs
 */
public record Deployable(String json, List<String> resources) {

    public Deployable {
        resources = List.copyOf(resources);
    }

    /**
     * @param template everything new in it lies in its own group
     * @param boots what new machines do when they start for the first time, by what the setup calls them
     * @param tags of everything new
     */
    public static Deployable of(
            String subscription, Template template, Map<String, BootScript> boots, Map<String, String> tags) {
        Map<String, Boot> files = new LinkedHashMap<>();
        boots.forEach((label, script) -> files.put(label, script.boot()));
        Declared declared = Declared.from(template, files, tags);
        return new Deployable(
                ArmTemplate.text(template, declared, new Notes(List.of(), List.of())),
                declared.resources().stream()
                        .filter(resource -> !resource.exists())
                        .map(resource -> "/subscriptions/" + subscription + "/resourceGroups/" + resource.group()
                                + "/providers/" + resource.type() + "/"
                                + ((Value.Text) resource.name()).text())
                        .toList());
    }
}
