package io.keylesspull.practice.arm.deployment;

/**
 * A deployment to a resource group.
 *
 * @param group a resource group's name
 * @param name the deployment's
 */
public record DeploymentTarget(String subscription, String group, String name) {

    public static final String TYPE = "Microsoft.Resources/deployments";

    public String groupId() {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group;
    }

    public String id() {
        return groupId() + "/providers/" + TYPE + "/" + name;
    }
}
