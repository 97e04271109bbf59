package io.keylesspull.practice.machine.state;

import java.util.Locale;
import java.util.Set;

/** A release of a Linux distribution, as in {@code /etc/os-release}, and what its Azure image contains. */
public record LinuxRelease(
        String id,
        String name,
        String versionId,
        String version,
        String codename,
        String dockerVersion,
        Set<String> preinstalled) {

    private static final Set<String> UBUNTU_IMAGE = Set.of(
            "ca-certificates",
            "curl",
            "git",
            "gnupg",
            "lsb-release",
            "openssh-server",
            "python3",
            "unattended-upgrades",
            "sudo",
            "gpg");
    private static final Set<String> DEBIAN_IMAGE =
            Set.of("ca-certificates", "curl", "openssh-server", "python3", "sudo", "unattended-upgrades", "gpg");

    /** @param spec such as {@code ubuntu-22.04}; an unknown one gives one of its family */
    static LinuxRelease of(String spec) {
        String wanted = spec.toLowerCase(Locale.ROOT);
        if (wanted.startsWith("debian-13")) {
            return new LinuxRelease(
                    "debian", "Debian GNU/Linux", "13", "13 (trixie)", "trixie", "26.1.5+dfsg1", DEBIAN_IMAGE);
        }
        if (wanted.startsWith("debian")) {
            return new LinuxRelease(
                    "debian", "Debian GNU/Linux", "12", "12 (bookworm)", "bookworm", "20.10.24+dfsg1", DEBIAN_IMAGE);
        }
        if (wanted.contains("26.04")) {
            return new LinuxRelease(
                    "ubuntu", "Ubuntu", "26.04", "26.04.1 LTS (Resolute Raccoon)", "resolute", "29.1.3", UBUNTU_IMAGE);
        }
        if (wanted.contains("22.04")) {
            return new LinuxRelease(
                    "ubuntu", "Ubuntu", "22.04", "22.04.5 LTS (Jammy Jellyfish)", "jammy", "26.1.3", UBUNTU_IMAGE);
        }
        return new LinuxRelease(
                "ubuntu", "Ubuntu", "24.04", "24.04.3 LTS (Noble Numbat)", "noble", "27.5.1", UBUNTU_IMAGE);
    }

    /** The suite of Microsoft's repository that has the Azure CLI for it: Debian 13 has none of its own. */
    public String azureCliSuite() {
        return codename.equals("trixie") ? "bookworm" : codename;
    }

    /** Whether it is as new as Ubuntu 24.04, of which some messages are others. */
    public boolean isRecent() {
        return Set.of("noble", "trixie", "resolute").contains(codename);
    }

    public boolean isDebian() {
        return id.equals("debian");
    }

    public String prettyName() {
        return isDebian() ? name + " " + version : name + " " + version.replaceFirst(" \\(.*", "");
    }

    String osRelease() {
        String common = """
                PRETTY_NAME="%s"
                NAME="%s"
                VERSION_ID="%s"
                VERSION="%s"
                VERSION_CODENAME=%s
                ID=%s
                """.formatted(prettyName(), name, versionId, version, codename, id);
        if (isDebian()) {
            return common + "HOME_URL=\"https://www.debian.org/\"\n";
        }
        return common + "ID_LIKE=debian\nHOME_URL=\"https://www.ubuntu.com/\"\nUBUNTU_CODENAME=" + codename + "\n";
    }

    /** The mirror of the image's own packages. */
    public String mirror() {
        return isDebian()
                ? "http://debian-archive.trafficmanager.net/debian"
                : "http://azure.archive.ubuntu.com/ubuntu";
    }
}
