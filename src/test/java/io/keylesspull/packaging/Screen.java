package io.keylesspull.packaging;

import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A screen with nobody before it: what the wizard's window shows is read from pictures of it, and it is clicked on as a
 * mouse would.
 */
final class Screen implements AutoCloseable {

    /** Its window's title. */
    private static final String WIZARD = "Keyless Pull";
    /** The wizard's rail: the middle of its first row and the distance between rows, from the window's corner. */
    private static final int RAIL_X = 20;

    private static final int FIRST_ROW = 89;
    private static final int ROW = 38;
    private static final int ROWS = 7;
    private static final String NEXT_X = "917";
    private static final String NEXT_Y = "663";

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
        Process server = system.startHost(
                ProcessBuilder.Redirect.DISCARD,
                "unshare",
                "--mount",
                "/bin/sh",
                "-c",
                "mount --bind \"$0\" /tmp && exec Xvfb -displayfd 1 -screen 0 1280x900x24 -noreset -nolisten tcp "
                        + "-fbdir /tmp",
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

    /** What it shows. */
    Framebuffer framebuffer() throws IOException {
        return new Framebuffer(system.seen("/tmp/Xvfb_screen0"));
    }

    /** Waits until the wizard's window is there. */
    void awaitWizard() {
        await("the wizard's window")
                .atMost(Duration.ofMinutes(1))
                .ignoreException(IllegalStateException.class)
                .untilAsserted(() -> window("getwindowname"));
    }

    /** Clicks on the button at the bottom right, which leads on; it does nothing while the page is not ready for it. */
    void clickNext() {
        window("mousemove", "--window", "%1", NEXT_X, NEXT_Y, "click", "1");
    }

    private void window(String... action) {
        List<String> argv =
                new ArrayList<>(List.of("xdotool", "search", "--onlyvisible", "--name", "^" + WIZARD + "$"));
        argv.addAll(List.of(action));
        tool(argv.toArray(String[]::new));
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
                    .filter(row -> (seen.getRGB(RAIL_X, FIRST_ROW + ROW * row) & 0xffffff) == Framebuffer.CHOSEN)
                    .findFirst();
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
