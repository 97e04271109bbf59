package io.keylesspull.setup.request;

import io.keylesspull.azure.model.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The systems a new machine can get: a few by a short name, which are those of {@code az vm image list}, any by URN.
 */
public final class MachineImages {

    private static final Map<String, ImageReference> ALIASES = new LinkedHashMap<>();

    static {
        ALIASES.put(
                "Ubuntu2204",
                new ImageReference("Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2", "latest"));
        ALIASES.put("Ubuntu2404", new ImageReference("Canonical", "ubuntu-24_04-lts", "server", "latest"));
        ALIASES.put("Ubuntu2604", new ImageReference("Canonical", "ubuntu-26_04-lts", "server", "latest"));
        ALIASES.put("Debian12", new ImageReference("Debian", "debian-12", "12-gen2", "latest"));
        ALIASES.put("Debian13", new ImageReference("Debian", "debian-13", "13-gen2", "latest"));
        ALIASES.put("Debian11", new ImageReference("Debian", "debian-11", "11-gen2", "latest"));
    }

    /** Systems without apt. */
    private static final Pattern OTHER_SYSTEM = Pattern.compile(
            "windows|rhel|redhat|suse|sles|oracle|centos|almalinux|rocky|flatcar|mariner|azure-?linux|fedora|bsd");

    private static final Pattern UBUNTU = Pattern.compile("ubuntu.*?(\\d\\d)[_.]?(04|10)(?!\\d)");
    private static final Pattern DEBIAN = Pattern.compile("debian-?(\\d+)");
    /** Those that the setup supports once it is on the machine. */
    private static final Set<String> RELEASES = Set.of("22.04", "24.04", "26.04", "11", "12", "13");

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private MachineImages() {}

    /** The short names, the one to suggest first. */
    public static List<String> aliases() {
        return List.copyOf(ALIASES.keySet());
    }

    /** Whether a system can be set up, as far as its image's name tells. */
    public enum Support {
        YES,
        NO,
        UNKNOWN
    }

    public static Support support(ImageReference image) {
        String name =
                String.join(":", image.publisher(), image.offer(), image.sku()).toLowerCase(Locale.ROOT);
        Matcher ubuntu = UBUNTU.matcher(name);
        Matcher debian = DEBIAN.matcher(name);
        if (OTHER_SYSTEM.matcher(name).find()) {
            return Support.NO;
        }
        Optional<String> release = ubuntu.find()
                ? Optional.of(ubuntu.group(1) + "." + ubuntu.group(2))
                : debian.find() ? Optional.of(debian.group(1)) : Optional.empty();
        return release.map(found -> RELEASES.contains(found) ? Support.YES : Support.NO)
                .orElse(Support.UNKNOWN);
    }

    /** Whether a system gets no more updates: Debian 11 since August 2026 (Debian's page on its long-term support). */
    public static boolean isEnded(ImageReference image) {
        return image.publisher().equalsIgnoreCase("Debian") && image.offer().equalsIgnoreCase("debian-11");
    }

    /** @return as {@code az vm create} takes it */
    public static String urn(String image) {
        return resolve(image).map(ImageReference::toString).orElse(image);
    }

    /** Whether it is one of those by a short name, on which neither Docker nor the Azure CLI is installed. */
    public static boolean isPlainSystem(String image) {
        return ALIASES.keySet().stream().anyMatch(image::equalsIgnoreCase);
    }

    /**
     * @return empty where it is neither a short name (capitals do not count) nor {@code publisher:offer:sku:version}
     */
    public static Optional<ImageReference> resolve(String image) {
        for (Map.Entry<String, ImageReference> alias : ALIASES.entrySet()) {
            if (alias.getKey().equalsIgnoreCase(image)) {
                return Optional.of(alias.getValue());
            }
        }
        String[] parts = image.split(":", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new ImageReference(parts[0], parts[1], parts[2], parts[3]));
    }
}
