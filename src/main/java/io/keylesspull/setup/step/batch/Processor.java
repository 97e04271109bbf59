package io.keylesspull.setup.step.batch;

import java.util.regex.Pattern;

/**
 * What the name of a machine's size says of its processor: a small “p” among the letters after the number stands for
 * one of type ARM64. Source: learn.microsoft.com/azure/virtual-machines/vm-naming-conventions.
 */
final class Processor {

    private static final Pattern ARM64 =
            Pattern.compile("(?:[A-Za-z]+_)?[A-Z]+[0-9]+(?:-[0-9]+)?[a-z]*p[a-z]*(?:_.*)?");

    private Processor() {}

    /** @param size such as {@code Standard_D2ps_v5}; may be empty */
    static boolean isArm64(String size) {
        return ARM64.matcher(size).matches();
    }
}
