package io.keylesspull.azure.deployment;

import io.keylesspull.azure.model.AzureException;
import java.util.Optional;

/**
 * What a deployment does with one resource.
 *
 * @param resource its id
 * @param error why it failed, in the words of the resource's provider
 */
public record DeploymentOperation(String resource, DeploymentInfo.State state, Optional<AzureException> error) {}
