package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.PackageCandidate;
import io.keylesspull.practice.machine.state.PackageDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code dpkg-query -W} and {@code dpkg -s}. As in dpkg 1.21.22, a removed package with configuration left is
 * {@code rc} and found; one that other records only mention is {@code un} and found by {@code -W}, too, with exit
 * status 0.
 */
final class DpkgQuery {

    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]*)\\}");

    private enum State {
        INSTALLED("ii ", "install ok installed"),
        UNPACKED("iU ", "install ok unpacked"),
        CONFIGURATION("rc ", "deinstall ok config-files"),
        MENTIONED("un ", "unknown ok not-installed");

        private final String abbreviation;
        private final String status;

        State(String abbreviation, String status) {
            this.abbreviation = abbreviation;
            this.status = status;
        }
    }

    private DpkgQuery() {}

    static int run(ProgramCall call) throws IOException {
        String format = "${binary:Package}\\t${Version}\\n";
        List<String> names = new ArrayList<>();
        boolean show = false;
        boolean status = false;
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            show |= arg.equals("-W") || arg.equals("--show");
            status |= arg.equals("-s") || arg.equals("--status");
            if (arg.startsWith("-f=") || arg.startsWith("--showformat=")) {
                format = arg.substring(arg.indexOf('=') + 1);
            } else if (arg.equals("-f") && i + 1 < call.args().size()) {
                format = call.args().get(++i);
            } else if (!arg.startsWith("-")) {
                names.add(arg);
            }
        }
        if (!show && !status) {
            return call.fail(2, "dpkg-query: error: need an action option");
        }
        if (names.isEmpty() && show) {
            names.addAll(call.machine().packages().installed());
        }
        return status ? status(call, names) : show(call, names, format);
    }

    private static Optional<State> state(PackageDatabase packages, String name) {
        if (packages.isInstalled(name)) {
            return Optional.of(State.INSTALLED);
        }
        if (packages.unpacked().contains(name)) {
            return Optional.of(State.UNPACKED);
        }
        return packages.configurationLeft(name).isPresent()
                ? Optional.of(State.CONFIGURATION)
                : packages.isMentioned(name) ? Optional.of(State.MENTIONED) : Optional.empty();
    }

    private static int show(ProgramCall call, List<String> names, String format) throws IOException {
        PackageDatabase packages = call.machine().packages();
        int exit = 0;
        for (String name : new TreeSet<>(names)) {
            Optional<State> state = state(packages, name);
            if (state.isPresent()) {
                call.out().print(filled(format, name, state.get(), packages));
            }
        }
        for (String name : names) {
            if (state(packages, name).isEmpty()) {
                exit = call.fail(1, "dpkg-query: no packages found matching " + name);
            }
        }
        return exit;
    }

    private static String filled(String format, String name, State state, PackageDatabase packages) {
        Matcher matcher = FIELD.matcher(format);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String value = switch (matcher.group(1)) {
                case "Package", "binary:Package" -> name;
                case "Version" -> version(name, packages);
                case "Architecture" ->
                    state == State.MENTIONED ? "" : packages.known(name).architecture();
                case "Status" -> state.status;
                case "db:Status-Abbrev" -> state.abbreviation;
                case "db:Status-Status" -> state.status.replaceFirst(".* ", "");
                default -> "";
            };
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(text).toString().replace("\\n", "\n").replace("\\t", "\t");
    }

    private static String version(String name, PackageDatabase packages) {
        boolean unpacked = packages.unpacked().contains(name);
        return packages.installedVersion(name)
                .or(() -> packages.candidate(name).filter(any -> unpacked))
                .or(() -> packages.configurationLeft(name))
                .orElse("");
    }

    private static int status(ProgramCall call, List<String> names) throws IOException {
        PackageDatabase packages = call.machine().packages();
        int exit = 0;
        for (String name : names) {
            State state = state(packages, name).orElse(State.MENTIONED);
            if (state == State.MENTIONED) {
                exit = call.fail(
                        1,
                        "dpkg-query: package '" + name + "' is not installed and no information is"
                                + " available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.");
                continue;
            }
            PackageCandidate known = packages.known(name);
            call.out()
                    .lines(
                            "Package: " + name,
                            "Status: " + state.status,
                            "Installed-Size: " + known.kibibytes(),
                            "Architecture: " + known.architecture(),
                            "Version: " + version(name, packages));
            if (!known.depends().isEmpty()) {
                call.out().line("Depends: " + String.join(", ", known.depends()));
            }
            if (!known.recommends().isEmpty()) {
                call.out().line("Recommends: " + String.join(", ", known.recommends()));
            }
        }
        return exit;
    }
}
