package io.keylesspull.practice.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.arm.compute.ComputeProvider;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.identity.ManagedIdentityProvider;
import io.keylesspull.practice.arm.network.NetworkProvider;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.registry.RegistryProvider;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.Caller;
import io.keylesspull.practice.directory.TokenHook;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.registry.PracticeRegistries;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A control plane with machines, networks and identities, spoken to as clients do. */
final class MachineCloud {

    static final String SUBSCRIPTION = "/subscriptions/00000000-0000-4000-8000-000000000001";
    static final String COMPUTE = SUBSCRIPTION + "/providers/Microsoft.Compute";
    static final String GROUP = SUBSCRIPTION + "/resourceGroups/group";
    static final String NETWORK = GROUP + "/providers/Microsoft.Network";
    static final String MACHINES = GROUP + "/providers/Microsoft.Compute/virtualMachines";
    static final String IDENTITIES = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
    private static final String TENANT = "00000000-0000-4000-8000-000000000002";
    private static final String OWNER = "00000000-0000-4000-8000-000000000003";

    final SetTime time = new SetTime(Instant.parse("2026-01-02T03:04:05Z"));
    final RecordedHypervisor hypervisor = new RecordedHypervisor();
    final ArmState state;
    final Tokens tokens;
    final PracticeRegistries images;
    final ArmFaults faults = new ArmFaults();
    private final ControlPlane controlPlane;

    MachineCloud(Pace pace) {
        tokens = new Tokens(new Random(2), time, TokenHook.NONE);
        state = new ArmState(pace, time, new Random(1), TENANT, faults);
        images = new PracticeRegistries(
                state.permissions(), state.registryNetwork("203.0.113.24"), tokens, time, new Random(3));
        ComputeProvider compute = new ComputeProvider(state.context(), hypervisor);
        controlPlane = new ControlPlane(
                state,
                tokens,
                List.of(
                        compute,
                        compute.marketplace(),
                        new NetworkProvider(state.context(), compute::isRunning),
                        new ManagedIdentityProvider(state.context()),
                        new RegistryProvider(state.context(), images)));
        faults.strike(controlPlane);
        controlPlane.addSubscription(
                ResourceStore.nameOf(SUBSCRIPTION), "Test", List.of(new ControlPlane.Owner(OWNER, "")));
        ok("PUT", GROUP, located());
        ObjectNode vnet = located();
        vnet.putObject("properties")
                .putObject("addressSpace")
                .putArray("addressPrefixes")
                .add("10.0.0.0/16");
        vnet.withObject("/properties")
                .putArray("subnets")
                .addObject()
                .put("name", "subnet")
                .putObject("properties")
                .put("addressPrefix", "10.0.0.0/24");
        ok("PUT", NETWORK + "/virtualNetworks/net", vnet);
        nic("nic");
        controlPlane.open();
    }

    /** An answer, read. */
    record Answer(int status, JsonNode body, Map<String, String> headers) {

        String code() {
            return body.at("/error/code").asText();
        }

        String message() {
            return body.at("/error/message").asText();
        }
    }

    Answer send(String method, String path, JsonNode body) {
        return sendTo(
                method,
                "https://management.azure.com" + path + (path.contains("?") ? "&" : "?") + "api-version=2025-04-01",
                body);
    }

    /** @param address whole, as an answer gave it */
    Answer sendTo(String method, String address, JsonNode body) {
        String token = tokens.issue(new Caller(OWNER, TENANT, Tokens.ARM, ""), Duration.ofMinutes(5));
        Response response = controlPlane.handle(new Request(
                method,
                URI.create(address),
                Map.of("authorization", "Bearer " + token),
                body.isMissingNode() ? new byte[0] : Json.bytes(body)));
        try {
            return new Answer(response.status(), Json.parse(response.body()), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode ok(String method, String path, JsonNode body) {
        Answer answer = send(method, path, body);
        if (answer.status() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer);
        }
        return answer.body();
    }

    JsonNode get(String path) {
        return ok("GET", path, Json.object());
    }

    JsonNode machine(String name) {
        return get(MACHINES + "/" + name);
    }

    /** A network interface with a public address of its own. */
    void nic(String name) {
        ObjectNode address = located();
        address.putObject("sku").put("name", "Standard");
        address.putObject("properties").put("publicIPAllocationMethod", "Static");
        ok("PUT", NETWORK + "/publicIPAddresses/" + name + "Ip", address);
        ObjectNode nic = located();
        ObjectNode configuration = nic.putObject("properties")
                .putArray("ipConfigurations")
                .addObject()
                .put("name", "config")
                .putObject("properties");
        configuration.putObject("subnet").put("id", NETWORK + "/virtualNetworks/net/subnets/subnet");
        configuration.putObject("publicIPAddress").put("id", NETWORK + "/publicIPAddresses/" + name + "Ip");
        ok("PUT", NETWORK + "/networkInterfaces/" + name, nic);
    }

    String identity(String name) {
        return ok("PUT", IDENTITIES + "/" + name, located()).path("id").asText();
    }

    Answer create(String name, ObjectNode body) {
        return send("PUT", MACHINES + "/" + name, body);
    }

    static ObjectNode located() {
        return Json.object().put("location", "japaneast");
    }

    /** What a client sends for a new machine. */
    static ObjectNode wanted(String nic) {
        ObjectNode body = located();
        ObjectNode properties = body.putObject("properties");
        properties.putObject("hardwareProfile").put("vmSize", "Standard_B2s");
        ObjectNode storage = properties.putObject("storageProfile");
        storage.putObject("imageReference")
                .put("publisher", "Canonical")
                .put("offer", "0001-com-ubuntu-server-jammy")
                .put("sku", "22_04-lts-gen2")
                .put("version", "latest");
        storage.putObject("osDisk").put("createOption", "FromImage");
        ObjectNode os =
                properties.putObject("osProfile").put("computerName", "host").put("adminUsername", "azureuser");
        os.putObject("linuxConfiguration")
                .put("disablePasswordAuthentication", true)
                .putObject("ssh")
                .putArray("publicKeys")
                .addObject()
                .put("path", "/home/azureuser/.ssh/authorized_keys")
                .put("keyData", key());
        properties
                .putObject("networkProfile")
                .putArray("networkInterfaces")
                .addObject()
                .put("id", NETWORK + "/networkInterfaces/" + nic);
        return body;
    }

    /** An Ed25519 public key as OpenSSH writes it. */
    static String key() {
        byte[] blob = new byte[4 + 11 + 4 + 32];
        blob[3] = 11;
        System.arraycopy("ssh-ed25519".getBytes(StandardCharsets.US_ASCII), 0, blob, 4, 11);
        blob[18] = 32;
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(blob) + " me";
    }
}
