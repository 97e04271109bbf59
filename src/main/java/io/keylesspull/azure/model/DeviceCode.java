package io.keylesspull.azure.model;

import java.net.URI;

/** A code that the administrator enters on another page to sign in. @param message the service's own instructions */
public record DeviceCode(String userCode, URI verificationUri, String message) {}
