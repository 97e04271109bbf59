package io.keylesspull.azure;

/** A resource group that exists. */
public record ResourceGroupInfo(String id, String name, String location) {
}
