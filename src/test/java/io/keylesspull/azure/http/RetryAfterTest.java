package io.keylesspull.azure.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Retry-After         | 30                            | -                             | PT30S
            Retry-After         | 0                             | -                             | PT0S
            Retry-After         | ' 5 '                         | -                             | PT5S
            retry-after-ms      | 1500                          | -                             | PT1.5S
            x-ms-retry-after-ms | 250                           | -                             | PT0.25S
            Retry-After         | Sun, 1 Mar 2026 10:01:00 GMT  | -                             | PT1M
            Retry-After         | Sun, 01 Mar 2026 10:01:00 GMT | -                             | PT1M
            Retry-After         | Sun, 01 Mar 2026 09:59:00 GMT | -                             | PT0S
            Retry-After         | Sun, 01 Mar 2026 10:01:00 GMT | Sun, 01 Mar 2026 10:00:20 GMT | PT40S
            Retry-After         | Sun, 01 Mar 2026 10:01:00 GMT | not a date                    | PT1M
            Retry-After         | -1                            | -                             | -
            Retry-After         | soon                          | -                             | -
            Retry-After         | 99999999999999999999          | -                             | -
            x-ms-ratelimit-remaining-subscription-reads | 0     | -                             | -
            """)
    void whatTheServiceAsksForIsReadInEveryForm(String header, String value, String date, String wait) {
        HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.fromString(header), value);
        if (!date.equals("-")) {
            headers.set(HttpHeaderName.DATE, date);
        }

        assertThat(RetryAfter.of(headers, NOW).map(Duration::toString).orElse("-"))
                .isEqualTo(wait);
    }
}
