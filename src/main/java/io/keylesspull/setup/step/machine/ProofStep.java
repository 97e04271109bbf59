package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.step.cloud.AzureStep;
import io.keylesspull.text.Text;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/** The proof: the digest on the machine is the digest in the registry. */
public final class ProofStep extends AzureStep {

    private final String machine;
    private final String image;
    private final boolean azureCli;

    /** @param image {@code repository:tag} @param azureCli whether the machine has the Azure CLI, signed in */
    public ProofStep(String machine, String image, boolean azureCli, AzureSubscription azure) {
        super(StepId.on(machine, "proof"), Text.of("setup.step.proof"), Text.of("setup.subject.image", image),
                Set.of(SetupFacts.CONNECTION, SetupFacts.REGISTRY, SetupFacts.PULLED_DIGEST),
                Set.of(SetupFacts.PROVEN_DIGEST), azure);
        this.machine = machine;
        this.image = image;
        this.azureCli = azureCli;
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        String onMachine = context.get(SetupFacts.PULLED_DIGEST);
        String inRegistry = inRegistry(context, azure, context.get(SetupFacts.REGISTRY));
        if (!onMachine.equals(inRegistry)) {
            throw Failure.of("setup.digestsDiffer", onMachine + " ≠ " + inRegistry, image, machine);
        }
        context.establish(SetupFacts.PROVEN_DIGEST, onMachine);
        return new Result(Outcome.CHECKED, Text.of("setup.proven", onMachine));
    }

    private String inRegistry(StepContext context, AzureSubscription azure, RegistryInfo registry)
            throws AzureException, Failure, InterruptedException {
        ImageName reference = ImageName.parse(image).orElseThrow();
        Optional<String> digest;
        try {
            digest = azure.images().digest(registry.loginServer(), reference.repository(), reference.tag());
        } catch (AzureException e) {
            if (e.kind() != AzureException.Kind.FORBIDDEN) {
                throw e;
            }
            // In ABAC mode even an owner may not read images. The machine's identity may: it asks the registry.
            digest = askedByMachine(context, registry);
        }
        return digest.orElseThrow(() -> Failure.of("setup.missing.image", "", image, registry.loginServer()));
    }

    private Optional<String> askedByMachine(StepContext context, RegistryInfo registry)
            throws Failure, InterruptedException {
        MachineConnection connection = context.get(SetupFacts.CONNECTION);
        Command ask = azureCli ? connection.asDockerUser("az", "acr", "repository", "show", "--name", registry.name(),
                "--image", image, "--query", "digest", "--output", "tsv")
                // Docker asks for the tag's digest before it looks at what it has, and tells what the registry said.
                : connection.asDockerUser("docker", "pull", registry.loginServer() + "/" + image);
        CommandResult answer = connection.require(context, ask);
        Matcher digest = Pull.DIGEST.matcher(answer.stdout());
        return digest.find() ? Optional.of(digest.group()) : Optional.empty();
    }
}
