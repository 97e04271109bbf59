package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Explanation;
import io.keylesspull.text.FileErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The service principal that environment variables name, with a secret or a certificate. The names are those of
 * azure-identity's EnvironmentCredential, which does not report which one is missing or why a certificate cannot be
 * used.
 */
record EnvironmentSignIn(Map<String, String> variables) {

    static final String CLIENT_ID = "AZURE_CLIENT_ID";

    private static final String TENANT_ID = "AZURE_TENANT_ID";
    private static final String SECRET = "AZURE_CLIENT_SECRET";
    private static final String CERTIFICATE = "AZURE_CLIENT_CERTIFICATE_PATH";
    private static final String CERTIFICATE_PASSWORD = "AZURE_CLIENT_CERTIFICATE_PASSWORD";
    private static final String SEND_CHAIN = "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN";

    /** What azure-identity accepts; it throws for any other. */
    private static final Pattern DIRECTORY = Pattern.compile("[A-Za-z0-9.-]+");

    private static final String PEM = "-----BEGIN ";
    private static final String PEM_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final String PEM_LOCKED = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    /**
     * @param tenant if given, used instead of the one in the environment
     * @param common sets what all credentials have
     * @throws AzureException if a variable is missing, or the certificate cannot be used
     */
    TokenCredential credential(Optional<String> tenant, Consumer<AadCredentialBuilderBase<?>> common)
            throws AzureException {
        Optional<String> directory = tenant.or(() -> value(TENANT_ID));
        Optional<String> application = value(CLIENT_ID);
        Optional<String> secret = value(SECRET);
        Optional<String> certificate = value(CERTIFICATE);
        List<String> missing = new ArrayList<>();
        if (directory.isEmpty()) {
            missing.add(TENANT_ID);
        }
        if (application.isEmpty()) {
            missing.add(CLIENT_ID);
        }
        boolean nothingToProve = secret.isEmpty() && certificate.isEmpty();
        if (nothingToProve) {
            missing.add(SECRET);
        }
        if (!missing.isEmpty()) {
            throw wrong(nothingToProve ? "variables" : "variablesOnly", null, String.join(", ", missing), CERTIFICATE);
        }
        if (!DIRECTORY.matcher(directory.orElseThrow()).matches()) {
            throw wrong("directoryVariable", null, TENANT_ID);
        }
        if (secret.isPresent()) {
            ClientSecretCredentialBuilder builder = new ClientSecretCredentialBuilder().clientSecret(secret.get());
            common.accept(builder.tenantId(directory.get()).clientId(application.get()));
            return builder.build();
        }
        ClientCertificateCredentialBuilder builder = certificate(certificate.orElseThrow());
        common.accept(builder.tenantId(directory.get()).clientId(application.get()));
        return builder.build();
    }

    private ClientCertificateCredentialBuilder certificate(String file) throws AzureException {
        byte[] content;
        try {
            content = Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw AzureException.notSignedIn(
                    Explanation.of("azure.signIn.certificateFile", file, CERTIFICATE),
                    FileErrors.reason(e, Path.of(file)),
                    e);
        } catch (InvalidPathException e) {
            throw wrong("certificateFile", e, file, CERTIFICATE);
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        ClientCertificateCredentialBuilder builder = new ClientCertificateCredentialBuilder()
                .sendCertificateChain(value(SEND_CHAIN)
                        .filter(set -> set.equals("1") || set.equalsIgnoreCase("true"))
                        .isPresent());
        if (text.contains(PEM)) {
            if (text.contains(PEM_LOCKED)) {
                throw wrong("certificateLocked", null, file);
            }
            if (!text.contains(PEM_KEY) || !text.contains(PEM_CERTIFICATE)) {
                throw wrong("certificateContent", null, file);
            }
            return builder.pemCertificate(file);
        }
        String password = value(CERTIFICATE_PASSWORD).orElse("");
        requireKey(file, content, password);
        return builder.pfxCertificate(file).clientCertificatePassword(password);
    }

    private static void requireKey(String file, byte[] content, String password) throws AzureException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password.toCharArray());
            String alias = store.aliases().hasMoreElements() ? store.aliases().nextElement() : "";
            if (!store.isKeyEntry(alias)) {
                throw wrong("certificateContent", null, file);
            }
        } catch (GeneralSecurityException e) {
            throw wrong("certificateContent", e, file);
        } catch (IOException e) {
            // PKCS#12 has no other way to say so (java.security.KeyStore#load).
            boolean wrongPassword = e.getCause() instanceof GeneralSecurityException;
            throw wrong(wrongPassword ? "certificatePassword" : "certificateContent", e, file, CERTIFICATE_PASSWORD);
        }
    }

    /** Without the cause's message: what Java says of a certificate helps nobody. */
    private static AzureException wrong(String key, @Nullable Throwable cause, Object... arguments) {
        return AzureException.notSignedIn(Explanation.of("azure.signIn." + key, arguments), "", cause);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
