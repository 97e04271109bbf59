package io.keylesspull.practice.machine.service;

import io.keylesspull.practice.machine.state.MachineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service's file in {@code /etc/systemd/system}. Sources: systemd.unit(5), systemd.service(5), systemd.time(7).
 *
 * @param settings by section and name, such as {@code Service.ExecStart}; the lines of each in order
 */
public record UnitFile(String name, Map<String, List<String>> settings) {

    private static final String DIRECTORY = "/etc/systemd/system/";
    private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*(ms|min|s|h|)");

    /** @param name with or without {@code .service}. @return empty if there is no such file */
    public static Optional<UnitFile> find(MachineState machine, String name) {
        String unit = name.endsWith(".service") ? name : name + ".service";
        return machine.files().text(path(unit)).map(text -> new UnitFile(unit, read(text)));
    }

    static String path(String unit) {
        return DIRECTORY + unit;
    }

    private static Map<String, List<String>> read(String text) {
        Map<String, List<String>> settings = new HashMap<>();
        String section = "";
        for (String line : text.replace("\\\n", " ").lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
                settings.computeIfAbsent(
                                section + "." + line.substring(0, equals).strip(), any -> new ArrayList<>())
                        .add(line.substring(equals + 1).strip());
            }
        }
        return settings;
    }

    public String description() {
        return last("Unit.Description").orElse(name);
    }

    /** Name and description, as systemd's messages have them. */
    String title() {
        return name + (description().equals(name) ? "" : " - " + description());
    }

    boolean isOneshot() {
        return last("Service.Type").filter("oneshot"::equals).isPresent();
    }

    boolean remains() {
        return last("Service.RemainAfterExit")
                .filter(Pattern.compile("yes|true|1|on").asMatchPredicate())
                .isPresent();
    }

    boolean restarts() {
        return last("Service.Restart").filter(when -> !when.equals("no")).isPresent();
    }

    Duration restartAfter() {
        return last("Service.RestartSec").map(UnitFile::span).orElse(Duration.ofMillis(100));
    }

    /** What is run, in order. */
    List<String> commands() {
        List<String> all = new ArrayList<>(settings.getOrDefault("Service.ExecStartPre", List.of()));
        all.addAll(settings.getOrDefault("Service.ExecStart", List.of()));
        return all;
    }

    /** The first condition that keeps it from starting; empty if none does. */
    Optional<String> unmet(MachineState machine) {
        return settings.getOrDefault("Unit.ConditionPathExists", List.of()).stream()
                .filter(path ->
                        machine.files().node(path.replaceFirst("^!", "")).isPresent() == path.startsWith("!"))
                .map(path -> "ConditionPathExists=" + path)
                .findFirst();
    }

    /** Whether {@code systemctl enable} has any effect. */
    public boolean isInstallable() {
        return settings.containsKey("Install.WantedBy");
    }

    private Optional<String> last(String setting) {
        List<String> all = settings.getOrDefault(setting, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    private static Duration span(String text) {
        Duration sum = Duration.ZERO;
        Matcher matcher = SPAN.matcher(text);
        while (matcher.find()) {
            long number = Long.parseLong(matcher.group(1));
            sum = sum.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "min" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofSeconds(number);
                    });
        }
        return sum;
    }
}
