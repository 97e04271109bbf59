package io.keylesspull.text;

/** A text without secrets: only a {@link RedactedStream} makes one, so that whoever gets it need not mask it again. */
public final class Masked {

    private final String text;

    Masked(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
