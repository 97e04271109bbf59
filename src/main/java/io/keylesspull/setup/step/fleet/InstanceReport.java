package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.setup.export.BootScript;
import io.keylesspull.setup.step.Script;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instance says, by Run Command, of what it does since it started.
 *
 * @param digest of the image that it pulled; empty if it has not yet
 * @param journal the last lines of its unit's journal, or why it could not be asked
 */
record InstanceReport(String instance, Optional<String> digest, String journal) {

    private static final Pattern DIGEST = Pattern.compile("@(sha256:[0-9a-f]{64})");

    /** @param image with its registry */
    static InstanceReport of(VirtualMachines machines, String group, String instance, String image)
            throws InterruptedException {
        try {
            Optional<MachineInfo> machine = machines.find(group, instance);
            if (machine.isEmpty()) {
                return new InstanceReport(instance, Optional.empty(), "");
            }
            String said = machines.run(machine.get(), script(image)).stdout().strip();
            Matcher digest = DIGEST.matcher(said);
            return said.startsWith("[") && digest.find()
                    ? new InstanceReport(instance, Optional.of(digest.group(1)), "")
                    : new InstanceReport(instance, Optional.empty(), said);
        } catch (AzureException e) {
            return new InstanceReport(instance, Optional.empty(), FleetFailures.details(e));
        }
    }

    private static List<String> script(String image) {
        return List.of(
                "if test -e " + BootScript.DONE + "; then",
                "docker image inspect --format '{{json .RepoDigests}}' " + Script.word(image),
                "else",
                "journalctl --unit " + BootScript.UNIT + " --no-pager --lines 20 --output cat",
                "fi");
    }
}
