package io.keylesspull.text;

/** Finds the end of a secret whose beginning was found, character by character, without storing it. */
@FunctionalInterface
interface Hidden {

    /** @return whether this character still belongs to the secret; not called again after the first false */
    boolean hides(char c);

    /** How many backslashes at the end were hidden although they belong to what ended the secret. */
    default int backslashesTooMany() {
        return 0;
    }

    static Hidden nothing() {
        return c -> false;
    }

    static Hidden token() {
        return c -> c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '-'
                || c == '.';
    }

    /** Up to a character that cannot be in an unquoted value in a URL, a text or a shell line; a comma can. */
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
     * Up to the closing quotation mark.
     *
     * @param quote the opening mark
     * @param backslashes how many backslashes came before it: 1 in JSON inside JSON, 3 one level deeper
     */
    static Hidden quoted(char quote, int backslashes) {
        return new Quoted(quote, backslashes);
    }

    /** Up to and including an end mark, but not longer than {@link #LONGEST}. */
    final class Block implements Hidden {

        /** In characters. The longest real keys, RSA of 16384 bits, have about 13,000. */
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

    /** Up to a quotation mark that is not escaped. */
    final class Quoted implements Hidden {

        /** In characters. Azure's limit of 64 KiB of custom data is 87,384 characters of base64. */
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
            // In the text, each backslash of the value takes 2 * (backslashes + 1) backslashes.
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
