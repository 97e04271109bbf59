package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemDesktopTest {

    private static SystemDesktop on(String osName) {
        return new SystemDesktop(osName, 4711, Runnable::run);
    }

    @Test
    void wordsAreArgumentsAndNeverScript() {
        String hostile = "\"; shutdown; echo \"$(id)";
        assertThat(on("Linux").saying("-t", hostile).words()).endsWith("--", "-t", hostile);
        assertThat(on("Mac OS X").saying("t", hostile).words()).endsWith("end run", "t", hostile);
        SystemDesktop.Command windows = on("Windows 11").saying("t", hostile);
        assertThat(windows.environment()).containsEntry("KEYLESS_PULL_TEXT", hostile);
        assertThat(script(windows.words())).contains("KEYLESS_PULL_TEXT").doesNotContain("shutdown");
    }

    @Test
    void whatKeepsTheComputerAwakeEndsWithTheProgram() {
        assertThat(on("Linux").awake().words()).startsWith("systemd-inhibit").endsWith("cat");
        assertThat(on("Mac OS X").awake().words()).containsExactly("caffeinate", "-i", "-w", "4711");
        assertThat(script(on("Windows 11").awake().words())).contains("SetThreadExecutionState", "ReadToEnd");
    }

    private static String script(List<String> words) {
        return new String(Base64.getDecoder().decode(words.get(words.size() - 1)), StandardCharsets.UTF_16LE);
    }
}
