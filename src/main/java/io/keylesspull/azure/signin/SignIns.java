package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenCredential;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Signs administrators in, and remembers who has signed in if that is wanted. */
public final class SignIns {

    /** Only these prompt: the others store their tokens elsewhere, or get them without a person. */
    private static final Set<SignInMethod> PROMPTING = Set.of(SignInMethod.BROWSER, SignInMethod.DEVICE_CODE);

    private final Transport transport;
    private final ExecutorService executor;
    private final Optional<Path> recordFolder;

    /**
     * @param executor the threads that wait, during the sign-in and later; must be unbounded
     * @param recordFolder the folder that says who has signed in, so that the next start need not prompt. The tokens
     *     themselves are in the system's keyring. Empty: nothing is kept after the program ends
     */
    public SignIns(Transport transport, ExecutorService executor, Optional<Path> recordFolder) {
        this.transport = transport;
        this.executor = executor;
        this.recordFolder = recordFolder;
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
        Optional<Remembering> remembering = recordFolder.isPresent() && PROMPTING.contains(method)
                ? remembering(recordFolder.get(), tenant, cloud, notice)
                : Optional.empty();
        TokenCredential credential =
                new CredentialFactory(cloud, tenant, pipelines, executor, remembering).of(method, prompt);
        return AzureAccount.signIn(credential, tenant, cloud, pipelines, () -> Optional.ofNullable(notice.get()));
    }

    /** Loads the hundreds of classes of the SDK that a sign-in and the first requests need; sends no request. */
    public void prepare() {
        Pipelines pipelines = transport.pipelines(executor);
        TokenCredential credential = new CredentialFactory(
                        AzureCloud.PUBLIC, Optional.empty(), pipelines, executor, Optional.empty())
                .of(SignInMethod.DEVICE_CODE, code -> {});
        AzureAccount.prepare(credential, pipelines);
    }

    private Optional<Remembering> remembering(
            Path folder, Optional<String> tenant, AzureCloud cloud, AtomicReference<Text> notice)
            throws InterruptedException {
        try {
            SignInRecords records = SignInRecords.in(folder);
            Optional<Text> unusable = TokenCache.unusable(folder, executor);
            if (unusable.isPresent()) {
                notice.set(Text.of("azure.notice.memoryOnly", unusable.get()));
                return Optional.empty();
            }
            return Optional.of(new Remembering(records.find(cloud, tenant), record -> {
                try {
                    records.save(cloud, tenant, record);
                } catch (IOException e) {
                    notice.set(notSaved(folder, e));
                }
            }));
        } catch (IOException e) {
            notice.set(notSaved(folder, e));
            return Optional.empty();
        }
    }

    private static Text notSaved(Path folder, IOException e) {
        return Text.of("azure.notice.notSaved", folder.toString(), String.valueOf(e.getMessage()));
    }

    /**
     * Forgets who has signed in, so that the next sign-in prompts. The encrypted tokens stay in the keyring until they
     * expire: azure-identity cannot remove them, and on Linux it keeps those of all programs in one entry.
     *
     * @throws AzureException OTHER if a file cannot be deleted
     */
    public void signOut() throws AzureException {
        if (recordFolder.isPresent()) {
            try {
                SignInRecords.in(recordFolder.get()).removeAll();
            } catch (IOException e) {
                throw new AzureException(Kind.OTHER, "", 0, String.valueOf(e), e);
            }
        }
    }
}
