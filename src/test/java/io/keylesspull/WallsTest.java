package io.keylesspull;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house's walls: arrows point down only, and each outside library is known in one room. */
@AnalyzeClasses(packages = "io.keylesspull", importOptions = DoNotIncludeTests.class)
class WallsTest {

    private static final String HOUSE = "io.keylesspull..";

    /** What the window shows of Azure: plain values, without the SDK behind them. */
    private static final DescribedPredicate<JavaClass> AZURE_VALUES = resideInAPackage("io.keylesspull.azure.model")
            .and(DescribedPredicate.describe("records or enums", type -> type.isRecord() || type.isEnum()));

    @ArchTest
    static final ArchRule TEXT = mayUseOnly("text", "io.keylesspull.text..");

    @ArchTest
    static final ArchRule DISK = mayUseOnly("disk", "io.keylesspull.disk..");

    @ArchTest
    static final ArchRule TIME = mayUseOnly("time", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule ENGINE = mayUseOnly("engine",
            "io.keylesspull.engine..", "io.keylesspull.disk..", "io.keylesspull.text..", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule ENGINE_HAS_NO_CIRCLES = slices().matching("io.keylesspull.engine.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule AZURE = mayUseOnly("azure",
            "io.keylesspull.azure..", "io.keylesspull.text..", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule AZURE_HAS_NO_CIRCLES = slices().matching("io.keylesspull.azure.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule REMOTE = mayUseOnly("remote",
            "io.keylesspull.remote..", "io.keylesspull.disk..", "io.keylesspull.text..", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule PRACTICE = mayUseOnly("practice",
            "io.keylesspull.practice..", "io.keylesspull.text..", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule PRACTICE_WIRE = mayUseOnly("practice.wire", "io.keylesspull.practice.wire..",
            "io.keylesspull.time..");

    @ArchTest
    static final ArchRule PRACTICE_DIRECTORY = mayUseOnly("practice.directory", "io.keylesspull.practice.directory..",
            "io.keylesspull.practice.wire..", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule PRACTICE_REGISTRY = mayUseOnly("practice.registry", "io.keylesspull.practice.registry..",
            "io.keylesspull.practice.directory..", "io.keylesspull.practice.wire..", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule PRACTICE_MACHINE = mayUseOnly("practice.machine", "io.keylesspull.practice.machine..",
            "io.keylesspull.practice.clock..", "io.keylesspull.practice.data..", "io.keylesspull.practice.sshkey..",
            "io.keylesspull.practice.wire..", "io.keylesspull.time..");

    @ArchTest
    static final ArchRule PRACTICE_HAS_NO_CIRCLES = slices().matching("io.keylesspull.practice.(**)").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_IN_PRACTICE_USES_ITS_TOP = noClasses()
            .that().resideInAPackage("io.keylesspull.practice.*..").should()
            .dependOnClassesThat().resideInAPackage("io.keylesspull.practice");

    @ArchTest
    static final ArchRule SETUP = mayUseOnly("setup", "io.keylesspull.setup..", "io.keylesspull.azure..",
            "io.keylesspull.remote..", "io.keylesspull.engine..", "io.keylesspull.disk..", "io.keylesspull.text..",
            "io.keylesspull.time..");

    @ArchTest
    static final ArchRule UI = noClasses().that().resideInAPackage("io.keylesspull.ui..").should()
            .dependOnClassesThat(resideInAPackage(HOUSE)
                    .and(DescribedPredicate.not(resideInAnyPackage("io.keylesspull.ui..", "io.keylesspull.setup..",
                            "io.keylesspull.engine..", "io.keylesspull.text..", "io.keylesspull.time..")))
                    .and(DescribedPredicate.not(AZURE_VALUES)));

    @ArchTest
    static final ArchRule UI_HAS_NO_CIRCLES = slices().matching("io.keylesspull.ui.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_SHELL_IS_KNOWN_OUTSIDE_UI = noClasses()
            .that().resideOutsideOfPackage("io.keylesspull.ui..").should()
            .dependOnClassesThat(resideInAPackage("io.keylesspull.ui..")
                    .and(DescribedPredicate.not(resideInAPackage("io.keylesspull.ui.shell"))));

    @ArchTest
    static final ArchRule ONLY_AZURE_KNOWS_THE_SDK = onlyIn("io.keylesspull.azure..", "com.azure..", "reactor..",
            "com.microsoft..");

    @ArchTest
    static final ArchRule ONLY_REMOTE_KNOWS_JSCH = onlyIn("io.keylesspull.remote..", "com.jcraft..");

    @ArchTest
    static final ArchRule ONLY_PRACTICE_SERVES = onlyIn("io.keylesspull.practice..", "org.apache.sshd..",
            "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule ONLY_UI_AND_APP_KNOW_JAVAFX = noClasses()
            .that(DescribedPredicate.not(resideInAnyPackage("io.keylesspull.ui..", "io.keylesspull.app..")))
            .should().dependOnClassesThat(resideInAnyPackage("javafx..", "atlantafx.."));

    @ArchTest
    static final ArchRule ONLY_TIME_SLEEPS = noClasses().that().resideOutsideOfPackage("io.keylesspull.time..")
            .should().callMethod(Thread.class, "sleep", long.class);

    private static ArchRule mayUseOnly(String room, String... rooms) {
        return noClasses().that().resideInAPackage("io.keylesspull." + room + "..").should()
                .dependOnClassesThat(resideInAPackage(HOUSE)
                        .and(DescribedPredicate.not(resideInAnyPackage(rooms))));
    }

    private static ArchRule onlyIn(String room, String... libraries) {
        return noClasses().that().resideOutsideOfPackage(room).should()
                .dependOnClassesThat(resideInAnyPackage(libraries));
    }
}
