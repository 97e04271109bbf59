package io.keylesspull.setup.step.reach;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries, on a machine that runs, what a pull needs of a registry: a token of the machine's identity, one of the
 * registry in exchange, and one for the repository.
 *
 * @param label the machine, as the request names it
 * @param identity the one that is to pull; empty if the machine does not have it yet
 * @param granted whether the identity has the role that the run would grant
 * @param byMachine whether only a machine can read the registry's images
 */
public record RegistryTrial(
        String label,
        RegistryInfo registry,
        ImageName image,
        Optional<Identity> identity,
        boolean granted,
        boolean byMachine) {

    /** @param clientId of a user-assigned identity; empty for the system-assigned one */
    public record Identity(Optional<String> clientId) {}

    /** How far it came. */
    private enum Stage {
        IDENTITY,
        EXCHANGE,
        TOKEN,
        MANIFEST
    }

    private static final int KEPT = 700;
    private static final String SCRIPT = read();
    private static final Pattern LINE =
            Pattern.compile("(?m)^(?<stage>identity|exchange|token|manifest) (?<status>\\d{3}) (?<said>.*)$");

    /** @param said the digest if the stage is the last one and was passed */
    private record Reached(Stage stage, String status, String said) {}

    public List<MachineQuestion> questions() {
        return identity.map(one -> new MachineQuestion(
                        "registry-trial",
                        "server=" + Script.word(registry.loginServer())
                                + "\nclient_id=" + Script.word(one.clientId().orElse(""))
                                + "\nrepository=" + Script.word(image.repository())
                                + "\nreference=" + Script.word(byMachine ? image.reference() : "")
                                + "\n" + SCRIPT,
                        KEPT))
                .map(List::of)
                .orElse(List.of());
    }

    /** @param importing whether the run makes the image, if it is missing */
    public List<Check> of(MachineAnswers answers, boolean importing) {
        Text what = Text.of("setup.probe.trial", label, registry.loginServer(), image.repository());
        List<MachineQuestion> asked = questions();
        if (asked.isEmpty()) {
            return List.of(Check.unchecked(what, problem("noIdentity", "")));
        }
        Optional<CommandResult> answer;
        try {
            answer = answers.to(asked.get(0));
        } catch (AzureException e) {
            return List.of(Check.unchecked(what, AzureFailures.ofCheck(what, e)));
        }
        String output = answer.map(CommandResult::stdout).orElse("");
        Optional<Reached> reached = last(output);
        if (reached.isEmpty()) {
            return List.of(Check.doubtful(what, unclear(output)));
        }
        boolean failed = !answer.orElseThrow().ok();
        if (failed && reached.get().stage() != Stage.MANIFEST) {
            return List.of(refused(what, reached.get(), output));
        }
        List<Check> checks = new ArrayList<>(List.of(Check.good(what)));
        if (reached.get().stage() == Stage.MANIFEST) {
            image(reached.get(), failed, importing, output).ifPresent(checks::add);
        }
        return checks;
    }

    private static Optional<Reached> last(String output) {
        Optional<Reached> last = Optional.empty();
        Matcher line = LINE.matcher(output);
        while (line.find()) {
            last = Optional.of(new Reached(
                    Stage.valueOf(line.group("stage").toUpperCase(Locale.ROOT)),
                    line.group("status"),
                    line.group("said").strip()));
        }
        return last;
    }

    private Check refused(Text what, Reached at, String output) {
        if (at.status().equals("000")) {
            String host = at.stage() == Stage.IDENTITY ? "169.254.169.254" : registry.loginServer();
            return Check.unchecked(
                    what,
                    Failure.of("setup.trial.unreached", output, label, host).problem());
        }
        if (at.stage() == Stage.IDENTITY) {
            return at.status().equals("400") || at.status().equals("404")
                    ? Check.doubtful(what, problem("identityUnknown", output))
                    : Check.doubtful(what, unclear(output));
        }
        if (at.status().equals("401")) {
            String key = at.stage() == Stage.EXCHANGE ? "exchange" : "repository";
            return granted
                    ? Check.doubtful(what, problem(key + "Refused", output))
                    : Check.unchecked(what, problem(key + "NotYet", output));
        }
        return Check.doubtful(what, unclear(output));
    }

    private Optional<Check> image(Reached at, boolean failed, boolean importing, String output) {
        Text what = Text.of("setup.check.imageByMachine", image.toString());
        if (!failed) {
            return Optional.of(Check.good(what));
        }
        if (!at.status().equals("404")) {
            return Optional.of(Check.doubtful(what, unclear(output)));
        }
        // An import makes it.
        return importing
                ? Optional.empty()
                : Optional.of(Check.bad(
                        what,
                        Failure.of("setup.missing.image", "", image.toString(), registry.loginServer(), registry.name())
                                .problem()));
    }

    private Problem problem(String key, String output) {
        return Failure.of("setup.trial." + key, output, label, registry.loginServer(), image.repository())
                .problem();
    }

    private Problem unclear(String output) {
        return Failure.of("setup.probeUnclear", output, label).problem();
    }

    private static String read() {
        try (InputStream in = RegistryTrial.class.getResourceAsStream("try-registry.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
