package io.keylesspull.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keylesspull.real.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packages for Linux, from what Maven built to a system from which they are gone again. */
@Timeout(1800)
class PackagesIT {

    private static final Path TARGET = Path.of("target");
    /** Pictures and what programs say. */
    private static final Path SEEN = TARGET.resolve("package-test");

    private static final Path EXAMPLE = Path.of("assets", "example-practice.json");
    private static final String HOME = Packages.HOME;
    private static final long MEGABYTE = 1_000_000;
    /** The wizard's pages, as its rail counts them. */
    private static final int REGISTRY = 1;

    private static final int DONE = 6;
    private static final Duration CLICK_AGAIN = Duration.ofSeconds(8);

    private static Path deb;
    private static Path rpm;

    private BareSystem system;

    @BeforeAll
    static void packagesAreMade() throws Exception {
        Files.createDirectories(SEEN);
        Packages.make();
        deb = Packages.deb();
        rpm = Packages.rpm();
    }

    @AfterEach
    void gone() throws Exception {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void theDebDoesThePracticeJobOnABareSystemAndGoesWithoutATrace() throws Exception {
        system = Packages.bareSystem();
        Set<String> before = system.files();
        system.asRoot("dpkg", "--install", system.give(deb));

        List<String> files = system.asRoot("dpkg", "-L", "keyless-pull").lines().toList();
        assertThat(files)
                .contains(
                        "/usr/bin/keyless-pull",
                        "/usr/share/applications/keyless-pull.desktop",
                        "/usr/share/icons/hicolor/256x256/apps/keyless-pull.png",
                        "/usr/share/icons/hicolor/scalable/apps/keyless-pull.svg",
                        "/usr/share/metainfo/io.keylesspull.keylesspull.metainfo.xml");
        assertThat(system.asRoot("sh", "-c", "ls /var/lib/dpkg/info/keyless-pull.*")
                        .lines())
                .as("no script runs as root")
                .noneMatch(file -> file.endsWith("inst") || file.endsWith("rm"));
        desktopEntryAndMetadataAreRight();
        everyNativeLibraryFindsWhatItNeeds();
        noticesOfThirdPartiesAreThere();
        commandLineProvesThePull();
        wizardGoesToDone();

        system.asRoot("dpkg", "--purge", "keyless-pull");
        noTraceIsLeft(before, Set.of());
        assertThat(system.asRoot("sh", "-c", "ls -A /var/lib/dpkg/info | grep keyless || true"))
                .isEmpty();
        onlyTheUsersOwnRunsAreLeft();
    }

    @Test
    void theRpmInstallsTheSameFilesProvesThePullAndGoesWithoutATrace() throws Exception {
        system = Packages.bareSystem();
        assertThat(Programs.run("rpm", "--query", "--package", "--scripts", rpm.toString()))
                .as("no script runs as root")
                .isEmpty();
        everyLibraryThatTheRpmAsksForIsThere();
        String root = system.root().toString();
        system.host("rpm", "--root", root, "--initdb");
        Set<String> before = system.files();
        // Debian's rpm knows nothing of what dpkg installed.
        system.host(
                "rpm",
                "--root",
                root,
                "--install",
                "--nodeps",
                "--test",
                rpm.toAbsolutePath().toString());
        assertThat(system.files()).as("after --test").isEqualTo(before);
        system.host(
                "rpm",
                "--root",
                root,
                "--install",
                "--nodeps",
                rpm.toAbsolutePath().toString());

        system.host("rpm", "--root", root, "--verify", "--nodeps", "keyless-pull");
        assertThat(filesOf(Programs.run("rpm", "--query", "--package", "--list", rpm.toString())
                        .lines()))
                .isEqualTo(filesOf(Programs.run(
                                "sh",
                                "-c",
                                "dpkg-deb --fsys-tarfile " + deb + " | tar -t | sed -e 's/^\\.//' -e 's,/$,,'")
                        .lines()));
        desktopEntryAndMetadataAreRight();
        commandLineProvesThePull();

        system.host("rpm", "--root", root, "--erase", "keyless-pull");
        // Folders that every system with rpm has of its own ("filesystem").
        noTraceIsLeft(before, Set.of("usr/share/applications d 755", "usr/share/metainfo d 755"));
        onlyTheUsersOwnRunsAreLeft();
    }

    @Test
    void thePackagesKeepToTheirSize() throws Exception {
        assertThat(Files.size(deb)).as("the deb's bytes").isLessThanOrEqualTo(60 * MEGABYTE);
        assertThat(Files.size(rpm)).as("the rpm's bytes").isLessThanOrEqualTo(60 * MEGABYTE);
        String kibibytes = Programs.run("dpkg-deb", "--field", deb.toString(), "Installed-Size")
                .strip();
        assertThat(Long.parseLong(kibibytes) * 1024).as("the installed bytes").isLessThanOrEqualTo(160 * MEGABYTE);
    }

    @Test
    void onlyThisSystemsJavaFxIsInThem() throws Exception {
        List<String> files = Programs.run("sh", "-c", "dpkg-deb --fsys-tarfile " + deb + " | tar -t")
                .lines()
                .toList();
        assertThat(files)
                .contains("." + HOME + "/lib/runtime/lib/libglassgtk3.so")
                .noneMatch(name -> name.endsWith(".dll") || name.endsWith(".dylib") || name.contains("/app/javafx"));
    }

    @Test
    void theRuntimeHasTheModulesThatJdepsFinds(@TempDir Path classes) throws Exception {
        try (Stream<Path> jars = Files.list(TARGET.resolve("package/app"))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                // As the launcher has them: all on the class path, where nothing is asked of module descriptors.
                Programs.run("unzip", "-qo", jar.toString(), "-d", classes.toString(), "-x", "META-INF/MANIFEST.MF");
            }
        }
        Programs.run("find", classes.toString(), "-name", "module-info.class", "-delete");
        StringWriter found = new StringWriter();
        PrintWriter out = new PrintWriter(found);
        assertThat(ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(out, out, "--ignore-missing-deps", "-summary", classes.toString()))
                .as(found.toString())
                .isZero();
        Set<String> modules = found.toString()
                .lines()
                .map(line -> line.replaceFirst(".* -> ", ""))
                .filter(name -> name.matches("(java|jdk)\\.[a-z.]+"))
                .collect(Collectors.toSet());
        // The practice cloud's SSH library throws an exception of it, in a client that is never used.
        modules.remove("java.rmi");
        assertThat(modules).contains("java.net.http");
        String release = Files.readString(TARGET.resolve("package/runtime/release"));
        assertThat(List.of(
                        release.replaceAll("(?s).*MODULES=\"([^\"]*)\".*", "$1").split(" ")))
                .containsAll(modules);
    }

