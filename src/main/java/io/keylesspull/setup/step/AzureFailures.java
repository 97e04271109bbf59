package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.network.NetworkFault;
import io.keylesspull.network.NetworkProblem;
import io.keylesspull.network.NetworkSettingsException;
import io.keylesspull.network.UntrustedCertificateException;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns Azure's errors into problems with texts. One place, so that the same error has the same text everywhere. */
public final class AzureFailures {

    /**
     * What the user can do about a refused sign-in, by the directory's error number (Microsoft Learn, "AADSTS error
     * codes") or, without one, by the error of RFC 6749 and RFC 8628.
     */
    private static final Map<String, String> SIGN_IN = Map.ofEntries(
            Map.entry("AADSTS7000215", "wrong_secret"),
            Map.entry("AADSTS7000222", "expired_secret"),
            Map.entry("AADSTS700027", "unknown_certificate"),
            Map.entry("AADSTS700016", "unknown_app"),
            Map.entry("AADSTS7000229", "unknown_app"),
            Map.entry("AADSTS7000112", "app_disabled"),
            Map.entry("AADSTS90002", "unknown_tenant"),
            Map.entry("AADSTS900023", "unknown_tenant"),
            Map.entry("AADSTS50020", "not_a_member"),
            Map.entry("AADSTS50034", "not_a_member"),
            Map.entry("AADSTS90072", "not_a_member"),
            Map.entry("AADSTS50105", "not_assigned"),
            Map.entry("AADSTS50057", "account_disabled"),
            Map.entry("AADSTS50072", "mfa"),
            Map.entry("AADSTS50074", "mfa"),
            Map.entry("AADSTS50076", "mfa"),
            Map.entry("AADSTS50078", "mfa"),
            Map.entry("AADSTS50079", "mfa"),
            Map.entry("AADSTS50097", "device"),
            Map.entry("AADSTS53000", "device"),
            Map.entry("AADSTS53001", "device"),
            Map.entry("AADSTS50158", "conditional_access"),
            Map.entry("AADSTS65001", "consent"),
            Map.entry("AADSTS65004", "consent"),
            Map.entry("AADSTS90094", "consent"),
            Map.entry("AADSTS90095", "consent"),
            Map.entry("AADSTS50132", "ended"),
            Map.entry("AADSTS50133", "ended"),
            Map.entry("AADSTS50173", "ended"),
            Map.entry("AADSTS70008", "ended"),
            Map.entry("AADSTS70043", "ended"),
            Map.entry("AADSTS700082", "ended"),
            Map.entry("AADSTS700084", "ended"),
            Map.entry("AADSTS70019", "code_expired"),
            Map.entry("expired_token", "code_expired"),
            Map.entry("code_expired", "code_expired"),
            Map.entry("access_denied", "cancelled"),
            Map.entry("authorization_declined", "cancelled"),
            Map.entry("BrowserTimeout", "browser_timeout"),
            Map.entry("CredentialUnavailable", "more_needed"));

    /** Every error with which Conditional Access, or the security defaults, block a sign-in begins so. */
    private static final String BLOCKED = "AADSTS53";

    /** How Compute refuses a machine (Microsoft Learn, "Error messages for resource quotas"). */
    private static final Pattern CORES = Pattern.compile(
            "exceeding approved (?<quota>.+?) quota\\b.*?Location: (?<location>[^,]+), Current Limit: (?<limit>\\d+), "
                    + "Current Usage: (?<used>\\d+), Additional Required: (?<wanted>\\d+), "
                    + "\\(Minimum\\) New Limit Required: (?<needed>\\d+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A chain of causes can be circular; real ones are shorter. */
    private static final int DEEPEST = 20;

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

    /** The same of a check, whose subject need not be one that Azure can find or refuse to change. */
    public static Problem ofCheck(Text what, AzureException cause) {
        return switch (cause.kind()) {
            case NOT_FOUND, CONFLICT, BUSY -> problem(Text.of("setup.subject.check", what), cause);
            default -> problem(what, cause);
        };
    }

    /** A setting of the network is wrong. */
    public static Failure failure(NetworkSettingsException cause) {
        return new Failure(problem(cause.problem(), ""), cause);
    }

    /** What is known to be wrong on this computer, or on the way to Azure. */
    private static Optional<Problem> network(AzureException cause) {
        return NetworkFault.in(cause)
                .map(known -> problem(known, besides(known, cause)))
                .or(() -> cause.explanation()
                        .map(known -> new Problem(known.what(), known.meaning(), known.remedy(), details(cause))));
    }

    /** What the cause says besides: nothing of a certificate, of which Java says no more than our words. */
    private static String besides(NetworkProblem known, AzureException cause) {
        String details = details(cause);
        boolean said = new Texts(Locale.ENGLISH).render(known.what()).contains(details);
        boolean certificate = Stream.iterate((Throwable) cause, thrown -> thrown != null, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(UntrustedCertificateException.class::isInstance);
        return said || certificate ? "" : details;
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
                + signIn(cause.code())
                        .map("aadsts."::concat)
                        .orElseGet(() -> cause.kind().name().toLowerCase(Locale.ROOT));
        return new Problem(
                Text.of(key + ".what", subject),
                Text.of(key + ".meaning", subject),
                Text.of(key + ".remedy", subject),
                details(cause));
    }

    private static Optional<String> signIn(String code) {
        return Optional.ofNullable(SIGN_IN.get(code))
                .or(() -> code.startsWith(BLOCKED) ? Optional.of("conditional_access") : Optional.empty());
    }

    private static String details(AzureException cause) {
        return (cause.code().isEmpty() ? "" : cause.code() + ": ") + cause.getMessage();
    }
}
