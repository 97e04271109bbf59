package io.keylesspull.azure.model;

import java.util.Optional;

/** Where a machine is plugged in. @param nicId its network interface @param publicIp empty where it has none */
public record NetworkInfo(String nicId, Optional<String> publicIp) {
}
