package io.keylesspull.azure.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns values of the SDK that may be null into others. */
public final class SdkValues {

    private SdkValues() {}

    /** @param value text, one of the SDK's enumerations, or null */
    public static String orEmpty(Object value) {
        return value == null ? "" : value.toString();
    }

    /** @param value null if the response has no such list */
    public static <T> List<T> listOf(@Nullable List<T> value) {
        return value == null ? List.of() : value;
    }
}
