package io.keylesspull.azure.http;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long a service asks to wait: {@code Retry-After} in seconds or as a date (RFC 9110, 10.2.3), or one of the two
 * headers in milliseconds that Azure's SDKs also know. The {@code x-ms-ratelimit-} headers count the requests left and
 * hold no time (Microsoft Learn, "Understand how Azure Resource Manager throttles requests").
 */
final class RetryAfter {

    private RetryAfter() {}

    /** @return never negative; empty if there is no such header or it cannot be parsed */
    static Optional<Duration> of(HttpHeaders headers, Instant now) {
        return Stream.of(HttpHeaderName.X_MS_RETRY_AFTER_MS, HttpHeaderName.RETRY_AFTER_MS)
                .flatMap(name -> number(headers.getValue(name)).stream())
                .map(Duration::ofMillis)
                .findFirst()
                .or(() -> number(headers.getValue(HttpHeaderName.RETRY_AFTER)).map(Duration::ofSeconds))
                .or(() -> until(headers, now));
    }

    private static Optional<Long> number(String text) {
        return text != null && text.strip().matches("\\d{1,9}")
                ? Optional.of(Long.parseLong(text.strip()))
                : Optional.empty();
    }

    /** Measured from the response's Date if it has one: this computer's clock may be wrong. */
    private static Optional<Duration> until(HttpHeaders headers, Instant now) {
        Instant from = date(headers.getValue(HttpHeaderName.DATE)).orElse(now);
        return date(headers.getValue(HttpHeaderName.RETRY_AFTER))
                .map(until -> Duration.between(from, until))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Instant> date(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
