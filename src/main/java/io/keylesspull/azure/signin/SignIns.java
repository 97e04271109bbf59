package io.keylesspull.azure.signin;

import com.azure.core.credential.TokenCredential;
import io.keylesspull.azure.http.Pipelines;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.AzureException;
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

/** Signs administrators in, and remembers who was where that is wanted. */
public final class SignIns {

    /** The others keep their tokens elsewhere, or need nobody to get one. */
    private static final Set<SignInMethod> PROMPTING = Set.of(SignInMethod.BROWSER, SignInMethod.DEVICE_CODE);

    private final Transport transport;
    private final ExecutorService executor;
    private final Optional<Path> memory;

    /**
     * @param executor where waiting happens, for the sign-in and later; must not be bounded
     * @param memory   the folder that says who has signed in, so that the next start need not ask: the tokens
     *                 themselves are in the system's keyring. Empty: nothing outlives the program
     */
    public SignIns(Transport transport, ExecutorService executor, Optional<Path> memory) {
        this.transport = transport;
        this.executor = executor;
        this.memory = memory;
    }

    /**
     * Signs in. One prompt, or none where an earlier sign-in is remembered, covers everything that is asked of Azure
     * later.
     *
     * @param tenant a directory's id or domain; empty for the account's home
     * @param prompt told the code to show when the method is device code; called on another thread
     * @throws AzureException NOT_SIGNED_IN where it is refused or given up, or the method cannot be used here
     */
    public AzureAccount signIn(SignInMethod method, Optional<String> tenant, AzureCloud cloud,
                               Consumer<DeviceCode> prompt) throws AzureException, InterruptedException {
        Pipelines pipelines = transport.pipelines(executor);
        AtomicReference<Text> notice = new AtomicReference<>();
        Optional<Remembering> remembering = memory.isPresent() && PROMPTING.contains(method)
                ? remembering(memory.get(), tenant, cloud, notice) : Optional.empty();
        TokenCredential credential = new CredentialFactory(cloud, tenant, pipelines, executor, remembering)
                .of(method, prompt);
        return AzureAccount.signIn(credential, tenant, cloud, pipelines, () -> Optional.ofNullable(notice.get()));
    }

    /** Loads what a sign-in and the first look around need of the SDK, hundreds of classes; asks Azure nothing. */
    public void prepare() {
        Pipelines pipelines = transport.pipelines(executor);
        TokenCredential credential = new CredentialFactory(AzureCloud.PUBLIC, Optional.empty(), pipelines, executor,
                Optional.empty()).of(SignInMethod.DEVICE_CODE, code -> { });
        AzureAccount.prepare(credential, pipelines);
    }

    private Optional<Remembering> remembering(Path folder, Optional<String> tenant, AzureCloud cloud,
                                              AtomicReference<Text> notice) throws InterruptedException {
        try {
            SignInRecords records = SignInRecords.in(folder);
            Optional<Text> trouble = TokenCache.trouble(folder, executor);
            if (trouble.isPresent()) {
                notice.set(Text.of("azure.notice.memoryOnly", trouble.get()));
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
     * Forgets who has signed in: the next sign-in prompts. The tokens stay in the keyring, encrypted, until they run
     * out: azure-identity has no way to take them out, and on Linux keeps those of all its programs in one entry.
     *
     * @throws AzureException OTHER where a file cannot be deleted
     */
    public void signOut() throws AzureException {
        if (memory.isPresent()) {
            try {
                SignInRecords.in(memory.get()).removeAll();
            } catch (IOException e) {
                throw new AzureException(Kind.OTHER, "", 0, String.valueOf(e), e);
            }
        }
    }
}
