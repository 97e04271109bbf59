package io.keylesspull.setup.step.machine;

import java.util.List;
import java.util.Map;

/** What the steps on a machine know that a script that does their work has to know, too. */
public final class BatchFacts {

    private BatchFacts() {}

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
}
