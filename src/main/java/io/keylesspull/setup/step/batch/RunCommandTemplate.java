package io.keylesspull.setup.step.batch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.azure.model.MachineInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One Run Command on each of several machines of a resource group, as a template. A script that fails does not make the
 * deployment fail, so that the others' are not affected. Source: learn.microsoft.com/azure/templates,
 * "Microsoft.Compute virtualMachines/runCommands".
 */
final class RunCommandTemplate {

    private static final String VERSION = "2024-11-01";
    private static final String SCHEMA =
            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
    /** Everything besides the script. */
    private static final int BESIDES = 700;

    /** Apt is waited for by up to 15 minutes, the role by up to 10, and what they install takes a few minutes. */
    static final Duration TIMEOUT = Duration.ofMinutes(60);

    private RunCommandTemplate() {}

    /** @param label what the run calls the machine @param name of the Run Command */
    record Job(MachineInfo machine, String label, String name, String script) {

        /** How much of a template it takes, written out. */
        int bytes() {
            return BESIDES + script.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** @param tags the run's mark */
    static String of(List<Job> jobs, Map<String, String> tags) {
        ObjectNode template =
                JsonNodeFactory.instance.objectNode().put("$schema", SCHEMA).put("contentVersion", "1.0.0.0");
        Map<String, String> names = new LinkedHashMap<>();
        jobs.forEach(job -> names.putIfAbsent(job.script(), "script" + (names.size() + 1)));
        ObjectNode variables = template.putObject("variables");
        names.forEach((script, name) -> variables.put(name, script));
        ArrayNode resources = template.putArray("resources");
        for (Job job : jobs) {
            ObjectNode resource = resources
                    .addObject()
                    .put("type", "Microsoft.Compute/virtualMachines/runCommands")
                    .put("apiVersion", VERSION)
                    .put("name", job.machine().name() + "/" + job.name())
                    .put("location", job.machine().location());
            ObjectNode marks = resource.putObject("tags");
            tags.forEach(marks::put);
            ObjectNode properties = resource.putObject("properties")
                    .put("asyncExecution", false)
                    .put("treatFailureAsDeploymentFailure", false)
                    .put("timeoutInSeconds", TIMEOUT.toSeconds());
            properties.putObject("source").put("script", "[variables('" + names.get(job.script()) + "')]");
        }
        return template.toString();
    }
}
