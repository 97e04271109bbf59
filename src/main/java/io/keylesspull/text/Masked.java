package io.keylesspull.text;

/** A text whose secrets are masked. Only a {@link RedactedStream} creates one, so it need not be masked again. */
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
