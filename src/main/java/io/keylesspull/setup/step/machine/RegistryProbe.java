package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.machine.RegistryAccess.Asked;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Optional;

/**
 * Looks from a machine that runs whether it reaches a registry, and the service that gives tokens of its identities.
 * curl changes nothing there.
 *
 * @param label the machine, as the request names it
 */
record RegistryProbe(String label) {

    private static final int KEPT = 500;

    private static final String CURL = "curl --silent --show-error --max-time 20 --write-out ' %{http_code}' ";
    private static final String METADATA = CURL
            + "--noproxy '*' --header Metadata:true 'http://169.254.169.254/metadata/instance?api-version=2021-02-01'";

    static List<MachineQuestion> questions(RegistryInfo registry) {
        return List.of(challenge(registry.loginServer()), metadata());
    }

    private static MachineQuestion challenge(String loginServer) {
        return new MachineQuestion("registry", CURL + "https://" + loginServer + "/v2/", KEPT);
    }

    private static MachineQuestion metadata() {
        // Only the status is of use.
        return new MachineQuestion("metadata", METADATA, KEPT);
    }

    /**
     * Name, connection, certificate and challenge of the registry; then the metadata service.
     *
     * @param answers to {@link #questions}
     * @param hosts that the machine must reach, for the one who opens a firewall for it
     */
    List<Check> of(MachineAnswers answers, RegistryInfo registry, List<String> hosts) {
        String loginServer = registry.loginServer();
        Text reached = Text.of("setup.probe.registryFrom", loginServer, label);
        Text metadata = Text.of("setup.probe.metadataFrom", label);
        Check way = check(reached, answers, challenge(loginServer), Asked.of(registry), List.of("200", "401"), hosts);
        return List.of(
                way.isBad() && registry.network().unreachable()
                        ? Check.bad(reached, ImageReader.unreachable(registry))
                        : way,
                check(metadata, answers, metadata(), new Asked("169.254.169.254"), List.of("200"), List.of()));
    }

    private Check check(
            Text what,
            MachineAnswers answers,
            MachineQuestion question,
            Asked asked,
            List<String> good,
            List<String> hosts) {
        Optional<CommandResult> answer;
        try {
            answer = answers.to(question);
        } catch (AzureException e) {
            return Check.doubtful(what, AzureFailures.ofCheck(what, e));
        }
        if (answer.isEmpty()) {
            return Check.doubtful(what, unclear(""));
        }
        CommandResult result = answer.get();
        String status = result.stdout().substring(result.stdout().lastIndexOf(' ') + 1);
        if (result.ok() && good.contains(status)) {
            return Check.good(what);
        }
        Cause cause = Cause.of(result);
        if (cause.is(Cause.Kind.MISSING_COMMAND)) {
            return Check.doubtful(what, unclear(result.stdout()));
        }
        return RegistryAccess.problem(cause, label, asked, "curl", result.stdout())
                .map(problem ->
                        Check.bad(what, isUnreached(cause) && !hosts.isEmpty() ? withHosts(problem, hosts) : problem))
                .orElseGet(() -> Check.doubtful(what, unclear(result.stdout())));
    }

    /** Whether the machine got no answer, so that what it must reach is of use. */
    private static boolean isUnreached(Cause cause) {
        return switch (cause.kind()) {
            case NAME, NO_CONNECTION, PRIVATE_LINK, CERTIFICATE, UNCLEAR_SILENCE -> true;
            default -> false;
        };
    }

    private static Problem withHosts(Problem problem, List<String> hosts) {
        return new Problem(
                problem.what(),
                problem.meaning(),
                Text.of("setup.remedyWithHosts", problem.remedy(), String.join(", ", hosts)),
                problem.details());
    }

    private Problem unclear(String output) {
        return Failure.of("setup.probeUnclear", output, label).problem();
    }
}
