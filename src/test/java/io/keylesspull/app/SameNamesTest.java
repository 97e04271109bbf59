package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources of different types may bear one name: what a run made under it is undone all the same. */
@Timeout(120)
class SameNamesTest {

    @AutoClose
    private final ProgramInPractice program = new ProgramInPractice();

    @ParameterizedTest
    @CsvSource({
        "same771, same771, same771, same771",
        "same771, same771, other771, other",
        "same771, other771, same771," + " other",
        "Same771, same771, SAME771, sAme771"
    })
    void undoneIsWhatWasMadeUnderOneName(String group, String machine, String registry, String identity) {
        List<String> before = program.resources();
        assertThat(program.setUp("""
                {"version": 1, "location": "japaneast", "resourceGroup": {"name": "%s"},
                 "registry": {"name": "%s", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "%s"}], "identity": {"kind": "user-assigned", "name": "%s"}}
                """.formatted(group, registry, machine, identity)))
                .as(program.printed())
                .isZero();
        assertThat(program.resources()).hasSizeGreaterThan(before.size() + 7);

        assertThat(program.run("", "--undo", "last", "--yes"))
                .as(program.printed())
                .isZero();

        assertThat(program.printed()).doesNotContain("left alone");
        assertThat(program.resources()).containsExactlyElementsOf(before);
    }
}