    private void desktopEntryAndMetadataAreRight() throws Exception {
        String entry = system.root()
                .resolve("usr/share/applications/keyless-pull.desktop")
                .toString();
        assertThat(system.host("desktop-file-validate", entry)).isEmpty();
        List<String> lines = system.host("cat", entry).lines().toList();
        assertThat(lines).contains("Exec=keyless-pull %f", "Icon=keyless-pull");
        assertThat(system.which("keyless-pull")).hasValue("/usr/bin/keyless-pull");
        assertThat(system.host(
                        "appstreamcli",
                        "validate",
                        "--no-net",
                        system.root()
                                .resolve("usr/share/metainfo/io.keylesspull.keylesspull.metainfo.xml")
                                .toString()))
                .contains("Validation was successful");
    }

    private void noticesOfThirdPartiesAreThere() throws Exception {
        assertThat(system.asUser("cat", HOME + "/lib/app/THIRD-PARTY.txt"))
                .contains("com.azure:azure-core:", "org.openjfx:javafx-base:", "Apache License");
        assertThat(system.asUser("ls", HOME + "/lib/runtime/legal/java.base")).contains("LICENSE");
        assertThat(system.asUser("cat", "/usr/share/doc/keyless-pull/copyright"))
                .contains("MIT License", HOME + "/lib/app/THIRD-PARTY.txt");
    }

    /** With what the package depends on, and with nothing that only happened to be on the build's computer. */
    private void everyNativeLibraryFindsWhatItNeeds() throws Exception {
        String lib = HOME + "/lib/runtime/lib";
        assertThat(system.asRoot(
                        "sh",
                        "-c",
                        "find " + HOME + " -name '*.so' | LD_LIBRARY_PATH=" + lib + ":" + lib + "/server xargs ldd"))
                .contains("libgtk-3.so.0 => ")
                .doesNotContain("not found");
    }

