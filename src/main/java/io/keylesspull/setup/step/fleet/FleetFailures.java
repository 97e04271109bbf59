package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.model.AzureException;
import java.util.EnumSet;
import java.util.Set;

/** Which refusals of a template are told as those of any resource. */
final class FleetFailures {

    /** Nothing but that it was refused. */
    private static final Set<AzureException.Kind> OF_A_TEMPLATE = EnumSet.of(
            AzureException.Kind.INVALID,
            AzureException.Kind.CONFLICT,
            AzureException.Kind.OTHER,
            AzureException.Kind.NOT_FOUND);

    private FleetFailures() {}

    static boolean hasOwnWords(AzureException refusal) {
        return !OF_A_TEMPLATE.contains(refusal.kind());
    }

    static String details(AzureException refusal) {
        return (refusal.code().isEmpty() ? "" : refusal.code() + ": ") + refusal.getMessage();
    }
}
