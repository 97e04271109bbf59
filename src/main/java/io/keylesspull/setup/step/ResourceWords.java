package io.keylesspull.setup.step;

import io.keylesspull.azure.resource.Resources;
import io.keylesspull.text.Text;
import java.util.Collection;

/** A resource as people call it: its type and its name. */
public final class ResourceWords {

    private ResourceWords() {}

    /**
     * @param id of a type that the program creates
     * @param others ids of what is shown beside it: where one has the same type and name, the resource group is added
     */
    public static Text of(String id, Collection<String> others) {
        String type = Resources.type(id);
        String name = Resources.name(id);
        boolean alone = others.stream()
                .allMatch(other -> Resources.same(id, other)
                        || !Resources.type(other).equals(type)
                        || !Resources.name(other).equalsIgnoreCase(name));
        return Text.of(
                "setup.resource." + type.substring(type.indexOf('/') + 1).replace('/', '.'),
                alone ? name : name + " (" + Resources.groupName(id) + ")");
    }
}
