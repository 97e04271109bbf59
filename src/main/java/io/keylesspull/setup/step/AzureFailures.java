package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.network.NetworkFault;
import io.keylesspull.network.NetworkProblem;
import io.keylesspull.network.NetworkSettingsException;
import io.keylesspull.text.Text;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns Azure's errors into problems with texts. One place, so that the same error has the same text everywhere. */
public final class AzureFailures {

    /** The directory's error codes that the user can act on (Microsoft Learn, "AADSTS error codes"). */
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

    /** How Compute refuses a machine (Microsoft Learn, "Error messages for resource quotas"). */
    private static final Pattern CORES = Pattern.compile(
            "exceeding approved (?<quota>.+?) quota\\b.*?Location: (?<location>[^,]+), Current Limit: (?<limit>\\d+), "
                    + "Current Usage: (?<used>\\d+), Additional Required: (?<wanted>\\d+), "
                    + "\\(Minimum\\) New Limit Required: (?<needed>\\d+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private AzureFailures() {}

    /** @param subject what was being looked at or made, as the reader knows it */
    public static Failure failure(Text subject, AzureException cause) {
        return new Failure(problem(subject, cause), cause);
    }

    /** @param subject what was being looked at or made, as the reader knows it */
    public static Problem problem(Text subject, AzureException cause) {
        Optional<Problem> special = cause.kind() == AzureException.Kind.QUOTA_EXCEEDED ? cores(cause) : network(cause);
        return special.orElseGet(() -> general(subject, cause));
    }

    /** A setting of the network is wrong. */
    public static Failure failure(NetworkSettingsException cause) {
        return new Failure(problem(cause.problem(), ""), cause);
    }

    /** What is known to be wrong on the way to Azure. */
    private static Optional<Problem> network(AzureException cause) {
        return NetworkFault.in(cause).map(known -> problem(known, details(cause)));
    }

    private static Problem problem(NetworkProblem known, String details) {
        return new Problem(known.what(), known.meaning(), known.remedy(), details);
    }

    /** The numbers are in the message alone. Empty if it is about another quota. */
    private static Optional<Problem> cores(AzureException cause) {
        Matcher refusal = CORES.matcher(cause.getMessage());
        return refusal.find()
                ? Optional.of(Failure.of(
                                "setup.quota",
                                details(cause),
                                refusal.group("quota"),
                                refusal.group("location"),
                                refusal.group("limit"),
                                refusal.group("used"),
                                refusal.group("wanted"),
                                refusal.group("needed"))
                        .problem())
                : Optional.empty();
    }

    private static Problem general(Text subject, AzureException cause) {
        String key = "setup.azure."
                + Optional.ofNullable(DIRECTORY.get(cause.code()))
                        .map("aadsts."::concat)
                        .orElseGet(() -> cause.kind().name().toLowerCase(Locale.ROOT));
        return new Problem(
                Text.of(key + ".what", subject),
                Text.of(key + ".meaning", subject),
                Text.of(key + ".remedy", subject),
                details(cause));
    }

    private static String details(AzureException cause) {
        return (cause.code().isEmpty() ? "" : cause.code() + ": ") + cause.getMessage();
    }
}
