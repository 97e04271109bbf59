package io.keylesspull.ui.component;

import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.time.Duration;

/** A time that nobody knows exactly, in words. */
public final class About {

    private static final long MINUTE = 60;
    private static final long HOUR = 60;

    private About() {}

    /** Such as <em>less than a minute</em>, <em>about 4 minutes</em>. */
    public static String of(Texts texts, Duration time) {
        long minutes = (time.toSeconds() + MINUTE / 2) / MINUTE;
        if (minutes < 1) {
            return texts.render("ui.about.short");
        }
        return texts.render(
                minutes < 2 * HOUR
                        ? Text.of("ui.about.minutes", minutes)
                        : Text.of("ui.about.hours", (minutes + HOUR / 2) / HOUR));
    }
}
