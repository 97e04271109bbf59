package io.keylesspull.setup.export;

import io.keylesspull.setup.step.MachineLines;
import io.keylesspull.setup.step.PosixScript;
import io.keylesspull.setup.step.Script.Piece.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the steps do on one machine, for that machine itself: the lines for it, without those for this computer. The
 * machine cannot ask Azure for the variables' values, which are put into the file.
 */
public final class BootScript extends MachineLines {

    /** When it is done; a start before that tries again. */
    public static final String DONE = "/var/lib/keyless-pull/done";

    /** The unit that does it, for systemd. */
    public static final String UNIT = "keyless-pull";

    /** There since the first try of this start. */
    private static final String BEGUN = "/run/keyless-pull-begun";

    private static final String PATH = "/usr/local/sbin/keyless-pull-setup";

    private static final String UNIT_FILE = """
            [Unit]
            Description=Pulls from the container registry with the managed identity
            Wants=network-online.target
            After=network-online.target
            ConditionPathExists=!%s
            StartLimitIntervalSec=0
            [Service]
            Type=oneshot
            ExecStart=%s
            # The role on the registry takes effect later, after minutes or when somebody grants it.
            Restart=on-failure
            RestartSec=60
            [Install]
            WantedBy=multi-user.target
            """.formatted(DONE, PATH);

    private final String machine;
    private final String user;
    private final boolean dockerBySudo;
    private final Duration spread;
    private final Set<Boot.Variable> used = new LinkedHashSet<>();
    private final Map<Boot.Variable, String[]> asking = new LinkedHashMap<>();

    /**
     * @param machine what the steps call it, which the file does not: others may have the same one
     * @param user who runs the lines
     * @param dockerBySudo whether Docker and the Azure CLI are run by sudo
     */
    public BootScript(String machine, String user, boolean dockerBySudo) {
        this(machine, user, dockerBySudo, Duration.ZERO);
    }

    /** @param spread how long it waits at most before it begins, by lot, beside many others; in whole seconds */
    public BootScript(String machine, String user, boolean dockerBySudo, Duration spread) {
        this.machine = machine;
        this.user = user;
        this.dockerBySudo = dockerBySudo;
        this.spread = spread;
    }

    /** The file for cloud-init. */
    public Boot boot() {
        StringBuilder head = new StringBuilder("#cloud-config\n");
        head.append(
                "# Docker, and pulls from the container registry with the managed identity: no password anywhere.\n");
        head.append("# Retries until the role on the registry has taken effect. To watch it:\n");
        head.append("#   journalctl --follow --unit keyless-pull\n");
        head.append("write_files:\n");
        head.append("  - path: /etc/systemd/system/keyless-pull.service\n    content: |\n");
        head.append(indented(UNIT_FILE));
        head.append("  - path: " + PATH + "\n    permissions: '0755'\n    content: |\n");
        head.append(indented("#!/bin/sh\nset -eu\nHOME=/root\nexport HOME\n"));
        List<Object> pieces = new ArrayList<>();
        for (Boot.Variable variable : used) {
            head.append("      ").append(variable.shellName()).append("='");
            pieces.add(head.toString());
            pieces.add(variable);
            head.setLength(0);
            head.append("'\n");
        }
        head.append(indented("on_machine() {\n  sudo -H -u " + PosixScript.word(user) + " sh -c \"cd; $1\"\n}\n"));
        if (!spread.isZero()) {
            head.append(indented("# Many start at once: their pulls are spread, so that the registry throttles none.\n"
                    + "if [ ! -e " + BEGUN + " ]; then\n  : > " + BEGUN + "\n  sleep \"$(shuf -i 0-"
                    + spread.toSeconds() + " -n 1)\"\nfi\n"));
        }
        head.append(indented(lines().stream().map(this::written).collect(Collectors.joining())));
        head.append(indented("mkdir -p /var/lib/keyless-pull\n: > " + DONE + "\n"));
        head.append("runcmd:\n");
        head.append("  - [systemctl, daemon-reload]\n");
        head.append("  - [systemctl, enable, --now, --no-block, keyless-pull.service]\n");
        pieces.add(head.toString());
        return new Boot(pieces);
    }

    private String written(Line line) {
        return (line.comment() ? line.toString().replace(" on " + machine, "") : line) + "\n";
    }

    /** The commands that print the values, by the variables that the file has. */
    Map<Boot.Variable, String[]> asking() {
        Map<Boot.Variable, String[]> of = new LinkedHashMap<>(asking);
        of.keySet().retainAll(used);
        return of;
    }

    private static String indented(String text) {
        return text.lines()
                .map(line -> line.isEmpty() ? "\n" : "      " + line + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public void keep(String variable, String... argv) {
        dropComments();
        Stream.of(Boot.Variable.values())
                .filter(one -> one.shellName().equals(variable))
                .forEach(one -> asking.put(one, argv));
    }

    @Override
    public String sudo() {
        return dockerBySudo ? "sudo " : "";
    }

    @Override
    public void remote(List<Piece> line) {
        line(here(line));
    }

    private String here(List<Piece> line) {
        for (Piece piece : line) {
            if (piece instanceof Variable variable) {
                Stream.of(Boot.Variable.values())
                        .filter(one -> one.shellName().equals(variable.name()))
                        .forEach(used::add);
            }
        }
        return "on_machine " + argument(line);
    }

    @Override
    public void tryRemote(String line) {
        line(here(List.of(text(line))) + " || true");
    }

    @Override
    public void remoteWithInput(String name, String words, String input, List<Piece> line) {
        String end = "END_OF_" + name.toUpperCase(Locale.ROOT);
        line(here(line) + " <<'" + end + "'\n" + input + end);
    }

    @Override
    public void retryRemote(List<Piece> line, List<Piece> between) {
        line("tries=0\nuntil " + here(line) + "; do\n  tries=$((tries + 1))\n  [ \"$tries\" -lt " + TRIES
                + " ] || exit 1\n  sleep " + SECONDS_BETWEEN + "\n"
                + (between.isEmpty() ? "" : "  " + here(between) + "\n") + "done");
    }
}
