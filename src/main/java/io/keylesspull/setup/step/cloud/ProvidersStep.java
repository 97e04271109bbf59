package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Providers;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The resource providers of what is to be made: a subscription that never used one has it to be registered first. */
public final class ProvidersStep extends AzureStep {

    private static final Text SUBJECT = Text.of("setup.subject.providers");
    private static final String REGISTERED = "Registered";

    /** Registration takes a minute or two as a rule. */
    private static final Retry UNTIL_REGISTERED = new Retry(
            Duration.ofMinutes(10), List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10)));

    private final List<String> namespaces;

    public ProvidersStep(SetupRequest request, AzureSubscription azure) {
        super(
                StepId.shared("providers"),
                Text.of("setup.step.providers"),
                SUBJECT,
                Set.of(),
                Set.of(CloudFacts.PROVIDERS),
                azure);
        this.namespaces = namespaces(request);
    }

    static List<String> namespaces(SetupRequest request) {
        List<String> namespaces = new ArrayList<>();
        if (request.registry().create()) {
            namespaces.add("Microsoft.ContainerRegistry");
        }
        if (request.givesIdentity()
                && request.identity().kind() == Kind.USER_ASSIGNED
                && request.identity().create()) {
            namespaces.add("Microsoft.ManagedIdentity");
        }
        if (request.machines().stream().anyMatch(Machine::create)
                || request.scaleSet().isPresent()) {
            namespaces.add("Microsoft.Network");
            namespaces.add("Microsoft.Compute");
        }
        return List.copyOf(namespaces);
    }

    @Override
    public Preview preview(Known known) throws AzureException, InterruptedException {
        List<String> missing = missing(azure().providers());
        if (missing.isEmpty()) {
            known.found(CloudFacts.PROVIDERS, String.join(", ", namespaces));
        }
        return namespaces.isEmpty()
                ? Preview.nothing()
                : missing.isEmpty()
                        ? Preview.keep(Text.of("setup.change.providers", String.join(", ", namespaces)))
                        : Preview.change(Text.of("setup.change.providers", String.join(", ", missing)));
    }

    @Override
    public List<Preflight> checks(Known known) {
        return known.find(CloudFacts.PROVIDERS).isPresent()
                ? List.of()
                : List.of(new Preflight(Text.of("setup.check.register"), () -> {
                    for (String namespace : missing(azure().providers())) {
                        String action = namespace + "/register/action";
                        if (!azure().permissions().allowed("/subscriptions/" + azure().id(), action)) {
                            return Finding.bad(Failure.of("setup.noRegisterRight", action, namespace, azure().id())
                                    .problem());
                        }
                    }
                    return Finding.good();
                }));
    }

    private List<String> missing(Providers providers) throws AzureException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String namespace : namespaces) {
            if (!isRegistered(providers, namespace)) {
                missing.add(namespace);
            }
        }
        return missing;
    }

    @Override
    public void byHand(Script script, Known known) {
        if (!namespaces.isEmpty()) {
            script.comment("The resource providers, which the subscription registers once for all");
            namespaces.forEach(
                    namespace -> script.run("az", "provider", "register", "--namespace", namespace, "--wait"));
        }
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure)
            throws AzureException, Failure, InterruptedException {
        Providers providers = azure.providers();
        List<String> missing = missing(providers);
        for (String namespace : missing) {
            context.change(List.of(ChangeKind.PROVIDER.of(namespace)), () -> {
                providers.register(namespace);
                return namespace;
            });
        }
        for (String namespace : missing) {
            context.retry(UNTIL_REGISTERED, () -> registered(providers, namespace));
        }
        String names = String.join(", ", missing.isEmpty() ? namespaces : missing);
        context.establish(CloudFacts.PROVIDERS, names);
        return new Result(
                missing.isEmpty() ? Outcome.FOUND : Outcome.CHANGED,
                Text.of("setup.providers", names.isEmpty() ? "–" : names));
    }

    private static boolean isRegistered(Providers providers, String namespace)
            throws AzureException, InterruptedException {
        return providers.state(namespace).equalsIgnoreCase(REGISTERED);
    }

    private String registered(Providers providers, String namespace) throws NotYet, Failure, InterruptedException {
        try {
            if (isRegistered(providers, namespace)) {
                return namespace;
            }
        } catch (AzureException e) {
            throw AzureFailures.failure(SUBJECT, e);
        }
        throw new NotYet(
                Text.of("setup.providers.waiting", namespace),
                Failure.of("setup.providerNotRegistered", "", namespace, azure().id())
                        .problem());
    }
}
