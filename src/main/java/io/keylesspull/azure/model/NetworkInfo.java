package io.keylesspull.azure.model;

import java.util.Optional;

/** A machine's network. @param nicId its network interface @param publicIp empty if it has none */
public record NetworkInfo(String nicId, Optional<String> publicIp) {}
