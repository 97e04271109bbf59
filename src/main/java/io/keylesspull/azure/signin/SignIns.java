package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenCredential;
import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import io.keylesspull.azure.http.Pipelines;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Signs administrators in, and remembers who has signed in if that is wanted. Safe for use by many threads. */
public final class SignIns {

    /** How long a person may take in the browser; as long as a device code is valid. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Transport transport;
    private final ExecutorService executor;
    private final SignInEnvironment environment;
    private final Optional<Path> recordFolder;
    private final Keyring keyring;
    private final MemoryTokens memory = new MemoryTokens();
    private final Map<AzureCloud, SignedInAccount> last = new ConcurrentHashMap<>();

    /**
     * @param executor the threads that wait, during the sign-in and later; must be unbounded
     * @param recordFolder the folder that says who has signed in, so that the next start need not prompt. The tokens
     *     themselves are in the system's keyring. Empty: nothing is kept after the program ends
     */
    public SignIns(
            Transport transport, ExecutorService executor, SignInEnvironment environment, Optional<Path> recordFolder) {
        this(transport, executor, environment, recordFolder, new SystemKeyring(executor));
    }

    SignIns(
            Transport transport,
            ExecutorService executor,
            SignInEnvironment environment,
            Optional<Path> recordFolder,
            Keyring keyring) {
        this.transport = transport;
        this.executor = executor;
        this.environment = environment;
        this.recordFolder = recordFolder;
        this.keyring = keyring;
    }

    /**
     * Signs in. One prompt, or none if an earlier sign-in is remembered, is enough for all later requests.
     *
     * @param tenant a directory's id or domain; empty for the account's home directory
     * @param prompt called with the code to show if the method is device code; on another thread
     * @throws AzureException NOT_SIGNED_IN if it is refused or cancelled, or the method cannot be used here
     */
    public AzureAccount signIn(
            SignInMethod method, Optional<String> tenant, AzureCloud cloud, Consumer<DeviceCode> prompt)
            throws AzureException, InterruptedException {
        Pipelines pipelines = transport.pipelines(executor);
        AtomicReference<Text> notice = new AtomicReference<>();
        CredentialFactory credentials = new CredentialFactory(cloud, tenant, pipelines, executor);
        try {
            TokenCredential credential = switch (method) {
                case BROWSER -> person(credentials, browser(), notice);
                case DEVICE_CODE -> person(credentials, new DeviceCodePrompt(prompt), notice);
                case AZURE_CLI -> credentials.cli();
                case ENVIRONMENT -> credentials.environment(new EnvironmentSignIn(environment.variables()));
                case MANAGED_IDENTITY ->
                    credentials.managedIdentity(
                            Optional.ofNullable(environment.variables().get(EnvironmentSignIn.CLIENT_ID)));
            };
            return AzureAccount.signIn(credential, tenant, cloud, pipelines, () -> Optional.ofNullable(notice.get()));
        } catch (AzureException e) {
            throw LocalFaults.of(method, e).orElse(e);
        }
    }

    /** Loads the hundreds of classes of the SDK that a sign-in and the first requests need; sends no request. */
    public void prepare() {
        Pipelines pipelines = transport.pipelines(executor);
        TokenCredential credential = new CredentialFactory(AzureCloud.PUBLIC, Optional.empty(), pipelines, executor)
                .person(new DeviceCodePrompt(code -> {}), memory, Optional::empty, account -> {});
        AzureAccount.prepare(credential, pipelines);
    }

    private Prompt browser() {
        return new BrowserPrompt(environment.browser(), environment.texts(), new SecureRandom(), PATIENCE);
    }

    private TokenCredential person(CredentialFactory credentials, Prompt prompt, AtomicReference<Text> notice)
            throws InterruptedException {
        AzureCloud cloud = credentials.cloud();
        if (recordFolder.isPresent()) {
            Path folder = recordFolder.get();
            try {
                SignInRecords records = SignInRecords.in(folder);
                Optional<Text> unusable = keyring.unusable(folder);
                if (unusable.isEmpty()) {
                    return remembered(credentials, prompt, records, keyring.open(folder), notice);
                }
                notice.set(Text.of("azure.notice.memoryOnly", unusable.get()));
            } catch (IOException e) {
                notice.set(notSaved(folder, e));
            }
        }
        return credentials.person(
                prompt, memory, () -> Optional.ofNullable(last.get(cloud)), account -> last.put(cloud, account));
    }

    private static TokenCredential remembered(
            CredentialFactory credentials,
            Prompt prompt,
            SignInRecords records,
            ITokenCacheAccessAspect tokens,
            AtomicReference<Text> notice) {
        AzureCloud cloud = credentials.cloud();
        Optional<String> tenant = credentials.tenant();
        return credentials.person(
                prompt,
                tokens,
                // Whoever is signed in to one directory is usually known in the others, and need not be asked again.
                () -> records.find(cloud, tenant).or(() -> records.find(cloud, Optional.empty())),
                account -> {
                    try {
                        records.save(cloud, tenant, account);
                    } catch (IOException e) {
                        notice.set(notSaved(records.folder(), e));
                    }
                });
    }

    private static Text notSaved(Path folder, IOException e) {
        return Text.of("azure.notice.notSaved", folder.toString(), String.valueOf(e.getMessage()));
    }

    /**
     * Forgets who has signed in, and removes the tokens, so that the next sign-in prompts.
     *
     * @throws AzureException OTHER if something cannot be deleted
     */
    public void signOut() throws AzureException {
        memory.clear();
        last.clear();
        if (recordFolder.isPresent()) {
            try {
                SignInRecords.in(recordFolder.get()).removeAll();
                keyring.delete(recordFolder.get());
            } catch (IOException e) {
                throw new AzureException(Kind.OTHER, "", 0, String.valueOf(e), e);
            }
        }
    }
}
