package io.keylesspull.text;

/**
 * One line of terminal output, maybe unfinished: safe to show, without control characters, line breaks, or blanks at
 * its end. Lines that came together share one string, because there may be hundreds of thousands. Immutable.
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

    /** A whole line that does not come from a terminal. @param text safe to show */
    public static TerminalLine plain(String text) {
        return styled(text, Styles.PLAIN);
    }

    /** A whole line that was stored. @param text safe to show */
    public static TerminalLine styled(String text, Styles styles) {
        return new TerminalLine(text, 0, text.length(), styles, true);
    }

    /** May be empty. */
    public String text() {
        return block.substring(from, to);
    }

    public int length() {
        return to - from;
    }

    /** The line's styles. A stretch may end after the text, because blanks at the end were removed. */
    public Styles styles() {
        return styles;
    }

    /** Whether the line is finished; if not, the next line of its stream replaces it. */
    public boolean ended() {
        return ended;
    }

    /**
     * Finds a text, ignoring case. A simple search is fast enough for the short texts that people search for.
     *
     * @param start the index to start at
     * @return the index of the text; negative if it does not occur
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
