package io.keylesspull.azure.http;

import com.azure.core.management.AzureEnvironment;
import io.keylesspull.azure.model.AzureCloud;

/** The endpoints of a cloud, as the SDK knows them. */
public final class Clouds {

    private Clouds() {}

    public static AzureEnvironment environment(AzureCloud cloud) {
        return switch (cloud) {
            case PUBLIC -> AzureEnvironment.AZURE;
            case US_GOVERNMENT -> AzureEnvironment.AZURE_US_GOVERNMENT;
            case CHINA -> AzureEnvironment.AZURE_CHINA;
        };
    }

    /** The sign-in authority, such as {@code https://login.microsoftonline.com/}. */
    public static String authority(AzureCloud cloud) {
        return environment(cloud).getActiveDirectoryEndpoint();
    }

    /** The control plane's address, without a slash at the end. */
    public static String resourceManager(AzureCloud cloud) {
        return environment(cloud).getResourceManagerEndpoint().replaceAll("/+$", "");
    }

    /** The scope of a token for the control plane. */
    public static String scope(AzureCloud cloud) {
        return resourceManager(cloud) + "/.default";
    }
}
