package io.keylesspull.azure.model;

import java.time.Duration;
import java.util.Map;

/**
 * A script for managed Run Command. Root runs it.
 *
 * @param text everybody who may read the machine can read it
 * @param parameters become its environment. Azure stores them encrypted and never shows them; one without text is not
 *     set
 * @param timeout in whole seconds, after which it is killed
 */
public record Script(String text, Map<String, String> parameters, Duration timeout) {

    public Script {
        parameters = Map.copyOf(parameters);
    }

    /** Without the parameters, which may be secret. */
    @Override
    public String toString() {
        return text;
    }
}
