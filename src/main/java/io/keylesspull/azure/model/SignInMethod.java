package io.keylesspull.azure.model;

/** How the administrator signs in. */
public enum SignInMethod {
    BROWSER("browser"),
    DEVICE_CODE("device-code"),
    AZURE_CLI("azure-cli"),
    ENVIRONMENT("environment"),
    MANAGED_IDENTITY("managed-identity");

    private final String fileName;

    SignInMethod(String fileName) {
        this.fileName = fileName;
    }

    /** The name in a setup file. */
    public String fileName() {
        return fileName;
    }
}
