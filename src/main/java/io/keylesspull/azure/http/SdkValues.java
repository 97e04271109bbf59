package io.keylesspull.azure.http;

/** What the SDK leaves null, as text. */
public final class SdkValues {

    private SdkValues() {
    }

    /** @param value text, one of the SDK's enumerations, or null */
    public static String orEmpty(Object value) {
        return value == null ? "" : value.toString();
    }
}
