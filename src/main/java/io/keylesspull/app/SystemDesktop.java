package io.keylesspull.app;

import io.keylesspull.ui.shell.Desktop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The system by its own commands: {@code notify-send} and {@code systemd-inhibit} on Linux, {@code osascript} and
 * {@code caffeinate} on macOS, PowerShell's way to Windows' notifications and {@code SetThreadExecutionState}. Not by
 * AWT, which does not get on with JavaFX in one program. What keeps the computer awake ends with this program: it waits
 * for its input, or for the process, to end.
 */
final class SystemDesktop implements Desktop {

    private static final String NAME = "Keyless Pull";

    /** Under the name of PowerShell itself: Windows shows only what an installed program says. */
    private static final String TOAST = """
            $t = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, \
            ContentType = WindowsRuntime]
            $x = $t::GetTemplateContent(5)
            $w = $x.GetElementsByTagName('text')
            $null = $w.Item(0).AppendChild($x.CreateTextNode($env:KEYLESS_PULL_TITLE))
            $null = $w.Item(1).AppendChild($x.CreateTextNode($env:KEYLESS_PULL_TEXT))
            $n = [Windows.UI.Notifications.ToastNotification, Windows.UI.Notifications, \
            ContentType = WindowsRuntime]::new($x)
            $p = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
            $t::CreateToastNotifier($p).Show($n)
            """;

    /** ES_CONTINUOUS and ES_SYSTEM_REQUIRED (Microsoft Learn, "SetThreadExecutionState function"). */
    private static final String AWAKE = """
            $k = Add-Type -PassThru -Namespace KeylessPull -Name Power -MemberDefinition \
            '[DllImport("kernel32.dll")] public static extern uint SetThreadExecutionState(uint flags);'
            $null = $k::SetThreadExecutionState([uint32]2147483649)
            $null = [Console]::In.ReadToEnd()
            """;

    /** A command, and what its environment has besides this program's. */
    record Command(List<String> words, Map<String, String> environment) {}

    private final String osName;
    private final long process;
    private final Executor background;

    /**
     * @param osName as in the system property {@code os.name}
     * @param process the number of this process
     * @param background where commands are started
     */
    SystemDesktop(String osName, long process, Executor background) {
        this.osName = osName.toLowerCase(Locale.ROOT);
        this.process = process;
        this.background = background;
    }

    @Override
    public void say(String title, String text) {
        background.execute(() -> start(saying(title, text)).ifPresent(SystemDesktop::closeInput));
    }

    @Override
    public Runnable stayAwake() {
        Inhibition inhibition = new Inhibition();
        background.execute(() -> start(awake()).ifPresent(inhibition::started));
        return inhibition::end;
    }

    Command saying(String title, String text) {
        if (osName.startsWith("windows")) {
            return new Command(powerShell(TOAST), Map.of("KEYLESS_PULL_TITLE", title, "KEYLESS_PULL_TEXT", text));
        }
        return new Command(
                osName.startsWith("mac")
                        ? List.of(
                                "osascript",
                                "-e",
                                "on run argv",
                                "-e",
                                "display notification (item 2 of argv) with title (item 1 of argv)",
                                "-e",
                                "end run",
                                title,
                                text)
                        : List.of("notify-send", "--app-name=" + NAME, "--icon=keyless-pull", "--", title, text),
                Map.of());
    }

    Command awake() {
        if (osName.startsWith("windows")) {
            return new Command(powerShell(AWAKE), Map.of());
        }
        return new Command(
                osName.startsWith("mac")
                        ? List.of("caffeinate", "-i", "-w", Long.toString(process))
                        : List.of(
                                "systemd-inhibit",
                                "--what=idle:sleep",
                                "--who=" + NAME,
                                "--why=A setup is running",
                                "--mode=block",
                                "cat"),
                Map.of());
    }

    /** Encoded, because quotation marks do not survive Windows' command lines. */
    private static List<String> powerShell(String script) {
        return List.of(
                "powershell.exe",
                "-NoProfile",
                "-NonInteractive",
                "-EncodedCommand",
                Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE)));
    }

    private static Optional<Process> start(Command command) {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(command.environment());
        try {
            return Optional.of(builder.start());
        } catch (IOException notHere) {
            return Optional.empty();
        }
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException endedAlready) {
            // It has read nothing.
        }
    }

    /** May be ended before its command has started. */
    private static final class Inhibition {

        private Optional<Process> command = Optional.empty();
        private boolean ended;

        synchronized void started(Process process) {
            command = Optional.of(process);
            if (ended) {
                end();
            }
        }

        synchronized void end() {
            ended = true;
            command.ifPresent(process -> {
                closeInput(process);
                process.destroy();
            });
        }
    }
}
