package io.keylesspull.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.real.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long the installed program takes until its window stands, and what is loaded until then. */
@Timeout(1800)
class StartIT {

    private static final Path RESULT = Path.of("target", "bench", "start.json");
    private static final int LAUNCHES = Integer.getInteger("keylesspull.launches", 15);
    private static final double WANTED = 1.25;
    private static final String EMPTY = "/tmp/empty";
    private static final String WIZARD = "wizard";
    private static final String PAGE = ", page";
    private static final List<String> SDK = List.of(
            "com.azure.",
            "com.microsoft.",
            "reactor.",
            "com.jcraft.jsch.",
            "com.fasterxml.jackson.",
            "io.netty.",
            "picocli.");

    @TempDir
    private Path temp;

    private BareSystem system;
    private Screen screen;
    private Framebuffer seen;

    @BeforeEach
    void installed() throws Exception {
        Packages.make();
        system = Packages.bareSystem();
        system.asRoot("dpkg", "--install", system.give(Packages.deb()));
        screen = Screen.open(system, temp);
        seen = screen.framebuffer();
    }

    @AfterEach
    void gone() throws Exception {
        if (screen != null) {
            screen.close();
        }
        if (system != null) {
            system.close();
        }
    }

    @Test
    void noClassOfTheSdkIsLoadedBeforeTheWindowStandsAndThenItIs() throws Exception {
        Path log = system.seen("/tmp/loaded.log");
        Process wizard = start("-Xlog:class+load:file=/tmp/loaded.log", "keyless-pull");
        awaitPage(wizard);
        List<String> before = Files.readAllLines(log);
        assertThat(before)
                .as("the archive of classes is used")
                .anyMatch(line -> line.contains("WizardWindow ") && line.contains("shared objects file"));
        assertThat(before).as("until the first paint").noneMatch(StartIT::ofSdk);
        Awaitility.await("the SDK")
                .atMost(Duration.ofMinutes(1))
                .until(() -> lines(log)
                        .anyMatch(line -> line.contains("com.azure.resourcemanager.resources.ResourceManager ")));
        stop(wizard, false);
    }

