package io.keylesspull.ui.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinkTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "See https://aka.ms/acr/errors. Then go on;PAGE https://aka.ms/acr/errors",
                "(https://docs.docker.com/go/x/);PAGE https://docs.docker.com/go/x/",
                "http://example.org is not encrypted;",
                "Digest: @;DIGEST @",
                "a.azurecr.io/x@@ pulled;DIGEST @",
                "sha256:6f9a is too short;",
                "cat /etc/docker/daemon.json: no;PATH /etc/docker/daemon.json",
                "created /subscriptions/1/resourceGroups/a_b (c);PATH /subscriptions/1/resourceGroups/a_b",
                "and/or 1/2/3 ../up /one;",
                "in C:\\Users\\me\\keyless-pull.log now;PATH C:\\Users\\me\\keyless-pull.log",
                "azurecr.io/team/image:v1;",
            })
    void whatCanBeOpenedOrCopiedIsFound(String line, String found) {
        String text = line.replace("@@", "@" + DIGEST).replace(": @", ": " + DIGEST);
        List<LogLink> links = LogLink.in(text);
        assertThat(links)
                .extracting(link -> link.kind() + " " + link.text())
                .isEqualTo(found == null ? List.of() : List.of(found.replace("@", DIGEST)));
        assertThat(links)
                .allSatisfy(link ->
                        assertThat(text.substring(link.start(), link.end())).isEqualTo(link.text()));
    }
}
