package io.keylesspull.text;

/**
 * One line of terminal output, as far as it has come.
 *
 * @param text   fit to show: no control characters, no line break, no blanks at its end; may be empty
 * @param styles how it looks; a stretch may end past the text, where blanks were left away
 * @param ended  whether it stays as it is; if not, the next line that its stream gives replaces it
 */
public record TerminalLine(String text, Styles styles, boolean ended) {
}