    private static boolean ofSdk(String line) {
        return SDK.stream().anyMatch(name -> line.contains("] " + name));
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theWindowStandsSoMuchLaterThanAnEmptyOne() throws Exception {
        emptyWindow();
        Map<String, List<String>> programs = new LinkedHashMap<>();
        programs.put("empty window", List.of("", EMPTY + "/bin/empty"));
        programs.put(WIZARD, List.of("", "keyless-pull"));
        programs.put("empty window, no archive", List.of("-Xshare:off", EMPTY + "/bin/empty"));
        programs.put(WIZARD + ", no archive", List.of("-Xshare:off", "keyless-pull"));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        // The first round is not counted: it fills the caches of the system and of fontconfig.
        for (int launch = 0; launch <= LAUNCHES; launch++) {
            for (Map.Entry<String, List<String>> program : programs.entrySet()) {
                Map<String, Double> start = launch(
                        program.getKey(),
                        program.getValue().get(0),
                        program.getValue().get(1));
                if (launch > 0) {
                    start.forEach((name, time) -> times.computeIfAbsent(name, none -> new ArrayList<>())
                            .add(time));
                }
            }
        }
        Map<String, Object> result = result(times);
        Files.createDirectories(RESULT.getParent());
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(RESULT.toFile(), result);
        assertThat(median(times.get(WIZARD)))
                .as("the archive is worth its room: %s", result)
                .isLessThan(median(times.get(WIZARD + ", no archive")));
    }

    private static Map<String, Object> result(Map<String, List<Double>> times) throws IOException {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "measured",
                "milliseconds from exec to the first pixels of the window, and until its page stands in it, "
                        + "installed on Debian 12, Xvfb");
        result.put(
                "machine",
                Files.readString(Path.of("/proc/cpuinfo"))
                                .lines()
                                .filter(line -> line.startsWith("model name"))
                                .findFirst()
                                .map(line -> line.replaceFirst(".*: ", ""))
                                .orElse("unknown")
                        + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        result.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
        result.put("launches", LAUNCHES);
        times.forEach((name, each) -> result.put(name, spread(each)));
        result.put("ratio", median(times.get(WIZARD)) / median(times.get("empty window")));
        result.put(
                "ratio, no archive",
                median(times.get(WIZARD + ", no archive")) / median(times.get("empty window, no archive")));
        result.put("ratio of the page", median(times.get(WIZARD + PAGE)) / median(times.get("empty window")));
        result.put("ratio wanted", WANTED);
        return result;
    }

    private static Map<String, Long> spread(List<Double> times) {
        double[] sorted = times.stream().mapToDouble(each -> each).sorted().toArray();
        Map<String, Long> spread = new LinkedHashMap<>();
        spread.put("median", Math.round(median(times)));
        spread.put("least", Math.round(sorted[0]));
        spread.put("lower quartile", Math.round(sorted[sorted.length / 4]));
        spread.put("upper quartile", Math.round(sorted[sorted.length * 3 / 4]));
        spread.put("most", Math.round(sorted[sorted.length - 1]));
        return spread;
    }

    private static double median(List<Double> times) {
        double[] sorted = times.stream().mapToDouble(each -> each).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** @return milliseconds from exec, by what was there then; an empty window has no page to wait for */
    private Map<String, Double> launch(String name, String options, String program) throws Exception {
        Awaitility.await("an empty screen").atMost(Duration.ofMinutes(1)).until(() -> !seen.shows(Framebuffer.RAIL));
        Map<String, Double> times = new LinkedHashMap<>();
        long before = System.nanoTime();
        Process process = start(options, program);
        awaitWindow(process);
        times.put(name, (System.nanoTime() - before) / 1e6);
        if (name.startsWith(WIZARD)) {
            awaitPage(process);
            times.put(name + PAGE, (System.nanoTime() - before) / 1e6);
        }
        stop(process, false);
        return times;
    }

    private Process start(String options, String program) throws IOException {
        return options.isEmpty()
                ? system.startAsUser(temp.resolve("said.log"), screen.display(), program)
                : system.startAsUser(
                        temp.resolve("said.log"), screen.display(), "env", "JAVA_TOOL_OPTIONS=" + options, program);
    }

    private void awaitWindow(Process process) throws Exception {
        await(process, () -> seen.shows(Framebuffer.RAIL));
    }

    private void awaitPage(Process process) throws Exception {
        await(process, () -> seen.width(Framebuffer.CHOSEN) > Framebuffer.WIDER_THAN_RAIL);
    }

    private void await(Process process, BooleanSupplier stands) throws Exception {
        while (!stands.getAsBoolean()) {
            if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(Files.readString(temp.resolve("said.log")));
            }
        }
    }

    /** @param gently with SIGTERM, upon which a Java virtual machine ends in its own way */
    private static void stop(Process process, boolean gently) throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(gently ? ProcessHandle::destroy : ProcessHandle::destroyForcibly);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("it does not end");
        }
    }

    /** Packages the empty window as package.sh packages the wizard: the same Java, options and kind of archive. */
    private void emptyWindow() throws Exception {
        Path input = Files.createDirectories(temp.resolve("input"));
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        String classes = Path.of("target", "test-classes").toString();
        assertThat(jar.run(
                        System.out,
                        System.err,
                        "--create",
                        "--file",
                        input.resolve("empty.jar").toString(),
                        "-C",
                        classes,
                        "io/keylesspull/packaging/EmptyWindow.class",
                        "-C",
                        classes,
                        "io/keylesspull/packaging/Framebuffer.class"))
                .isZero();
        Path theme;
        try (Stream<Path> jars = Files.list(Path.of("target", "lib"))) {
            theme = jars.filter(file -> file.getFileName().toString().startsWith("atlantafx-"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.copy(theme, input.resolve(theme.getFileName()));
        String options =
                Files.readAllLines(Path.of("target/package/image/keyless-pull/lib/app/keyless-pull.cfg")).stream()
                        .filter(line -> line.startsWith("java-options=") && !line.contains("app-version"))
                        .map(line -> line.replace("java-options=", ""))
                        .collect(Collectors.joining(" "));
        Programs.run(
                jpackage(),
                "--type",
                "app-image",
                "--name",
                "empty",
                "--input",
                input.toString(),
                "--main-jar",
                "empty.jar",
                "--main-class",
                EmptyWindow.class.getName(),
                "--runtime-image",
                "target/package/runtime",
                "--dest",
                temp.toString(),
                "--java-options",
                options);
        system.host(
                "cp",
                "-a",
                temp.resolve("empty").toString(),
                system.root().resolve("tmp").toString());
        Process once = start("-Xshare:off -XX:DumpLoadedClassList=/tmp/empty.classes", EMPTY + "/bin/empty");
        awaitWindow(once);
        stop(once, true);
        String path = Stream.of("empty.jar", theme.getFileName().toString())
                .map(name -> EMPTY + "/lib/app/" + name)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> dump = new ArrayList<>(List.of(
                EMPTY + "/lib/runtime/bin/java",
                "-Xshare:dump",
                "-XX:+AOTClassLinking",
                "-XX:SharedClassListFile=/tmp/empty.classes",
                "-XX:SharedArchiveFile=" + EMPTY + "/lib/app/start.jsa",
                "-cp",
                path));
        dump.addAll(Arrays.stream(options.split(" "))
                .filter(option -> !option.contains("SharedArchive"))
                .toList());
        system.asRoot(dump.toArray(String[]::new));
        List<String> used = new ArrayList<>(List.of(EMPTY + "/lib/runtime/bin/java", "-Xshare:on", "-cp", path));
        used.addAll(List.of(options.replace("$APPDIR", EMPTY + "/lib/app").split(" ")));
        used.add("-version");
        assertThat(system.asUser(used.toArray(String[]::new)))
                .as("the archive fits")
                .contains("sharing");
    }

    /** The one that made the wizard's package. */
    private static String jpackage() throws IOException {
        String version = Files.readString(Path.of("target/package/runtime/release"))
                .replaceAll("(?s).*JAVA_VERSION=\"([^\"]*)\".*", "$1");
        List<Path> homes = new ArrayList<>();
        for (String named : new String[] {System.getenv("PACKAGE_JDK"), System.getenv("JAVA_HOME")}) {
            if (named != null) {
                homes.add(Path.of(named));
            }
        }
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            installed.forEach(homes::add);
        }
        for (Path home : homes) {
            Path release = home.resolve("release");
            if (Files.exists(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + version + "\"")
                    && Files.isExecutable(home.resolve("bin/jpackage"))) {
                return home.resolve("bin/jpackage").toString();
            }
        }
        throw new IllegalStateException("the JDK " + version + " that made the package is not found");
    }
}
