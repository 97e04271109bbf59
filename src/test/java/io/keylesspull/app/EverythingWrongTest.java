package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.setup.step.Check;
import io.keylesspull.text.Fix;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The checks of one setup in which most of what can be wrong is wrong. They are written to {@code target/checks}. */
@Timeout(120)
class EverythingWrongTest {

    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);
    private static final Texts JAPANESE = new Texts(Locale.JAPANESE);

    @TempDir
    private Path folder;

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    private Path setup;

    @BeforeEach
    void start() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("everything-wrong.json"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            setup = Files.writeString(
                    folder.resolve("setup.json"),
                    text.replace(
                            "SUBSCRIPTION", "/subscriptions/" + program.cloud().subscriptionId()));
        }
    }

    @Test
    void eachCheckHasWordsInBothLanguages() throws Exception {
        List<Check> checks = program.checks(setup);
        Path shown = Files.createDirectories(Path.of("target", "checks"));
        Files.write(shown.resolve("checks-en.txt"), shown(checks, ENGLISH));
        Files.write(shown.resolve("checks-ja.txt"), shown(checks, JAPANESE));

        assertThat(checks).hasSizeGreaterThan(40);
        for (Check check : checks) {
            texts(check).forEach(text -> {
                assertThat(ENGLISH.render(text)).matches("(?s)[“A-Z0-9].*").doesNotContain("Exception", "setup.", "{");
                assertThat(JAPANESE.render(text)).containsPattern("[\\p{IsHan}\\p{IsKatakana}\\p{IsHiragana}]");
            });
        }
    }

    /** A command with what is known filled in, or a reason why there is none. */
    @Test
    void eachCheckThatIsNotGoodSaysByWhichCommandOrWhyByNone() throws Exception {
        for (Check check : program.checks(setup)) {
            check.problem().ifPresent(problem -> {
                assertThat(problem.fix()).as(problem.remedy().key()).isPresent();
                problem.command()
                        .ifPresent(command -> assertThat(command)
                                .matches("(?s)\\S.*")
                                .doesNotContain("{", "GROUP", "NSG ", "YOU", "NAME", "“"));
            });
        }
    }

    @Test
    void noCheckOfAMachineThatTheRunWouldNotReachIsGood() throws Exception {
        List<String> bad = program.checks(setup).stream()
                .filter(Check::isBad)
                .map(check -> ENGLISH.render(check.what()))
                .toList();
        assertThat(bad)
                .contains(
                        "SSH connection to “practiceBare”",
                        "Address of “practicePrivate” for SSH",
                        "Machine “practiceStopped”",
                        "SSH connection to “practiceDocker”",
                        "SSH key of “practiceJump”",
                        "Jump host ops@nowhere.invalid",
                        "Machine “noSuchMachine”",
                        "User “nobodyhere” on “practiceAgentOnly”",
                        "Connection from new machine “newApart” to registry “practiceprivate”",
                        "SSH access to “newApart”",
                        "Subnet practiceBareVNET/nowhere",
                        "Connection from new machine “newOutside” to registry “practiceprivate”",
                        "Identity “noSuchIdentity”");
    }

    /** Nothing is good because there was nothing to look at. */
    @Test
    void whatRestsOnSomethingMissingIsNotGood() throws Exception {
        List<String> good = program.checks(setup).stream()
                .filter(check -> check.verdict() == Check.Verdict.GOOD)
                .map(check -> ENGLISH.render(check.what()))
                .toList();

        assertThat(good)
                .isNotEmpty()
                .noneMatch(what -> what.contains("noSuchIdentity"))
                .noneMatch(what -> what.contains("Standard_Nowhere"))
                .noneMatch(what -> what.contains("Quota of virtual machines"))
                .noneMatch(what -> what.contains("practiceBareVNET/nowhere"));
    }

    @Test
    void theKeyOfAJumpHostIsSaidToBeTheMachines() throws Exception {
        assertThat(program.checks(setup).stream()
                        .filter(check -> ENGLISH.render(check.what()).equals("Jump host ops@nowhere.invalid"))
                        .map(check ->
                                String.join("\n", paragraph(check.problem().orElseThrow(), ENGLISH))))
                .singleElement()
                .asString()
                .contains(
                        "The private key /nowhere/id_rsa does not exist.",
                        "It is the key of the jump host ops@nowhere.invalid. Nobody can sign in there with it.",
                        "as jumpHosts[0].key in the setup file. If that is not given, it gets the machine’s sshKey.");
    }

    @Test
    void planAndCheckReportFailureAndChangeNothing() {
        List<String> before = program.resources();
        assertThat(program.run("", "--plan", setup.toString())).isOne();
        assertThat(program.run("", "--check", setup.toString())).isOne();
        assertThat(program.printed()).doesNotContain("Exception");
        assertThat(program.resources()).isEqualTo(before);
    }

    private static Stream<Text> texts(Check check) {
        return Stream.concat(
                Stream.of(check.what()),
                check.problem().stream()
                        .flatMap(problem -> Stream.of(problem.what(), problem.meaning(), problem.remedy())));
    }

    private static List<String> shown(List<Check> checks, Texts texts) {
        List<String> lines = new ArrayList<>();
        for (Check check : checks) {
            lines.add(check.verdict() + "  " + texts.render(check.what()));
            check.problem().ifPresent(problem -> lines.addAll(paragraph(problem, texts)));
        }
        return lines;
    }

    private static List<String> paragraph(Problem problem, Texts texts) {
        return List.of(
                "    " + texts.render(problem.what()),
                "    " + texts.render(problem.meaning()),
                "    " + texts.render(problem.remedy()),
                "    $ " + problem.command().orElse("")
                        + problem.fix()
                                .filter(Fix.NoCommand.class::isInstance)
                                .map(String::valueOf)
                                .orElse(""),
                "    [" + problem.details() + "]");
    }
}
