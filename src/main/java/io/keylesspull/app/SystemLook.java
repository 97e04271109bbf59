package io.keylesspull.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Whether the system prefers dark windows. JavaFX 21 does not know, so this runs the system's own tool: the registry's
 * {@code AppsUseLightTheme} on Windows, {@code AppleInterfaceStyle} on macOS, the desktop's {@code color-scheme}
 * elsewhere.
 */
final class SystemLook {

    private static final long SECONDS = 2;

    private SystemLook() {}

    /** @return false also if the tool does not answer within two seconds */
    static boolean dark() throws InterruptedException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return answer(List.of(
                            "reg",
                            "query",
                            "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                            "/v",
                            "AppsUseLightTheme"))
                    .stripTrailing()
                    .endsWith("0x0");
        }
        if (system.startsWith("mac")) {
            return answer(List.of("defaults", "read", "-g", "AppleInterfaceStyle"))
                    .strip()
                    .equals("Dark");
        }
        return answer(List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"))
                .contains("dark");
    }

    private static String answer(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? output : "";
        } catch (IOException e) {
            // Without the tool, nothing is known about dark windows.
            return "";
        }
    }
}
