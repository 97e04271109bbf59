package io.keylesspull.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.real.Cases.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The practice machine is ours: it would agree with us also where both are wrong. So the product tells of every case
 * what it did and saw on a practice machine and on a real one, and both must be the same.
 */
@ExtendWith(RealWorldExtension.class)
@Timeout(600)
class RealAndPracticeMachinesAgreeIT {

    /** What both reported, case by case, for people to read. */
    private static final Path ACCOUNTS = Path.of("target", "real-machine");

    @TempDir
    private Path folder;

    static Stream<Arguments> cases() {
        return Suite.tried().flatMap(suite -> Cases.of(suite).map(tried -> Arguments.of(suite, tried)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theProductTellsTheSameOfBoth(Suite suite, Case tried, RealWorld world) throws Exception {
        Disk disk = world.prepared(suite);
        Account practised;
        Account real;
        try (Bench bench = PracticeBench.of(
                disk.azureCli().version(),
                tried.pace(),
                Files.createDirectory(folder.resolve("practice")),
                new FasterTime())) {
            practised = account(tried, bench);
        }
        try (Bench bench = RealBench.in(
                world, disk, tried.pace(), Files.createDirectory(folder.resolve("real")), new FasterTime())) {
            real = account(tried, bench);
        }
        keep(suite, tried, practised, real);
        assertThat(practised.report()).isEqualTo(real.report());
    }

    private static Account account(Case tried, Bench bench) throws Exception {
        String machine = bench.makeMachine("tried");
        bench.prepare(machine, tried.parts());
        tried.before().on(bench, machine, null);
        return bench.run(Bench.setup("tried", tried.identity(), tried.registry(), tried.image()), event -> {
            try {
                tried.during().on(bench, machine, event);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void keep(Suite suite, Case tried, Account practised, Account real) throws Exception {
        Path accounts = Files.createDirectories(ACCOUNTS.resolve(suite.codename()));
        Files.writeString(accounts.resolve(tried.name().replace(' ', '-') + ".txt"), """
                ===== on a practice machine =====
                %s
                details: %s

                %s
                ===== on a real machine =====
                %s
                details: %s

                %s
                """.formatted(
                practised.report(), practised.details(), practised.log(), real.report(), real.details(), real.log()));
    }
}
