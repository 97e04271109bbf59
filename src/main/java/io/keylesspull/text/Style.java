package io.keylesspull.text;

/** The style of a character of output as one number: a colour (0 default, 1 to 16) and three flags. */
public final class Style {

    public static final int PLAIN = 0;
    public static final int BOLD = 0x20;
    public static final int DIM = 0x40;
    public static final int UNDERLINE = 0x80;
    private static final int COLOUR = 0x1f;
    private static final int BRIGHT = 8;

    private Style() {}

    /** 0 for the default, 1 to 8 for black, red, green, yellow, blue, magenta, cyan, white, 9 to 16 for the bright. */
    public static int colour(int style) {
        return style & COLOUR;
    }

    static int withColour(int style, int colour) {
        return style & ~COLOUR | colour;
    }

    /**
     * One of the 16 colours for one of xterm's 256. The 16 follow the theme, so that text stays readable on a light and
     * on a dark background.
     */
    static int ofIndexed(int index) {
        if (index < 0 || index > 255) {
            return 0;
        }
        if (index < 16) {
            return index + 1;
        }
        if (index >= 232) {
            return ofGrey((index - 232) * 10 + 8);
        }
        int cube = index - 16;
        return ofRgb(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
    }

    private static int level(int step) {
        return step == 0 ? 0 : 55 + 40 * step;
    }

    /** One of the 16 colours by hue: by which of red, green and blue are strong. */
    static int ofRgb(int red, int green, int blue) {
        int most = Math.max(red, Math.max(green, blue));
        int least = Math.min(red, Math.min(green, blue));
        if (most - least < 32) {
            return ofGrey((most + least) / 2);
        }
        int middle = (most + least) / 2;
        int hue = (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
        return 1 + hue + (most > 200 ? BRIGHT : 0);
    }

    private static int ofGrey(int level) {
        if (level < 64) {
            return 1;
        }
        if (level < 144) {
            return 1 + BRIGHT;
        }
        return level < 224 ? 8 : 16;
    }
}
