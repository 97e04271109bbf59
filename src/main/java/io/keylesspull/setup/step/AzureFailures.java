package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Puts what Azure refused into words: one place, so that the same trouble reads the same wherever it is met. */
public final class AzureFailures {

    /** What the directory's error codes mean that somebody can act on (Microsoft Learn, "AADSTS error codes"). */
    private static final Map<String, String> DIRECTORY = Map.ofEntries(
            Map.entry("AADSTS7000215", "wrong_secret"),
            Map.entry("AADSTS7000222", "expired_secret"),
            Map.entry("AADSTS700016", "unknown_app"),
            Map.entry("AADSTS7000112", "app_disabled"),
            Map.entry("AADSTS90002", "unknown_tenant"),
            Map.entry("AADSTS50020", "not_a_member"),
            Map.entry("AADSTS50034", "not_a_member"),
            Map.entry("AADSTS50057", "account_disabled"),
            Map.entry("AADSTS50074", "mfa"),
            Map.entry("AADSTS50076", "mfa"),
            Map.entry("AADSTS50078", "mfa"),
            Map.entry("AADSTS50079", "mfa"),
            Map.entry("AADSTS50158", "conditional_access"),
            Map.entry("AADSTS53000", "conditional_access"),
            Map.entry("AADSTS53001", "conditional_access"),
            Map.entry("AADSTS53003", "conditional_access"),
            Map.entry("AADSTS530003", "conditional_access"),
            Map.entry("AADSTS65001", "consent"));

    private AzureFailures() {}

    /** @param subject what was being looked at or made, as the reader knows it */
    public static Failure failure(Text subject, AzureException cause) {
        return new Failure(problem(subject, cause), cause);
    }

    /** @param subject what was being looked at or made, as the reader knows it */
    public static Problem problem(Text subject, AzureException cause) {
        String key = "setup.azure."
                + Optional.ofNullable(DIRECTORY.get(cause.code()))
                        .map("aadsts."::concat)
                        .orElseGet(() -> cause.kind().name().toLowerCase(Locale.ROOT));
        String code = cause.code().isEmpty() ? "" : cause.code() + ": ";
        return new Problem(
                Text.of(key + ".what", subject),
                Text.of(key + ".meaning", subject),
                Text.of(key + ".remedy", subject),
                code + cause.getMessage());
    }
}
