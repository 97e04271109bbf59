package io.keylesspull.ui.settings;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;

/** In which colours the window is shown. */
public enum Look {
    SYSTEM,
    LIGHT,
    DARK,
    HIGH_CONTRAST;

    /**
     * What a look is made of.
     *
     * @param theme of all controls
     * @param stylesheet the address of a stylesheet with the colours that differ from the theme's
     */
    public record Colours(Theme theme, String stylesheet) {}

    /** @param darkSystem whether the system prefers dark windows */
    public Colours colours(boolean darkSystem) {
        return switch (this) {
            case SYSTEM -> (darkSystem ? DARK : LIGHT).colours(darkSystem);
            case LIGHT -> new Colours(new PrimerLight(), stylesheet("light.css"));
            case DARK -> new Colours(new PrimerDark(), stylesheet("dark.css"));
            case HIGH_CONTRAST -> new Colours(new PrimerDark(), stylesheet("contrast.css"));
        };
    }

    private static String stylesheet(String name) {
        return Look.class.getResource(name).toExternalForm();
    }
}
