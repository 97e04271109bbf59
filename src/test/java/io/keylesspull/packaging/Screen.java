package io.keylesspull.packaging;

import io.keylesspull.real.Patience;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A screen with nobody before it: what the wizard's window shows is read from pictures of it, and keys are pressed as a
 * keyboard would.
 */
final class Screen implements AutoCloseable {

    /** Its window's title. */
    private static final String WIZARD = "Keyless Pull";
    /** The wizard's rail: the middle of its first row and the distance between rows, from the window's corner. */
    private static final int RAIL_X = 20;
    private static final int FIRST_ROW = 89;
    private static final int ROW = 38;
    private static final int ROWS = 7;
    /** What stands behind the row of the page that is shown (Primer's accent.subtle, light). */
    private static final int HERE = 0xddf4ff;

    private final BareSystem system;
    private final Process server;
    private final String display;
    private final Path picture;

    private Screen(BareSystem system, Process server, String display, Path picture) {
        this.system = system;
        this.server = server;
        this.display = display;
        this.picture = picture;
    }

    /** @param folder where pictures go */
    static Screen open(BareSystem system, Path folder) throws IOException {
        // Its socket and its lock are in the system's /tmp, not in the host's.
        Process server = system.startHost(ProcessBuilder.Redirect.DISCARD, "unshare", "--mount", "/bin/sh", "-c",
                "mount --bind \"$0\" /tmp && exec Xvfb -displayfd 1 -screen 0 1280x900x24 -noreset -nolisten tcp",
                system.root().resolve("tmp").toString());
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        String number = out.readLine();
        if (number == null) {
            throw new IOException("Xvfb gives no screen");
        }
        return new Screen(system, server, ":" + number, folder.resolve("screen.png"));
    }

    String display() {
        return display;
    }

    /** Waits until the wizard's window is there and gives it the keyboard. */
    void focus() throws InterruptedException {
        Patience.until("the wizard's window", () -> {
            try {
                tool("xdotool", "search", "--onlyvisible", "--name", "^" + WIZARD + "$", "windowfocus");
                return true;
            } catch (IllegalStateException notYet) {
                return false;
            }
        });
    }

    void press(String key) {
        tool("xdotool", "key", key);
    }

    /** Keeps a picture of how it is now. */
    void keep(Path file) throws IOException {
        shot();
        Files.copy(picture, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Which of the wizard's pages is shown, counted from 0; empty where none is. */
    OptionalInt page() {
        try {
            BufferedImage seen = shot();
            return IntStream.range(0, ROWS)
                    .filter(row -> (seen.getRGB(RAIL_X, FIRST_ROW + ROW * row) & 0xffffff) == HERE).findFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private BufferedImage shot() throws IOException {
        tool("import", "-window", WIZARD, picture.toAbsolutePath().toString());
        return ImageIO.read(picture.toFile());
    }

    private void tool(String... argv) {
        String[] command = new String[argv.length + 2];
        command[0] = "env";
        command[1] = "DISPLAY=" + display;
        System.arraycopy(argv, 0, command, 2, argv.length);
        try {
            system.host(command);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        server.waitFor();
    }
}
