package io.keylesspull.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.UndoChoice.What;
import io.keylesspull.text.Texts;
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

    @Test
    void ofFewMachinesEachIsAskedAbout() {
        UndoList.Option one = new UndoList.Option(new UndoChoice("vm1", What.PACKAGES), List.of("docker.io"));

        assertThat(new UndoList(List.of(), List.of(one), List.of()).questions())
                .containsExactly(new UndoList.Question(one.what(), Set.of(one.choice())));
    }
}
