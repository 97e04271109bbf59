package io.keylesspull.setup.step.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTest {

    @ParameterizedTest
    @ValueSource(strings = {"Standard_D2ps_v5", "Standard_D16pls_v5", "Standard_E4pds_v6", "Standard_B2pts_v2"})
    void aSizeWithAPIsOfTypeArm64(String size) {
        assertThat(Processor.isArm64(size)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Standard_B1s", "Standard_D2as_v5", "Standard_M8-2ms", "Standard_NP10s", "Basic_A1"})
    void noOtherIs(String size) {
        assertThat(Processor.isArm64(size)).isFalse();
    }
}
