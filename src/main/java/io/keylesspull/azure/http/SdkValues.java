package io.keylesspull.azure.http;

/** Turns values of the SDK that may be null into text. */
public final class SdkValues {

    private SdkValues() {}

    /** @param value text, one of the SDK's enumerations, or null */
    public static String orEmpty(Object value) {
        return value == null ? "" : value.toString();
    }
}
