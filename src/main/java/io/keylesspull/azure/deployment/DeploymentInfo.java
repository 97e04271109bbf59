package io.keylesspull.azure.deployment;

import io.keylesspull.azure.model.AzureException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A deployment.
 *
 * @param tags may hold the mark of the run that began it
 * @param error why it ended, if it did not succeed and Azure says so: that of the first resource that failed
 */
public record DeploymentInfo(String id, State state, Map<String, String> tags, Optional<AzureException> error) {

    /** How far a deployment, or one resource of it, is. */
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED;

        /** Every other word of Azure's means that it is still running. */
        static State of(String said) {
            return switch (said.toLowerCase(Locale.ROOT)) {
                case "succeeded" -> SUCCEEDED;
                case "failed" -> FAILED;
                case "canceled", "cancelled" -> CANCELED;
                default -> RUNNING;
            };
        }
    }

    public DeploymentInfo {
        tags = Map.copyOf(tags);
    }
}
