package io.keylesspull.text;

/** A secret that has begun: decides, character by character, how far it goes. Needs no memory of what it hid. */
@FunctionalInterface
interface Hidden {

    /** @return whether this character still belongs to the secret; not asked again once it does not */
    boolean hides(char c);

    /** How many of the last hidden characters belonged to what ended it, all of them backslashes. */
    default int backslashesTooMany() {
        return 0;
    }

    static Hidden nothing() {
        return c -> false;
    }

    static Hidden token() {
        return c -> c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
                || c == '_' || c == '-' || c == '.';
    }

    /** Up to what surely ends an unquoted value in a URL, a text or a shell line; a comma may be a password's own. */
    static Hidden word() {
        return c -> !Character.isWhitespace(c) && c != '"' && c != '\'' && c != '&';
    }

    static Hidden privateKey() {
        return new Block("PRIVATE KEY-----", "PRIVATE KEY BLOCK-----");
    }

    static Hidden puttyKey() {
        return new Block("Private-MAC:");
    }

    /**
     * Up to the quotation mark that ends it.
     *
     * @param quote       the mark it began with
     * @param backslashes how many stood before that mark: 1 in a JSON text within a JSON text, 3 one level deeper
     */
    static Hidden quoted(char quote, int backslashes) {
        return new Quoted(quote, backslashes);
    }

    /** Up to and with a mark, unless that does not come for so long that there is none. */
    final class Block implements Hidden {

        /** In characters. The longest real ones, RSA keys of 16384 bits, have some 13,000. */
        static final int LONGEST = 16 * 1024;

        private final String[] ends;
        private final StringBuilder last = new StringBuilder();
        private int length;
        private boolean over;

        private Block(String... ends) {
            this.ends = ends;
        }

        @Override
        public boolean hides(char c) {
            if (over || ++length > LONGEST) {
                return false;
            }
            last.append(c);
            for (String end : ends) {
                over |= last.length() >= end.length() && last.indexOf(end, last.length() - end.length()) >= 0;
            }
            if (last.length() > 256) {
                last.delete(0, last.length() - 32);
            }
            return true;
        }
    }

    /** Knows an escaped quotation mark from the one that ends it. */
    final class Quoted implements Hidden {

        /** In characters. Azure takes 64 KiB of custom data, which is 87,384 in base64. */
        static final int LONGEST = 128 * 1024;

        private final char quote;
        private final int backslashes;
        private int run;
        private int length;
        private boolean over;

        private Quoted(char quote, int backslashes) {
            this.quote = quote;
            this.backslashes = backslashes;
        }

        @Override
        public boolean hides(char c) {
            // A backslash of the value is two times as many in the text as it takes to escape the mark, plus two.
            over = c == quote && run % (2 * (backslashes + 1)) == backslashes;
            run = c == '\\' ? run + 1 : 0;
            return !over && ++length <= LONGEST;
        }

        @Override
        public int backslashesTooMany() {
            return over ? backslashes : 0;
        }
    }
}
