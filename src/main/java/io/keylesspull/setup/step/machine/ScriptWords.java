package io.keylesspull.setup.step.machine;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.ImageProblem;
import io.keylesspull.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a script needs of the steps whose work it does on a machine: what they know, and their words for its failures.
 *
 * @param machine what the run calls it
 * @param user who the commands belong to
 * @param image with its registry
 */
public record ScriptWords(String machine, String user, RegistryInfo registry, String image) {

    private static final int WAITED_MINUTES = 10;

    /** The code names of the systems on which anything is changed. */
    public static List<String> supportedSystems() {
        return OperatingSystem.supportedCodenames();
    }

    /**
     * What the installation of the Azure CLI puts on a machine besides its packages: paths, and the kinds of change.
     */
    public static Map<String, String> azureCliFiles() {
        return AzureCliStep.files();
    }

    /**
     * @param step what the script came to
     * @param output of its last command
     */
    public Failure of(String step, int status, String output) {
        return switch (step) {
            case "user" -> Failure.of("setup.runCommand.noUser", output, machine, user);
            case "system" ->
                Failure.of(
                        "setup.systemNotSupported",
                        "",
                        machine,
                        OperatingSystem.parse("PRETTY_NAME=" + output).name());
            case "docker.podman", "docker.snap", "docker.clientAlone" -> Failure.of("setup." + step, output, machine);
            case "docker.switchedOff" -> Failure.of("setup.docker.switchedOff", output, machine);
            default -> new Failure(ofCommand(step, status, output));
        };
    }

    private Problem ofCommand(String step, int status, String output) {
        Cause cause = Cause.of(new CommandResult(status, "", output, false));
        boolean asksRegistry = step.startsWith("pull") || step.equals("registry-login");
        if (asksRegistry && cause.is(Cause.Kind.ROLE)) {
            return Failure.of("setup.loginRefused", output, machine, registry.loginServer(), WAITED_MINUTES)
                    .problem();
        }
        if (asksRegistry && cause.is(Cause.Kind.IDENTITY)) {
            return Failure.of("setup.signInFailed", output, machine).problem();
        }
        Optional<Problem> image = ImageProblem.of(
                cause,
                output,
                this.image.substring(this.image.indexOf('/') + 1),
                registry.loginServer(),
                Text.of("setup.who.machine", machine));
        if (asksRegistry && image.isPresent()) {
            return image.get();
        }
        String command =
                step.equals("azure-cli") || step.equals("sign-in") || step.equals("registry-login") ? "az" : "docker";
        return RegistryAccess.problem(cause, machine, RegistryAccess.Asked.of(registry), command, output)
                .filter(any -> asksRegistry)
                .orElseGet(() ->
                        Failure.of("setup.batch.failed", output, machine, step).problem());
    }
}
