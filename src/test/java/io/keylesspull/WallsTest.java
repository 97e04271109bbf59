package io.keylesspull;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The walls between the rooms, as the packages are called: dependencies point down only, there are no circles, a room
 * is small, its inside is used by no other room, and each outside library is known in one room.
 */
@AnalyzeClasses(packages = "io.keylesspull", importOptions = DoNotIncludeTests.class)
class WallsTest {

    private static final int MOST_FILES = 25;

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.keylesspull..");

    /** What the window shows of Azure: plain values, without the SDK behind them. */
    private static final DescribedPredicate<JavaClass> AZURE_VALUES = resideInAnyPackage(
                    full("azure.model"), full("azure.cluster"))
            .and(describe("records or enums", type -> type.isRecord() || type.isEnum()));

    // What a room may use, besides itself.

    @ArchTest
    static final ArchRule TEXT = mayUseOnly("text");

    @ArchTest
    static final ArchRule DISK = mayUseOnly("disk");

    @ArchTest
    static final ArchRule TIME = mayUseOnly("time");

    @ArchTest
    static final ArchRule PAGING = mayUseOnly("paging");

    @ArchTest
    static final ArchRule NETWORK = mayUseOnly("network", "disk", "text");

    @ArchTest
    static final ArchRule ENGINE = mayUseOnly("engine", "disk", "text", "time");

    @ArchTest
    static final ArchRule AZURE = mayUseOnly("azure", "network", "paging", "disk", "text", "time");

    @ArchTest
    static final ArchRule REMOTE = mayUseOnly("remote", "network", "disk", "text", "time");

    @ArchTest
    static final ArchRule PRACTICE = mayUseOnly("practice", "text", "time");

    @ArchTest
    static final ArchRule SETUP =
            mayUseOnly("setup", "azure", "remote", "network", "engine", "paging", "disk", "text", "time");

    @ArchTest
    static final ArchRule UI = noClasses()
            .that()
            .resideInAPackage(full("ui.."))
            .should()
            .dependOnClassesThat(OURS.and(not(rooms("ui", "setup", "engine", "paging", "text", "time")))
                    .and(not(AZURE_VALUES)));

    // In which order, within a room.

    @ArchTest
    static final ArchRule PRACTICE_WIRE = mayUseOnly("practice.wire", "time");

    @ArchTest
    static final ArchRule PRACTICE_DIRECTORY = mayUseOnly("practice.directory", "practice.wire", "time");

    @ArchTest
    static final ArchRule PRACTICE_REGISTRY =
            mayUseOnly("practice.registry", "practice.directory", "practice.wire", "time");

    @ArchTest
    static final ArchRule PRACTICE_MACHINE = mayUseOnly(
            "practice.machine", "practice.clock", "practice.data", "practice.sshkey", "practice.wire", "time");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("io.keylesspull.(**)").should().beFreeOfCycles();

    @ArchTest
    static void engineIsBuiltInOrder(JavaClasses classes) {
        inOrder(classes, "engine.event", "engine.plan", "engine.journal", "engine.run");
    }

    @ArchTest
    static void azureIsBuiltInOrder(JavaClasses classes) {
        inOrder(
                classes,
                "azure.model",
                "azure.http",
                "azure.publicimage",
                "azure.cluster",
                "azure.resource",
                "azure.signin");
    }

    @ArchTest
    static void setupIsBuiltInOrder(JavaClasses classes) {
        inOrder(
                classes,
                "setup.request",
                "setup.template",
                "setup.fleet",
                "setup.step",
                "setup.step.connection",
                "setup.step.apt",
                "setup.step.cloud",
                "setup.step.machine",
                "setup.step.cluster",
                "setup.step.connect",
                "setup.step.power",
                "setup.export",
                "setup.step.fleet",
                "setup.plan",
                "setup.log",
                "setup.session");
    }

