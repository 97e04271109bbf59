package io.keylesspull.azure.deployment;

import com.azure.core.management.exception.ManagementError;
import com.azure.resourcemanager.resources.fluent.DeploymentsManagementClient;
import com.azure.resourcemanager.resources.fluent.models.DeploymentExtendedInner;
import com.azure.resourcemanager.resources.fluent.models.DeploymentInner;
import com.azure.resourcemanager.resources.fluent.models.DeploymentOperationInner;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import com.azure.resourcemanager.resources.models.DeploymentOperationProperties;
import com.azure.resourcemanager.resources.models.DeploymentParameter;
import com.azure.resourcemanager.resources.models.DeploymentProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.azure.deployment.DeploymentInfo.State;
import io.keylesspull.azure.deployment.TemplateChange.Kind;
import io.keylesspull.azure.http.ArmReads;
import io.keylesspull.azure.http.AzureErrors;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.paging.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Incremental deployments into resource groups. Azure carries them out by itself: they go on when nobody looks. Source:
 * learn.microsoft.com/rest/api/resources/deployments.
 */
public final class Deployments {

    /** Of a deployment that cannot be begun or deleted because it runs. */
    private static final String ACTIVE = "DeploymentActive";
    /** Of one that cannot be cancelled because it does not run. */
    private static final String NOT_RUNNING = "DeploymentCannotBeCancelled";

    private static final String VERSION = "?api-version=2025-04-01";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String subscription;
    private final Map<String, String> tags;
    private final Supplier<DeploymentsManagementClient> client;
    private final ArmReads reads;

    /** @param tags of each new deployment */
    public Deployments(
            String subscription,
            Map<String, String> tags,
            Supplier<DeploymentsManagementClient> client,
            ArmReads reads) {
        this.subscription = subscription;
        this.tags = tags;
        this.client = client;
        this.reads = reads;
    }

    /** The id of a deployment with a name of at most 64 letters, digits and {@code -_.()}. */
    public String id(String group, String name) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + group
                + "/providers/Microsoft.Resources/deployments/" + name;
    }

    /**
     * Lets Azure check a template without deploying it: its form, the account's rights, policies, quotas.
     *
     * @throws AzureException if it could not be deployed, with the first reason
     */
    public void validate(String group, String name, DeploymentContent content)
            throws AzureException, InterruptedException {
        refuse(reads.post(id(group, name) + "/validate" + VERSION, content.body()));
    }

    /**
     * What deploying a template would do to the resources that it has.
     *
     * @throws AzureException if it could not be deployed, with the first reason
     */
    public List<TemplateChange> whatIf(String group, String name, DeploymentContent content)
            throws AzureException, InterruptedException {
        ObjectNode body = content.body();
        body.withObject("/properties").putObject("whatIfSettings").put("resultFormat", "FullResourcePayloads");
        JsonNode answer = reads.post(id(group, name) + "/whatIf" + VERSION, body);
        refuse(answer);
        List<TemplateChange> changes = new ArrayList<>();
        for (JsonNode change : answer.at("/properties/changes")) {
            kind(change.path("changeType").asText())
                    .map(kind -> new TemplateChange(change.path("resourceId").asText(), kind))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    private static void refuse(JsonNode answer) throws AzureException {
        if (answer.path("error").isObject()) {
            throw AzureErrors.told(answer);
        }
    }

    private static Optional<Kind> kind(String said) {
        return switch (said) {
            case "Create" -> Optional.of(Kind.CREATE);
            case "Modify", "Deploy" -> Optional.of(Kind.CHANGE);
            case "NoChange", "NoEffect" -> Optional.of(Kind.KEEP);
            case "Ignore", "Delete" -> Optional.empty();
            default -> Optional.of(Kind.UNKNOWN);
        };
    }

    /**
     * Begins a deployment and does not wait for it. One of that name that runs is left to run; one that has ended is
     * taken up again.
     */
    public void begin(String group, String name, DeploymentContent content, ResourceListener listener)
            throws AzureException, InterruptedException {
        DeploymentInner wanted = new DeploymentInner()
                .withTags(tags)
                .withProperties(new DeploymentProperties()
                        .withMode(DeploymentMode.INCREMENTAL)
                        .withTemplate(content.templateValue())
                        .withParameters(content.parameters().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        given -> new DeploymentParameter().withValue(given.getValue())))));
        listener.creating(id(group, name));
        try {
            SdkCall.begin(() -> client.get().getDeployments().createOrUpdateWithResponseAsync(group, name, wanted));
        } catch (AzureException e) {
            // The answer to an earlier try of the same request may have been lost.
            if (!e.code().equals(ACTIVE)) {
                throw e;
            }
        }
        listener.created(id(group, name));
    }

    public Optional<DeploymentInfo> find(String group, String name) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get().getDeployments().getByResourceGroupAsync(group, name))
                .map(Deployments::info);
    }

    private static DeploymentInfo info(DeploymentExtendedInner found) {
        return new DeploymentInfo(
                found.id(),
                State.of(Objects.toString(found.properties().provisioningState(), "")),
                found.tags() == null ? Map.of() : found.tags(),
                error(found.properties().error()));
    }

    /**
     * What it has done with each resource that it has sent to its provider, nested deployments among them, as far as
     * that is. How many come on a page is not documented.
     */
    public Pages<DeploymentOperation, AzureException> operations(String group, String name) {
        return wantsMore -> SdkCall.<DeploymentOperationInner>pages(
                        () -> client.get().getDeploymentOperations().listByResourceGroupAsync(group, name))
                .read(page -> wantsMore.test(page.stream()
                        .map(DeploymentOperationInner::properties)
                        .filter(operation -> operation.targetResource() != null)
                        .map(Deployments::operation)
                        .toList()));
    }

    private static DeploymentOperation operation(DeploymentOperationProperties operation) {
        return new DeploymentOperation(
                operation.targetResource().id(),
                State.of(Objects.toString(operation.provisioningState(), "")),
                operation.statusMessage() == null
                        ? Optional.empty()
                        : error(operation.statusMessage().error()));
    }

    private static Optional<AzureException> error(@Nullable ManagementError error) {
        return error == null ? Optional.empty() : Optional.of(AzureErrors.told(json(error)));
    }

    private static JsonNode json(ManagementError error) {
        ObjectNode json = JSON.createObjectNode().put("code", error.getCode()).put("message", error.getMessage());
        if (error.getDetails() != null) {
            error.getDetails().forEach(detail -> json.withArray("/details").add(json(detail)));
        }
        return json;
    }

    /** Lets Azure send nothing more for it; what it has sent goes on. Does nothing if it does not run. */
    public void cancel(String group, String name) throws AzureException, InterruptedException {
        try {
            SdkCall.optional(() -> client.get().getDeployments().cancelAsync(group, name));
        } catch (AzureException e) {
            if (e.kind() != AzureException.Kind.NOT_FOUND && !e.code().equals(NOT_RUNNING)) {
                throw e;
            }
        }
    }

    /** Deletes the record of a deployment, not what it made. Does nothing if there is none. It must not run. */
    public void delete(String group, String name) throws AzureException, InterruptedException {
        try {
            SdkCall.optional(() -> client.get().getDeployments().deleteAsync(group, name));
        } catch (AzureException e) {
            if (e.kind() != AzureException.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
