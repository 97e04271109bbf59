package io.keylesspull.ui.component;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/** Keeps a picture of a scene for people to look at. */
public final class Screenshot {

    private static final Path DIRECTORY = Path.of("target", "screenshots");

    private Screenshot() {}

    public static void of(Scene scene, String name) throws Exception {
        CountDownLatch settled = new CountDownLatch(1);
        WritableImage[] image = new WritableImage[1];
        Platform.runLater(() -> new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                // A few pulses let styles, wrapped text and the list's scrolling settle.
                if (++pulses == 6) {
                    stop();
                    image[0] = scene.snapshot(null);
                    settled.countDown();
                }
            }
        }.start());
        if (!settled.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no pulses");
        }
        PixelReader pixels = image[0].getPixelReader();
        int width = (int) image[0].getWidth();
        int height = (int) image[0].getHeight();
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                copy.setRGB(x, y, pixels.getArgb(x, y));
            }
        }
        Files.createDirectories(DIRECTORY);
        ImageIO.write(copy, "png", DIRECTORY.resolve(name).toFile());
    }
}
