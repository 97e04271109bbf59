package io.keylesspull.text;

/**
 * One line of terminal output, as far as it has come: fit to show, without control characters, line breaks, or blanks
 * at its end. Lines that came together share one string, since there may be hundreds of thousands. Immutable.
 */
public final class TerminalLine {

    private final String block;
    private final int from;
    private final int to;
    private final Styles styles;
    private final boolean ended;

    TerminalLine(String block, int from, int to, Styles styles, boolean ended) {
        this.block = block;
        this.from = from;
        this.to = to;
        this.styles = styles;
        this.ended = ended;
    }

    /** A whole line that comes from no terminal. @param text fit to show */
    public static TerminalLine plain(String text) {
        return new TerminalLine(text, 0, text.length(), Styles.PLAIN, true);
    }

    /** May be empty. */
    public String text() {
        return block.substring(from, to);
    }

    public int length() {
        return to - from;
    }

    /** How it looks; a stretch may end past the text, where blanks were left away. */
    public Styles styles() {
        return styles;
    }

    /** Whether it stays as it is; if not, the next line that its stream gives replaces it. */
    public boolean ended() {
        return ended;
    }

    /**
     * Finds a text, whatever its case. For the short ones that people search for the plain way is quick.
     *
     * @param start where to begin
     * @return where it stands; negative if it does not
     */
    public int indexOf(String wanted, int start) {
        int last = to - wanted.length();
        for (int i = from + start; i <= last; i++) {
            if (block.regionMatches(true, i, wanted, 0, wanted.length())) {
                return i - from;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return text();
    }
}
