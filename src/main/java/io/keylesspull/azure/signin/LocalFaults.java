package io.keylesspull.azure.signin;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Explanation;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.network.NetworkFault;
import java.util.Locale;
import java.util.Optional;

/** What is wrong on this computer if the Azure CLI or the managed identity gives no token. */
final class LocalFaults {

    private LocalFaults() {}

    /** @return empty if the directory, or something else, is the reason */
    static Optional<AzureException> of(SignInMethod method, AzureException thrown) {
        String words = thrown.getMessage().toLowerCase(Locale.ROOT);
        Optional<String> known = switch (method) {
            case AZURE_CLI -> cli(words);
            case MANAGED_IDENTITY -> identity(words, thrown);
            case BROWSER, DEVICE_CODE, ENVIRONMENT -> Optional.empty();
        };
        return known.map(
                key -> AzureException.notSignedIn(Explanation.of("azure.signIn." + key), thrown.getMessage(), thrown));
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
        return thrown.kind() == Kind.UNREACHABLE && NetworkFault.in(thrown).isEmpty()
                ? Optional.of("noIdentityService")
                : Optional.empty();
    }
}
