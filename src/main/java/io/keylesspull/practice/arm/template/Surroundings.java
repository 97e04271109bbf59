package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;

/** What expressions can ask about the template and its deployment. */
public interface Surroundings {

    /** @throws TemplateError if the template has none of this name */
    JsonNode parameter(String name);

    /** @throws TemplateError if the template has none of this name */
    JsonNode variable(String name);

    /** The resource group that is deployed to, as ARM shows it. */
    JsonNode resourceGroup();

    /** The group's subscription, likewise. */
    JsonNode subscription();

    /** The deployment itself. */
    JsonNode deployment();

    /**
     * A resource as it is.
     *
     * @param nameOrId of a resource of the template, or of one that exists already
     * @param apiVersion empty: that of the resource of the template
     * @param full whether all of it is meant, not its properties alone
     * @throws NotYet before the deployment has begun
     */
    JsonNode reference(String nameOrId, String apiVersion, boolean full);

    /**
     * The number of the current repetition, from 0.
     *
     * @param loop empty: the innermost
     * @throws TemplateError if there is no such repetition
     */
    int copyIndex(String loop);
}
