package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.UndoChoice.What;
import io.keylesspull.text.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UndoListTest {

    @ParameterizedTest
    @EnumSource
    void eachChoiceHasAText(UndoChoice.What what) {
        UndoList.Option option = new UndoList.Option(new UndoChoice("web-01", what), List.of("docker.io"));

        for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            assertThat(new Texts(language).render(option.what())).contains("web-01");
            assertThat(new Texts(language).render(option.what()).contains("docker.io"))
                    .as("what the run changed, or that the machine runs")
                    .isEqualTo(what != UndoChoice.What.POWER);
        }
    }

    @Test
    void whatAScriptChangedOfWhichNothingWasReadIsNotNamed() {
        List<UndoList.Option> asked = UndoList.Option.of(
                RunState.of(List.of(new RunEvent.ChangeDone(
                        Instant.EPOCH, StepId.on("vm1", "set-up"), ChangeKind.UNREAD_SCRIPT.of("keyless-pull-x")))),
                Set.of());

        assertThat(asked)
                .extracting(option -> new Texts(Locale.ENGLISH).render(option.what()))
                .contains("on vm1: services that were switched on (not known which)");
        assertThat(asked)
                .extracting(option -> new Texts(Locale.JAPANESE).render(option.what()))
                .contains("vm1: 有効にしたサービス (どれかは不明)")
                .noneMatch(words -> words.contains("…"));
    }

    @Test
    void ofManyMachinesOneQuestionIsAskedForEachKind() {
        List<UndoList.Option> asked = IntStream.rangeClosed(1, 11)
                .boxed()
                .flatMap(i -> Stream.of(What.PACKAGES, What.GROUPS)
                        .map(what -> new UndoList.Option(new UndoChoice("vm" + (10 + i), what), List.of("docker"))))
                .toList();

        List<UndoList.Question> questions = new UndoList(List.of(), asked, List.of()).questions();

        Texts english = new Texts(Locale.ENGLISH);
        assertThat(questions)
                .extracting(question -> english.render(question.what()))
                .containsExactly(
                        "on 11 machines (vm11 … vm21): the user's membership in groups (docker)",
                        "on 11 machines (vm11 … vm21): packages that were installed, with their sources (docker)");
        assertThat(questions.stream().flatMap(question -> question.choices().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        asked.stream().map(UndoList.Option::choice).toList());
    }

    private static final String RUN_COMMAND = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute"
            + "/virtualMachines/vm%d/runCommands/keyless-pull-x";

    private static List<RunEvent> left(int machines) {
        return IntStream.rangeClosed(11, 10 + machines)
                .map(i -> machines + 21 - i)
                .boxed()
                .flatMap(i -> {
                    StepId step = StepId.on("vm" + i, "set-up");
                    return Stream.<RunEvent>of(
                            new RunEvent.ResourceCreating(Instant.EPOCH, step, RUN_COMMAND.formatted(i)),
                            new RunEvent.ChangeDone(Instant.EPOCH, step, ChangeKind.IDENTITY.of("id")),
                            new RunEvent.ChangeDone(Instant.EPOCH, step, ChangeKind.SIGN_IN.of("userAssignedIdentity")),
                            new RunEvent.ChangeDone(Instant.EPOCH, step, ChangeKind.GROUP.of("docker")));
                })
                .toList();
    }

    @Test
    void whatIsLeftOfManyMachinesIsSaidInAsFewLinesAsBeforeAnUndo() {
        LeftBehind left = LeftBehind.of(RunState.of(left(55)));

        Texts english = new Texts(Locale.ENGLISH);
        assertThat(left.changesTogether().stream().map(english::render))
                .containsExactly(
                        "identity on machine vm11, given by this run, and 54 more like it, the last: "
                                + "identity on machine vm65, given by this run",
                        "on 55 machines (vm11 … vm65): the sign-ins to Azure and to the registry (Azure CLI)",
                        "on 55 machines (vm11 … vm65): the user's membership in groups (docker)");
        assertThat(left.changes()).hasSize(3 * 55);
        assertThat(left.resourcesTogether())
                .singleElement()
                .satisfies(ids -> assertThat(english.render(Together.several(ids)))
                        .isEqualTo(RUN_COMMAND.formatted(11) + ", and 54 more like it, the last: "
                                + RUN_COMMAND.formatted(65)));
    }

    @Test
    void whatIsLeftOfFewMachinesIsSaidOneByOne() {
        LeftBehind left = LeftBehind.of(RunState.of(left(10)));

        assertThat(left.changesTogether()).isEqualTo(left.changes()).hasSize(30);
        assertThat(left.resourcesTogether()).hasSize(10);
    }

    @Test
    void ofFewMachinesEachIsAskedAbout() {
        UndoList.Option one = new UndoList.Option(new UndoChoice("vm1", What.PACKAGES), List.of("docker.io"));

        assertThat(new UndoList(List.of(), List.of(one), List.of()).questions())
                .containsExactly(new UndoList.Question(one.what(), Set.of(one.choice())));
    }
}
