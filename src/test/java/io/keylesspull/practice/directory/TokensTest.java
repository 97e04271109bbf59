package io.keylesspull.practice.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.SetTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {

    private final SetTime time = new SetTime(Instant.parse("2026-01-01T00:00:00Z"));
    private final Tokens tokens = new Tokens(new Random(1), time, TokenHook.NONE);
    private final Caller caller = new Caller("oid-1", "tenant-1", "https://management.core.windows.net//", "/vm/1");

    @Test
    void aTokenTellsWhoAsksForTheOneSpellingOfItsAudience() {
        assertThat(tokens.read(tokens.issue(caller, Duration.ofHours(1))))
                .contains(new Caller("oid-1", "tenant-1", "https://management.azure.com", "/vm/1"));
    }

    @Test
    void anExpiredTokenIsRefused() {
        String jwt = tokens.issue(caller, Duration.ofHours(1));
        time.sleep(Duration.ofHours(1));
        assertThat(tokens.read(jwt)).isEmpty();
    }

    @Test
    void aForgedTokenIsRefused() {
        String jwt = tokens.issue(caller, Duration.ofHours(1));
        String elsewhere = new Tokens(new Random(2), time, TokenHook.NONE).issue(caller, Duration.ofHours(1));
        assertThat(tokens.read(elsewhere)).isEmpty();
        assertThat(tokens.read(jwt.substring(0, jwt.lastIndexOf('.') + 1))).isEmpty();
        assertThat(tokens.read("no.jwt")).isEmpty();
        assertThat(tokens.read("%.%.%")).isEmpty();
    }

    @Test
    void aTokenOfTheDirectoryItselfIsNoAccessToken() {
        String refresh = tokens.issueInternal(DirectoryResponses.object().put("use", "refresh"), Duration.ofDays(1));
        assertThat(tokens.read(refresh)).isEmpty();
        assertThat(tokens.readInternal(refresh)).isPresent();
    }
}
