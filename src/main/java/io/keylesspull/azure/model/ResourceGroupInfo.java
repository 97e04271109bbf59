package io.keylesspull.azure.model;

/** A resource group that exists. */
public record ResourceGroupInfo(String id, String name, String location) {}
