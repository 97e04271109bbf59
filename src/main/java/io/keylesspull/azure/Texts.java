package io.keylesspull.azure;

/** What the SDK leaves null, as text. */
final class Texts {

    private Texts() {
    }

    /** @param value text, one of the SDK's enumerations, or null */
    static String orEmpty(Object value) {
        return value == null ? "" : value.toString();
    }
}
