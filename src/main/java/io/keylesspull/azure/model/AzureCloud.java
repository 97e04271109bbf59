package io.keylesspull.azure.model;

/** The Azure clouds that have container registries. */
public enum AzureCloud {
    PUBLIC("AzureCloud", "AzurePublicCloud"),
    US_GOVERNMENT("AzureUSGovernment", "AzureUSGovernment"),
    CHINA("AzureChinaCloud", "AzureChinaCloud");

    private final String cliName;
    private final String fileName;

    AzureCloud(String cliName, String fileName) {
        this.cliName = cliName;
        this.fileName = fileName;
    }

    /** The name that {@code az cloud set --name} takes. */
    public String cliName() {
        return cliName;
    }

    /** The name in a setup file. */
    public String fileName() {
        return fileName;
    }
}
