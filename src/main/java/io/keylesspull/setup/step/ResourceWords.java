package io.keylesspull.setup.step;

import io.keylesspull.azure.resource.Resources;
import io.keylesspull.text.Text;

/** A resource as people call it: its type and its name. */
public final class ResourceWords {

    private ResourceWords() {}

    /** @param id of a type that the program creates */
    public static Text of(String id) {
        String type = Resources.type(id);
        return Text.of("setup.resource." + type.substring(type.indexOf('/') + 1), Resources.name(id));
    }
}
