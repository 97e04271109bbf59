package io.keylesspull.practice.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesTest {

    private final Rules<String, String> rules = new Rules<>();

    @Test
    void aFaultStrikesOnItsOccasionsAndCountsThem() {
        Fault first = rules.add("a"::equals, Occasions.first(2), "first");
        assertThat(struck("a", 4)).containsExactly("first", "first");
        assertThat(first.fired()).isEqualTo(2);
        assertThat(first.matched()).isEqualTo(4);
        first.remove();

        rules.add("a"::equals, Occasions.only(3), "third").remove();
        Fault third = rules.add("a"::equals, Occasions.only(3), "third");
        assertThat(struck("a", 2)).isEmpty();
        assertThat(struck("a", 1)).containsExactly("third");
        assertThat(struck("a", 5)).isEmpty();
        third.remove();

        rules.add("a"::equals, Occasions.from(2), "later");
        assertThat(struck("a", 3)).containsExactly("later", "later");
    }

    @Test
    void whatDoesNotMatchIsNeitherStruckNorCounted() {
        Fault fault = rules.add("a"::equals, Occasions.always(), "a");
        assertThat(struck("b", 3)).isEmpty();
        assertThat(fault.matched()).isZero();
    }

    @Test
    void faultsFollowOneAnotherInTheOrderTheyWereSet() {
        rules.add("a"::equals, Occasions.first(1), "one");
        Fault second = rules.add("a"::equals, Occasions.first(1), "two");
        assertThat(struck("a", 3)).containsExactly("one", "two");
        assertThat(second.matched()).isEqualTo(2);
    }

    @Test
    void aFaultThatWasRemovedStrikesNoMoreAndKeepsItsNumber() {
        Fault fault = rules.add("a"::equals, Occasions.always(), "same");
        Fault alike = rules.add("a"::equals, Occasions.always(), "same");
        struck("a", 2);
        fault.remove();
        fault.remove();
        assertThat(struck("a", 1)).containsExactly("same");
        assertThat(fault.fired()).isEqualTo(2);
        assertThat(alike.fired()).isEqualTo(1);
    }

    @Test
    void theFirstFewAreJustAsManyForManyThreads() throws Exception {
        Fault fault = rules.add("a"::equals, Occasions.first(1000), "x");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Long>> work = IntStream.range(0, 8)
                    .<Callable<Long>>mapToObj(i -> () -> (long) struck("a", 500).size())
                    .toList();
            long struck = 0;
            for (Future<Long> done : threads.invokeAll(work)) {
                struck += done.get();
            }
            assertThat(struck).isEqualTo(1000);
        } finally {
            threads.shutdownNow();
        }
        assertThat(fault.fired()).isEqualTo(1000);
        assertThat(fault.matched()).isEqualTo(4000);
    }

    @Test
    void aSettingCountsUntilItIsRemovedAndIsReplacedByALaterOne() {
        Setting<Integer> setting = new Setting<>();
        setting.struck();
        Fault first = setting.set(1);
        Fault second = setting.set(2);
        setting.struck();
        first.remove();
        assertThat(setting.get()).contains(2);
        second.remove();
        assertThat(setting.get()).isEmpty();
        assertThat(List.of(first.fired(), second.fired())).containsExactly(0, 1);
    }

    @Test
    void occasionsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Occasions.first(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Occasions.only(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> struck(String subject, int times) {
        List<String> all = new ArrayList<>();
        Stream.generate(() -> rules.strike(subject)).limit(times).forEach(what -> what.ifPresent(all::add));
        return all;
    }
}
