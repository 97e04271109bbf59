package io.keylesspull.azure.model;

/** The Azure clouds that have container registries, under the names that Azure's own tools use. */
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

    /** What {@code az cloud set --name} takes. */
    public String cliName() {
        return cliName;
    }

    /** What a setup file says. */
    public String fileName() {
        return fileName;
    }
}
