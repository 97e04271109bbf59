package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {

    private static final String SERVER = "contoso.azurecr.io";

    private static DockerConfig parsed(String text) {
        return DockerConfig.parse(text).orElseThrow();
    }

    @Test
    void aHelperComesToWhatIsThereAndLeavesItAsItWasWhenItGoes() {
        String before = "{\n\t\"auths\": {\n\t\t\"a.example\": {\n\t\t\t\"auth\": \"YTpi\"\n\t\t}\n\t},"
                + "\n\t\"proxies\": [],\n\t\"n\": 1.50\n}";
        DockerConfig with = parsed(before).withHelper(SERVER, "acr-managed-identity");

        assertThat(with.helper(SERVER)).contains("acr-managed-identity");
        assertThat(with.text())
                .isEqualTo(before.replaceFirst(
                        "\\n}$", ",\n\t\"credHelpers\": {\n\t\t\"" + SERVER + "\": \"acr-managed-identity\"\n\t}\n}"));
        assertThat(with.withoutHelper(SERVER).text()).isEqualTo(before);
    }

    @Test
    void helpersOfOtherServersStay() {
        DockerConfig with =
                parsed("{\"credHelpers\": {\"gcr.io\": \"gcloud\"}}").withHelper(SERVER, "x");

        assertThat(with.helper("gcr.io")).contains("gcloud");
        assertThat(with.withoutHelper(SERVER).helper("gcr.io")).contains("gcloud");
        assertThat(with.withoutHelper(SERVER).helper(SERVER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "{}", "{\"credHelpers\": null}", "{\"credHelpers\": {}}"})
    void whereNothingIsSaidAHelperCanBe(String text) {
        DockerConfig with = parsed(text).withHelper(SERVER, "x");

        assertThat(with.text()).isEqualTo("{\n\t\"credHelpers\": {\n\t\t\"" + SERVER + "\": \"x\"\n\t}\n}");
        assertThat(with.withoutHelper(SERVER).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "[]",
                "\"\"",
                "null",
                "{} {}",
                "{\"auths\": {",
                "{\"credHelpers\": []}",
                "{\"credHelpers\": \"x\"}",
                "{,}"
            })
    void whatDockerCouldNotHaveWrittenIsNotTouched(String text) {
        assertThat(DockerConfig.parse(text)).isEmpty();
    }
}
