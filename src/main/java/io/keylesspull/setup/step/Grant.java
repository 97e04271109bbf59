package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.remote.Command;
import io.keylesspull.text.Text;

/** The command with which somebody who may do so gives the signed-in account a role that it lacks. */
public record Grant(AzureSubscription azure) {

    public static final String CONTRIBUTOR = "Contributor";
    public static final String MACHINES = "Virtual Machine Contributor";

    /**
     * A role that is missing.
     *
     * @param command that grants it; empty if it is not known who is signed in
     * @param on where it is granted, in words
     */
    public record Missing(String command, Text on) {}

    /**
     * @param role its name in Azure
     * @param scope the id of what the role is needed at; if it is a resource group that does not exist, the role is
     *     granted at the subscription
     */
    public Missing missing(String role, String scope) throws AzureException, InterruptedException {
        String there = existing(scope);
        String[] parts = scope.split("/");
        Text on = parts.length == 3
                ? Text.of("setup.scope.subscription")
                : parts.length > 5
                        ? Text.of("setup.scope.resource", parts[parts.length - 1])
                        : Text.of(there.equals(scope) ? "setup.scope.group" : "setup.scope.missingGroup", parts[4]);
        return new Missing(granting(role, there), on);
    }

    /**
     * @param role its name in Azure
     * @param scope as above
     * @return empty if it is not known who is signed in
     */
    public String command(String role, String scope) throws AzureException, InterruptedException {
        return granting(role, existing(scope));
    }

    /** @param scope exists */
    private String granting(String role, String scope) {
        String account = azure.caller();
        if (account.isEmpty()) {
            return "";
        }
        return Command.of("az", "role", "assignment", "create", "--role", role, "--assignee", account, "--scope", scope)
                .shellLine();
    }

    private String existing(String scope) throws AzureException, InterruptedException {
        // /subscriptions/SUBSCRIPTION/resourceGroups/GROUP
        String[] parts = scope.split("/");
        boolean missing =
                parts.length == 5 && azure.resourceGroups().find(parts[4]).isEmpty();
        return missing ? "/subscriptions/" + parts[2] : scope;
    }
}
