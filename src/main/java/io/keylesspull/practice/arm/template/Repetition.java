package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;

/** One turn of a "copy". @param index from 0 */
public record Repetition(Surroundings outside, String loop, int index) implements Surroundings {

    @Override
    public int copyIndex(String wanted) {
        return wanted.isEmpty() || wanted.equalsIgnoreCase(loop) ? index : outside.copyIndex(wanted);
    }

    @Override
    public JsonNode parameter(String name) {
        return outside.parameter(name);
    }

    @Override
    public JsonNode variable(String name) {
        return outside.variable(name);
    }

    @Override
    public JsonNode resourceGroup() {
        return outside.resourceGroup();
    }

    @Override
    public JsonNode subscription() {
        return outside.subscription();
    }

    @Override
    public JsonNode deployment() {
        return outside.deployment();
    }

    @Override
    public JsonNode reference(String nameOrId, String apiVersion, boolean full) {
        return outside.reference(nameOrId, apiVersion, full);
    }
}
