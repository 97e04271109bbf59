package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlikeTest {

    private static List<Text> some(String key, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Text.of(key, String.valueOf(i)))
                .toList();
    }

    @Test
    void manyTextsThatDifferInNamesAreTogetherWhereTheFirstStood() {
        List<Text> all = Stream.of(some("a.one", 1), some("a.many", 11), some("a.few", 2))
                .flatMap(List::stream)
                .toList();

        assertThat(Alike.groups(all, text -> text))
                .containsExactly(
                        List.of(Text.of("a.one", "1")),
                        some("a.many", 11),
                        List.of(Text.of("a.few", "1")),
                        List.of(Text.of("a.few", "2")));
    }

    @Test
    void textsInsideTellThemApart() {
        List<Text> all = Stream.of("a.good", "a.bad")
                .flatMap(why ->
                        IntStream.range(0, 11).mapToObj(i -> Text.of("a.check", String.valueOf(i), Text.of(why))))
                .toList();

        assertThat(Alike.groups(all, text -> text)).hasSize(2);
    }
}
