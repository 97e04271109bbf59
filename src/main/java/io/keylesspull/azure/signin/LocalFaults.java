package io.keylesspull.azure.signin;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Explanation;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.network.NetworkFault;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong on this computer if the Azure CLI or the managed identity gives no token. */
final class LocalFaults {

    /** MSAL's code if what answers for the metadata service sends no JSON (MSAL for Java 1.23.1). */
    private static final String NO_TOKEN = "managed_identity_response_parse_failure";

    private static final Pattern NOT_PARSED =
            Pattern.compile("MSI returned (?<status>\\d+), but the response could not be parsed");

    private LocalFaults() {}

    /** @return empty if the directory, or something else, is the reason */
    static Optional<AzureException> of(SignInMethod method, AzureException thrown) {
        String words = thrown.getMessage().toLowerCase(Locale.ROOT);
        Optional<String> known = switch (method) {
            case AZURE_CLI -> cli(words);
            case MANAGED_IDENTITY -> identity(words, thrown);
            case BROWSER, DEVICE_CODE, ENVIRONMENT -> Optional.empty();
        };
        return known.map(key -> AzureException.notSignedIn(
                Explanation.of("azure.signIn." + key),
                // The SDK's words about the Azure CLI say no more than ours.
                method == SignInMethod.AZURE_CLI ? "" : withoutParser(thrown.getMessage()),
                thrown));
    }

    /** What a parser says of a page that is no token helps nobody. */
    private static String withoutParser(String message) {
        Matcher answer = NOT_PARSED.matcher(message);
        return answer.find() ? "HTTP status " + answer.group("status") : message;
    }

    /** The words are azure-identity's (IdentityClientBase, 1.18.2). */
    private static Optional<String> cli(String words) {
        if (words.contains("azure cli not installed")) {
            return Optional.of("cliMissing");
        }
        return words.contains("az login") ? Optional.of("cliSignedOut") : Optional.empty();
    }

    /** The words are those of the metadata service (Microsoft Learn, "How to use managed identities on a VM"). */
    private static Optional<String> identity(String words, AzureException thrown) {
        if (words.contains("multiple user assigned identities")) {
            return Optional.of("severalIdentities");
        }
        if (words.contains("identity not found")) {
            return Optional.of("noIdentity");
        }
        if (NetworkFault.in(thrown).isPresent()) {
            return Optional.empty();
        }
        if (thrown.code().equals(NO_TOKEN)) {
            return Optional.of("otherService");
        }
        return thrown.kind() == Kind.UNREACHABLE ? Optional.of("noIdentityService") : Optional.empty();
    }
}
