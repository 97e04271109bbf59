package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.setup.export.BootScript;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.pull.Pulling;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instance says, by Run Command, of what it does since it started.
 *
 * @param pulling how far it is; what it says is the last lines of its unit's journal, or why it could not be asked
 */
record InstanceReport(String instance, Pulling pulling) {

    private static final Pattern DIGEST = Pattern.compile("@(sha256:[0-9a-f]{64})");

    private static final String ASK =
            "if test -e " + BootScript.DONE + "; then docker image inspect --format '{{json .RepoDigests}}' ";

    private static final String OR_ELSE =
            "; else journalctl --unit " + BootScript.UNIT + " --no-pager --lines 20 --output cat; fi";

    /** What the credential helper's lines begin with; Docker's own come after them. */
    private static final String HELPER = "docker-credential-";

    /** @param image with its registry */
    static InstanceReport of(VirtualMachines machines, String group, String instance, String image)
            throws InterruptedException {
        try {
            Optional<MachineInfo> machine = machines.find(group, instance);
            if (machine.isEmpty()) {
                return new InstanceReport(instance, new Pulling.Waiting(""));
            }
            return new InstanceReport(
                    instance, pulling(machines.run(machine.get(), script(image)).stdout()));
        } catch (AzureException e) {
            return new InstanceReport(instance, new Pulling.Waiting(FleetFailures.details(e)));
        }
    }

    /** @param output of the script */
    static Pulling pulling(String output) {
        String said = output.strip();
        Matcher digest = DIGEST.matcher(said);
        if (said.startsWith("[") && digest.find()) {
            return new Pulling.Pulled(digest.group(1));
        }
        Cause cause = lastPull(said).cause();
        return cause.is(Cause.Kind.UNKNOWN) ? new Pulling.Waiting(said) : new Pulling.Refused(cause, said);
    }

    /** The journal has several pulls: those before the role took effect say nothing of what hinders the last one. */
    private static Pulling.Refused lastPull(String journal) {
        List<String> lines = journal.lines().toList();
        int end = lines.size() - 1;
        while (end >= 0 && Pulling.Refused.of(lines.get(end)).cause().is(Cause.Kind.UNKNOWN)) {
            end--;
        }
        int start = Math.max(0, end);
        while (start > 0 && lines.get(start - 1).contains(HELPER)) {
            start--;
        }
        return Pulling.Refused.of(String.join("\n", lines.subList(start, end + 1)));
    }

    private static List<String> script(String image) {
        return List.of(ASK + Script.word(image) + OR_ELSE);
    }

    /** The same for a script that has the registry's address in a variable. @param image without its registry */
    static List<Script.Piece> byHand(String image) {
        return List.of(
                Script.text(ASK), Script.variable("loginServer"), Script.text("/" + Script.word(image) + OR_ELSE));
    }
}
