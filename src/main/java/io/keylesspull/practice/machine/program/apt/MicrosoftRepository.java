package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.state.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Microsoft's package repository: whether a machine's sources name it correctly and trust its key. The documented
 * steps: MicrosoftDocs/azure-docs-cli, {@code cli-install-linux-apt.md}.
 */
public final class MicrosoftRepository {

    static final String KEY_URL = "https://packages.microsoft.com/keys/microsoft.asc";
    private static final String ADDRESS = "https://packages.microsoft.com/repos/azure-cli";
    private static final String TRUSTED_FOR_ALL = "/etc/apt/trusted.gpg.d/microsoft.gpg";
    private static final Set<String> SUITES = Set.of("focal", "jammy", "noble", "resolute", "bullseye", "bookworm");
    private static final String DISABLED =
            "N: Updating from such a repository can't be done securely, and is therefore disabled by default.";
    private static final byte[] KEY = ("\u0099 practice key standing in for Microsoft (Release signing) "
                    + "BC528686B50D79E339D3721CEB3E94ADBE1229CF")
            .getBytes(StandardCharsets.ISO_8859_1);

    /** The result of {@code apt-get update}. @param problem lines for stderr; empty if there is none */
    record Finding(boolean usable, String suite, List<String> problem) {}

    private MicrosoftRepository() {}

    static String armoredKey() {
        return "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(KEY)
                + "\n-----END PGP PUBLIC KEY BLOCK-----\n";
    }

    /** As it lies in a keyring without armor. */
    public static byte[] keyring() {
        return KEY.clone();
    }

    /** Takes the armor off; empty where there is none. */
    static Optional<byte[]> dearmored(String text) {
        String begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END PGP PUBLIC KEY BLOCK-----");
        if (start < 0 || end < start) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** One entry of a file of sources that names the repository. @param number of the entry in its file */
    private record Source(String path, int number, Map<String, String> fields) {

        String suite() {
            return fields.getOrDefault("suites", "");
        }

        String uri() {
            return fields.getOrDefault("uris", "");
        }

        String signedBy() {
            return fields.getOrDefault("signed-by", "");
        }
    }

    private static List<Source> sources(FileTree files) {
        List<Source> sources = new ArrayList<>();
        for (String path : files.matching("/etc/apt/sources.list.d/*")) {
            String text = files.text(path).orElse("");
            if (path.endsWith(".sources")) {
                sources.add(new Source(path, 1, deb822(text)));
            } else if (path.endsWith(".list")) {
                sources.add(new Source(path, 1, oneLine(text)));
            }
        }
        sources.removeIf(source -> !source.uri().replaceFirst("/$", "").equals(ADDRESS)
                || source.fields().getOrDefault("enabled", "yes").equals("no"));
        return sources;
    }

    /**
     * A source that names another key than one before it, or none where that names one: then apt reads no source at
     * all, whatever it is to do (seen with apt 2.6.1).
     */
    static List<String> conflict(FileTree files) {
        Map<String, String> keys = new HashMap<>();
        for (Source source : sources(files)) {
            String before = keys.merge(source.suite(), source.signedBy(), (old, now) -> old.isEmpty() ? now : old);
            if (!before.equals(source.signedBy())) {
                return List.of(
                        "E: Conflicting values set for option Signed-By regarding source " + ADDRESS + "/ "
                                + source.suite() + ": " + before + " != " + source.signedBy(),
                        "E: The list of sources could not be read.");
            }
        }
        return List.of();
    }

    /** A line for each source, as {@code apt-get indextargets} fills in a format. */
    static List<String> indexTargets(FileTree files, String format) {
        return sources(files).stream()
                .map(source -> format.replace("$(REPO_URI)", ADDRESS + "/")
                        .replace("$(RELEASE)", source.suite())
                        .replace("$(SOURCESENTRY)", source.path() + ":" + source.number()))
                .toList();
    }

    static Finding look(FileTree files) {
        List<Finding> findings = sources(files).stream()
                .map(source -> judge(source.fields(), source.path(), files))
                .toList();
        return findings.stream()
                .filter(finding -> !finding.usable())
                .findFirst()
                .or(() -> findings.stream().findFirst())
                .orElse(new Finding(false, "", List.of()));
    }

    private static Finding judge(Map<String, String> source, String path, FileTree files) {
        String suite = source.getOrDefault("suites", "");
        String repository = "The repository '" + ADDRESS + " " + suite;
        if (!source.getOrDefault("types", "").equals("deb")
                || suite.isEmpty()
                || source.getOrDefault("components", "").isEmpty()) {
            return new Finding(
                    false,
                    suite,
                    List.of(
                            "E: Malformed entry 1 in deb822 file " + path,
                            "E: The list of sources could not be read."));
        }
        if (!SUITES.contains(suite)) {
            return new Finding(
                    false, suite, List.of("E: " + repository + " Release' does not have a Release file.", DISABLED));
        }
        // Without a key of its own a source is trusted by the keys for all.
        Optional<FileTree.Node> key = files.node(source.getOrDefault("signed-by", TRUSTED_FOR_ALL));
        boolean readable = key.isPresent() && (key.get().mode() & 04) != 0;
        if (!readable || !Arrays.equals(key.get().content(), KEY)) {
            return new Finding(
                    false,
                    suite,
                    List.of(
                            "W: GPG error: " + ADDRESS + " " + suite
                                    + " InRelease: The following signatures couldn't be verified because the public "
                                    + "key is not"
                                    + " available: NO_PUBKEY EB3E94ADBE1229CF",
                            "E: " + repository + " InRelease' is not signed.",
                            DISABLED));
        }
        return new Finding(true, suite, List.of());
    }

    private static Map<String, String> deb822(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && !line.startsWith("#")) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static Map<String, String> oneLine(String text) {
        Matcher matcher = Pattern.compile("(?m)^(deb)\\s+(?:\\[([^\\]]*)\\]\\s+)?(\\S+)\\s+(\\S+)\\s+(\\S.*)$")
                .matcher(text);
        if (!matcher.find()) {
            return Map.of();
        }
        Map<String, String> fields = new HashMap<>(Map.of(
                "types", "deb", "uris", matcher.group(3), "suites", matcher.group(4), "components", matcher.group(5)));
        for (String option :
                Optional.ofNullable(matcher.group(2)).orElse("").trim().split("\\s+")) {
            if (option.startsWith("signed-by=")) {
                fields.put("signed-by", option.substring("signed-by=".length()));
            }
        }
        return fields;
    }
}
