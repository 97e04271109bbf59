package io.keylesspull.azure.deployment;

/**
 * What deploying a template would do to one resource.
 *
 * @param resource its id; of one that Azure could not work out, with the expression in it
 */
public record TemplateChange(String resource, Kind kind) {

    /**
     * Azure's {@code changeType}. UNKNOWN: only the deployment will know. What is not in the template is left out.
     * Source: learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if.
     */
    public enum Kind {
        CREATE,
        CHANGE,
        KEEP,
        UNKNOWN
    }
}
