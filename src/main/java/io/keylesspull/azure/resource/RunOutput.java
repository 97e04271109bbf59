package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.compute.models.InstanceViewStatus;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.RunCommandResult;

/** Parses the result of Run Command on Linux: one message with both streams, each after a heading. */
final class RunOutput {

    private static final String STDOUT = "[stdout]\n";
    private static final String STDERR = "\n[stderr]\n";

    private RunOutput() {}

    static RunCommandResult of(RunCommandResultInner answer) {
        StringBuilder message = new StringBuilder();
        if (answer.value() != null) {
            for (InstanceViewStatus status : answer.value()) {
                message.append(SdkValues.orEmpty(status.message()));
            }
        }
        return parse(message.toString().replace("\r\n", "\n"));
    }

    static RunCommandResult parse(String message) {
        int out = message.indexOf(STDOUT);
        // The last one: what a script prints may look like a heading.
        int err = message.lastIndexOf(STDERR);
        if (out < 0) {
            return new RunCommandResult(message, "");
        }
        int from = out + STDOUT.length();
        if (err < from - 1) {
            return new RunCommandResult(message.substring(from), "");
        }
        return new RunCommandResult(
                message.substring(from, Math.max(from, err)), message.substring(err + STDERR.length()));
    }
}
