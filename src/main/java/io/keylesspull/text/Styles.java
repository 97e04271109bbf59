package io.keylesspull.text;

import java.util.Arrays;

/** The styles of one line's characters, as stretches of one {@link Style} each. Immutable. */
public final class Styles {

    /** For a line without styles: it has no stretches. */
    public static final Styles PLAIN = new Styles(new char[0]);

    /** Pairs of a style and the index in the text where it ends. A line is short enough for both. */
    private final char[] runs;

    private Styles(char[] runs) {
        this.runs = runs;
    }

    /** @param packed what {@link #packed} returned */
    public static Styles unpacked(String packed) {
        return packed.isEmpty() ? PLAIN : new Styles(packed.toCharArray());
    }

    /** As characters, to be stored. */
    public String packed() {
        return new String(runs);
    }

    /** How many stretches there are. */
    public int count() {
        return runs.length / 2;
    }

    /** The style of a stretch, see {@link Style}. */
    public int style(int stretch) {
        return runs[2 * stretch];
    }

    /** The index in the text where a stretch ends, in {@code char}s. */
    public int end(int stretch) {
        return runs[2 * stretch + 1];
    }

    /**
     * For a line given as code points.
     *
     * @param characters code points
     * @param styles one for each
     * @param length how many there are
     */
    static Styles of(int[] characters, byte[] styles, int length) {
        if (isPlain(styles, length)) {
            return PLAIN;
        }
        char[] runs = new char[8];
        int used = 0;
        int end = 0;
        for (int i = 0; i < length; i++) {
            end += Character.charCount(characters[i]);
            if (i + 1 == length || styles[i + 1] != styles[i]) {
                if (used == runs.length) {
                    runs = Arrays.copyOf(runs, used * 2);
                }
                runs[used++] = (char) (styles[i] & 0xff);
                runs[used++] = (char) end;
            }
        }
        return new Styles(Arrays.copyOf(runs, used));
    }

    private static boolean isPlain(byte[] styles, int length) {
        for (int i = 0; i < length; i++) {
            if (styles[i] != Style.PLAIN) {
                return false;
            }
        }
        return true;
    }
}
