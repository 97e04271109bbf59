package io.keylesspull.azure.model;

import java.util.List;
import java.util.Optional;

/** The Azure clouds that have container registries. */
public enum AzureCloud {
    PUBLIC("AzureCloud", "AzurePublicCloud", "core.windows.net"),
    US_GOVERNMENT("AzureUSGovernment", "AzureUSGovernment", "core.usgovcloudapi.net"),
    CHINA("AzureChinaCloud", "AzureChinaCloud", "core.chinacloudapi.cn");

    private final String cliName;
    private final String fileName;
    private final String storageSuffix;

    AzureCloud(String cliName, String fileName, String storageSuffix) {
        this.cliName = cliName;
        this.fileName = fileName;
        this.storageSuffix = storageSuffix;
    }

    /** The hosts that the Azure CLI asks for a sign-in with a managed identity ("az login --identity"). */
    public List<String> signInHosts() {
        return switch (this) {
            case PUBLIC -> List.of("login.microsoftonline.com", "management.azure.com");
            case US_GOVERNMENT -> List.of("login.microsoftonline.us", "management.usgovcloudapi.net");
            case CHINA -> List.of("login.partner.microsoftonline.cn", "management.chinacloudapi.cn");
        };
    }

    /**
     * The page of a resource in the cloud's portal, in the form that Microsoft's own tools open.
     *
     * @param tenant the directory in which the page is opened, an id or a domain; empty: the one that is signed in
     *     there
     * @see <a href="https://github.com/microsoft/vscode-azuretools/blob/main/azure/src/utils/createPortalUri.ts">the
     *     form</a>
     * @see <a href="https://github.com/Azure/ms-rest-azure-env/blob/master/lib/azureEnvironment.ts">the portals</a>
     */
    public String portalPage(Optional<String> tenant, String resourceId) {
        return portal()
                + "/#"
                + tenant.map(directory -> "@" + directory + "/").orElse("")
                + "resource"
                + resourceId.replace(" ", "%20");
    }

    private String portal() {
        return switch (this) {
            case PUBLIC -> "https://portal.azure.com";
            case US_GOVERNMENT -> "https://portal.azure.us";
            case CHINA -> "https://portal.azure.cn";
        };
    }

    /** What the host names of its storage end in, without the dot before it. */
    String storageSuffix() {
        return storageSuffix;
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
