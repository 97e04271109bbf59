package io.keylesspull.setup.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about the setup file, beside what reads it. */
class SetupFilePageTest {

    private static final Path PAGE = Path.of("assets", "setup-file.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```json\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void eachExampleIsASetupFileThatMayBeRun() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(examples)
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        example -> assertThat(SetupFile.read(example, false)).isInstanceOf(SetupFile.Read.class));
    }

    @Test
    void eachKeyOfTheSchemaIsMentioned() throws IOException {
        Set<String> keys = new TreeSet<>();
        keys(new ObjectMapper().readTree(Path.of("assets", "setup.schema.json").toFile()), keys);
        String page = Files.readString(PAGE);

        assertThat(keys)
                .contains("machines", "jumpHosts", "hostKey")
                .allSatisfy(key -> assertThat(page).contains('"' + key + '"'));
    }

    private static void keys(JsonNode schema, Set<String> keys) {
        schema.path("properties").fieldNames().forEachRemaining(keys::add);
        schema.forEach(part -> keys(part, keys));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "assets/setup-file.md",
                "assets/company-network.md",
                "assets/architecture.md",
                ".github/CONTRIBUTING.md"
            })
    void eachLinkOfAPageLeadsSomewhere(String name) throws IOException {
        Path page = Path.of(name).toAbsolutePath();

        assertThat(LINK.matcher(Files.readString(page)).results()).allSatisfy(link -> {
            Path file = link.group(1).isEmpty() ? page : page.getParent().resolve(link.group(1));
            assertThat(file).exists();
            if (link.group(2) != null) {
                assertThat(anchors(file)).contains(link.group(2));
            }
        });
    }

    private static List<String> anchors(Path file) throws IOException {
        return HEADING.matcher(Files.readString(file))
                .results()
                .map(SetupFilePageTest::anchor)
                .toList();
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9 -]", "")
                .replace(' ', '-');
    }
}