    /** The rpm asks for libraries by name: those that the deb's dependencies brought, for the natives are the same. */
    private void everyLibraryThatTheRpmAsksForIsThere() throws Exception {
        List<String> wanted = Programs.run("rpm", "--query", "--package", "--requires", rpm.toString())
                .lines()
                .filter(line -> line.endsWith("()(64bit)"))
                .map(line -> line.replace("()(64bit)", ""))
                .toList();
        String there = system.asRoot("ldconfig", "-p");
        assertThat(wanted).contains("libgtk-3.so.0").allMatch(there::contains);
    }

    private void commandLineProvesThePull() throws Exception {
        assertThat(system.asUser("keyless-pull", "--version")).isEqualTo("Keyless Pull " + version() + "\n");
        assertThat(system.asUser("env", "JAVA_TOOL_OPTIONS=-Xshare:on", "keyless-pull", "--version"))
                .as("the archive of classes fits")
                .endsWith(version() + "\n");
        assertThat(system.asUser("keyless-pull", "--practice=instant", "--run", system.give(EXAMPLE)))
                .endsWith("Proven.\n")
                .as("the JVM itself has nothing to say")
                .doesNotContainPattern("(?m)^WARNING");
    }

    private static String version() throws IOException, InterruptedException {
        return Programs.run("unzip", "-p", "target/keyless-pull.jar", "META-INF/MANIFEST.MF")
                .lines()
                .filter(line -> line.startsWith("Implementation-Version: "))
                .findFirst()
                .orElseThrow()
                .replace("Implementation-Version: ", "");
    }

    /** As somebody does it who takes what the wizard proposes. */
    private void wizardGoesToDone() throws Exception {
        Path log = SEEN.resolve("wizard.log");
        try (Screen screen = Screen.open(system, SEEN)) {
            Process wizard = system.startAsUser(log, screen.display(), "keyless-pull", "--practice=instant");
            try {
                screen.awaitWizard();
                await("the page after signing in")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> screen.page().equals(OptionalInt.of(REGISTRY)));
                for (int page = REGISTRY; page < DONE; page++) {
                    next(screen, page);
                }
                screen.keep(SEEN.resolve("done.png"));
                // "Close" closes the window, and with it ends the program.
                screen.clickNext();
                assertThat(wizard.waitFor(1, TimeUnit.MINUTES)).isTrue();
            } finally {
                wizard.destroyForcibly();
            }
            assertThat(wizard.exitValue()).isZero();
        }
        assertThat(Files.readString(log))
                .as("what the program says on the terminal")
                .isEmpty();
        assertThat(system.asUser("sh", "-c", "cat .local/share/keyless-pull/practice-runs/*/log.txt"))
                .contains("docker pull");
    }

    /** A page that still checks what was entered, or runs, ignores a click: it is repeated then, but not in haste. */
    private static void next(Screen screen, int page) {
        AtomicReference<Instant> clicked = new AtomicReference<>(Instant.MIN);
        await("the page after page " + page).atMost(Duration.ofMinutes(1)).until(() -> {
            if (screen.page().equals(OptionalInt.of(page))
                    && clicked.get().isBefore(Instant.now().minus(CLICK_AGAIN))) {
                screen.clickNext();
                clicked.set(Instant.now());
            }
            return screen.page().equals(OptionalInt.of(page + 1));
        });
    }

    private void noTraceIsLeft(Set<String> before, Set<String> othersOwn) throws Exception {
        Set<String> left = system.files();
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(left);
        left.removeAll(before);
        left.removeAll(othersOwn);
        assertThat(left).as("what was not there before").isEmpty();
        // An empty /opt goes with the last package in it; Debian has no package that holds it.
        gone.remove("opt d 755");
        assertThat(gone).as("what was there before").isEmpty();
    }

    private void onlyTheUsersOwnRunsAreLeft() throws Exception {
        // Fontconfig and the graphics driver keep their caches for every program; JavaFX must not unpack itself.
        assertThat(system.asUser(
                                "sh",
                                "-c",
                                "find . -mindepth 1 -maxdepth 3 -not -name '.*rc' -not -path './.cache*' "
                                        + "-not -name '.bash_logout' -not -name '.profile' | sort")
                        .lines())
                .containsExactly("./.local", "./.local/share", "./.local/share/keyless-pull");
    }

    private static Set<String> filesOf(Stream<String> listed) {
        return listed.filter(path -> path.startsWith(HOME + "/")
                        || path.startsWith("/usr/share/applications/")
                        || path.startsWith("/usr/bin/")
                        || path.startsWith("/usr/share/metainfo/")
                        || path.matches("/usr/share/icons/.*\\..*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