    @ArchTest
    static final ArchRule NOTHING_IN_PRACTICE_USES_ITS_TOP = noClasses()
            .that()
            .resideInAPackage(full("practice.*.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(full("practice"));

    // The inside of a room, and who else may use it.

    @ArchTest
    static final ArchRule AZURE_HTTP = onlyFor("azure.http", "azure", "app");

    @ArchTest
    static final ArchRule SSH_PROXIES = onlyFor("remote.proxy", "remote");

    @ArchTest
    static final ArchRule AZURE_SIGN_IN = onlyFor("azure.signin", "azure", "app");

    @ArchTest
    static final ArchRule JOURNAL = onlyFor("engine.journal", "engine", "setup.session");

    @ArchTest
    static final ArchRule RUNNER = onlyFor("engine.run", "engine", "setup.session", "app");

    @ArchTest
    static final ArchRule CLOUD_STEPS = onlyFor("setup.step.cloud", "setup");

    @ArchTest
    static final ArchRule MACHINE_STEPS = onlyFor("setup.step.machine", "setup");

    @ArchTest
    static final ArchRule CLUSTER_STEPS = onlyFor("setup.step.cluster", "setup");

    @ArchTest
    static final ArchRule PRACTICE_CLUSTERS =
            mayUseOnly("practice.cluster", "practice.clock", "practice.machine", "practice.wire", "time");

    @ArchTest
    static final ArchRule FLEET_STEPS = onlyFor("setup.step.fleet", "setup");

    @ArchTest
    static final ArchRule CONNECTIONS = onlyFor("setup.step.connection", "setup");

    @ArchTest
    static final ArchRule POWER_STEPS = onlyFor("setup.step.power", "setup");

    @ArchTest
    static final ArchRule CONNECT_STEPS = onlyFor("setup.step.connect", "setup");

    @ArchTest
    static final ArchRule STEPS_ON_MACHINES_DO_NOT_KNOW_THE_WAY = noClasses()
            .that()
            .resideInAnyPackage(full("setup.step.machine.."), full("setup.step.apt.."))
            .should()
            .dependOnClassesThat(OURS.and(describe(
                    "name a way to a machine",
                    type -> Stream.of("Ssh", "Jump", "Way", "HostKey", "KnownHosts", "RunCommand", "RemoteShell")
                            .anyMatch(type.getFullName()::contains))));

    @ArchTest
    static final ArchRule APT = onlyFor("setup.step.apt", "setup");

    @ArchTest
    static final ArchRule COMMAND_LINE = onlyFor("app.cli", "app");

    @ArchTest
    static final ArchRule ONLY_THE_SHELL_AND_WHAT_IT_ASKS_FOR_ARE_KNOWN_OUTSIDE_UI = noClasses()
            .that(not(rooms("ui")))
            .should()
            .dependOnClassesThat(rooms("ui").and(not(resideInAnyPackage(full("ui.shell"), full("ui.settings")))));

    @ArchTest
    static final ArchRule ONLY_ITS_TOP_IS_KNOWN_OUTSIDE_PRACTICE = noClasses()
            .that(not(rooms("practice")))
            .should()
            .dependOnClassesThat(rooms("practice")
                    .and(not(resideInAnyPackage(full("practice"), full("practice.clock"))))
                    .and(not(name(full("practice.wire.PracticeServer"))))
                    .and(not(name(full("practice.directory.PracticeApp")))));

    @ArchTest
    static void noRoomHasMoreThan25Files(JavaClasses classes) {
        Map<String, Long> files = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        assertThat(files)
                .allSatisfy((room, count) ->
                        assertThat(count).as("files in " + room).isLessThanOrEqualTo(MOST_FILES));
    }

    // Which room knows an outside library.

    @ArchTest
    static final ArchRule ONLY_AZURE_KNOWS_THE_SDK = onlyIn("azure", "com.azure..", "reactor..", "com.microsoft..");

    @ArchTest
    static final ArchRule ONLY_REMOTE_KNOWS_JSCH = onlyIn("remote", "com.jcraft..");

    @ArchTest
    static final ArchRule ONLY_PRACTICE_SERVES = onlyIn("practice", "org.apache.sshd..");

    /** The browser is sent back to it after a sign-in. */
    @ArchTest
    static final ArchRule ONLY_SIGN_IN_LISTENS = onlyIn("azure.signin", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule ONLY_UI_AND_APP_KNOW_JAVAFX = noClasses()
            .that(not(rooms("ui", "app")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("javafx..", "atlantafx.."));

    @ArchTest
    static final ArchRule ONLY_TIME_SLEEPS = noClasses()
            .that()
            .resideOutsideOfPackage(full("time.."))
            .should()
            .callMethod(Thread.class, "sleep", long.class);

    private static ArchRule mayUseOnly(String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(others)).toArray(String[]::new);
        return noClasses().that(rooms(room)).should().dependOnClassesThat(OURS.and(not(rooms(allowed))));
    }

    /** @param users the rooms that may use the package */
    private static ArchRule onlyFor(String inside, String... users) {
        return noClasses()
                .that(not(rooms(users)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(full(inside + ".."));
    }

    private static ArchRule onlyIn(String room, String... libraries) {
        return noClasses().that(not(rooms(room))).should().dependOnClassesThat(resideInAnyPackage(libraries));
    }

    /** Checks that each of the packages uses only those that come before it. */
    private static void inOrder(JavaClasses classes, String... packages) {
        List<String> order = Arrays.stream(packages).map(WallsTest::full).toList();
        IntStream.range(0, order.size())
                .forEach(i -> noClasses()
                        .that()
                        .resideInAPackage(order.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(order.subList(i + 1, order.size()).toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(classes));
    }

    private static DescribedPredicate<JavaClass> rooms(String... rooms) {
        return resideInAnyPackage(
                Arrays.stream(rooms).map(room -> full(room + "..")).toArray(String[]::new));
    }

    private static String full(String room) {
        return "io.keylesspull." + room;
    }
}
