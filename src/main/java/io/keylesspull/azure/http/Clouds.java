package io.keylesspull.azure.http;

import com.azure.core.management.AzureEnvironment;
import io.keylesspull.azure.model.AzureCloud;

/** The SDK's own facts about a cloud. */
public final class Clouds {

    private Clouds() {
    }

    public static AzureEnvironment environment(AzureCloud cloud) {
        return switch (cloud) {
            case PUBLIC -> AzureEnvironment.AZURE;
            case US_GOVERNMENT -> AzureEnvironment.AZURE_US_GOVERNMENT;
            case CHINA -> AzureEnvironment.AZURE_CHINA;
        };
    }

    /** Whom to sign in with, such as {@code https://login.microsoftonline.com/}. */
    public static String authority(AzureCloud cloud) {
        return environment(cloud).getActiveDirectoryEndpoint();
    }

    /** Where the control plane is, without a slash at the end. */
    public static String resourceManager(AzureCloud cloud) {
        return environment(cloud).getResourceManagerEndpoint().replaceAll("/+$", "");
    }

    /** What a token for the control plane is asked for. */
    public static String scope(AzureCloud cloud) {
        return resourceManager(cloud) + "/.default";
    }
}
