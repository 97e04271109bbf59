package io.keylesspull.real;

import java.io.IOException;
import java.util.stream.Collectors;

/** Where this host's own apt gets Debian's packages. */
public final class HostApt {

    private HostApt() {}

    /** Its source of Debian 12, or everybody's. Such a mirror has Debian's other suites, too. */
    public static String mirror() throws IOException, InterruptedException {
        return Programs.run("apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages")
                .lines()
                .filter(line -> line.endsWith(" bookworm"))
                .map(line -> line.split(" ")[0])
                .findFirst()
                .orElse("http://deb.debian.org/debian");
    }

    /** Its proxies, as lines of a configuration file of apt. */
    public static String proxy() throws IOException, InterruptedException {
        return Programs.run("apt-config", "dump", "Acquire")
                .lines()
                .filter(line -> line.contains("::Proxy"))
                .collect(Collectors.joining("\n"));
    }
}
