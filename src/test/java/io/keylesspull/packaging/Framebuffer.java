package io.keylesspull.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What Xvfb shows, as it keeps it in a file (its option {@code -fbdir}): an X window dump, whose header is made of 32
 * bit numbers, the highest byte first (XWDFile.h). Looking costs the program that draws nothing.
 */
final class Framebuffer {

    /** The rail's ground, which the wizard's window shows first (Primer's bg.subtle, light). */
    static final int RAIL = 0xf6f8fa;
    /**
     * What stands behind the row of the wizard's page that is shown in its rail, and behind the choice on its first
     * page (Primer's accent.subtle, light).
     */
    static final int CHOSEN = 0xddf4ff;
    /** The rail is narrower. */
    static final int WIDER_THAN_RAIL = 250;
    /** A row of the wizard's rail is higher and wider. */
    private static final int STEP = 8;

    private final ByteBuffer pixels;
    private final int start;
    private final int line;
    private final int width;
    private final int height;

    Framebuffer(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            pixels = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        width = pixels.getInt(4 * 4);
        height = pixels.getInt(5 * 4);
        line = pixels.getInt(12 * 4);
        int colours = pixels.getInt(19 * 4);
        start = pixels.getInt(0) + 12 * colours;
        pixels.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether something of that colour is on the screen. */
    boolean shows(int colour) {
        return width(colour) > 0;
    }

    /** From the leftmost to the rightmost place of that colour, in pixels; 0 where there is none. */
    int width(int colour) {
        int left = width;
        int right = -STEP;
        for (int y = STEP / 2; y < height; y += STEP) {
            for (int x = STEP / 2; x < width; x += STEP) {
                if ((pixels.getInt(start + y * line + 4 * x) & 0xffffff) == colour) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                }
            }
        }
        return Math.max(0, right - left + STEP);
    }
}
