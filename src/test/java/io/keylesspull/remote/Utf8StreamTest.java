package io.keylesspull.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.text.HostileText;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class Utf8StreamTest {

    @Provide
    Arbitrary<byte[]> sent() {
        return HostileText.bytes();
    }

    @Property(tries = 1000, seed = "4771")
    void howBytesAreCutIntoPiecesMakesNoDifference(
            @ForAll("sent") byte[] bytes, @ForAll @IntRange(min = 1, max = 9) int length) {
        Utf8Stream stream = new Utf8Stream();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += length) {
            text.append(stream.accept(bytes, at, Math.min(length, bytes.length - at)));
        }

        assertThat(text.append(stream.end())).hasToString(new String(bytes, StandardCharsets.UTF_8));
    }
}
