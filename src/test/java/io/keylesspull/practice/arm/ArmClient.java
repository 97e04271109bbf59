package io.keylesspull.practice.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.arm.core.ArmHook;
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
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A control plane with registries and networks, and an owner of its subscription who talks to it. */
final class ArmClient {

    static final String GROUP = "/subscriptions/6a1d2c3b-7e4f-4b58-8f90-1c2d3e4f5a6b/resourceGroups/g";
    private static final String TENANT = "3f0c6b1e-58d4-4a0b-9c7e-8a2d51f4e6b7";
    private static final String OWNER = "a4c1e7d2-93b5-4f68-8e0a-5b7c9d1f2e34";

    final SetTime time = new SetTime(Instant.parse("2026-03-01T09:00:00Z"));
    final ArmState state;
    final PracticeRegistries images;
    private final ControlPlane controlPlane;
    private final String token;

    ArmClient(Pace pace) {
        Tokens tokens = new Tokens(new Random(1), time, TokenHook.NONE);
        state = new ArmState(pace, time, new Random(2), TENANT, ArmHook.NONE);
        images = new PracticeRegistries(
                state.permissions(), state.registryNetwork("203.0.113.24"), tokens, time, new Random(3));
        controlPlane = new ControlPlane(
                state,
                tokens,
                List.of(
                        new RegistryProvider(state.context(), images),
                        new NetworkProvider(state.context(), machine -> true)));
        controlPlane.addSubscription(
                "6a1d2c3b-7e4f-4b58-8f90-1c2d3e4f5a6b", "Practice", List.of(new ControlPlane.Owner(OWNER, "")));
        controlPlane.open();
        token = tokens.issue(new Caller(OWNER, TENANT, Tokens.ARM, ""), Duration.ofDays(1));
        put(GROUP, "{'location':'japaneast'}");
    }

    /** @param body JSON, with single quotes for ease of reading; empty for none */
    Answered send(String method, String path, String body) {
        String host = path.startsWith("https://") ? "" : "https://management.azure.com";
        String version = path.contains("api-version=") ? "" : "?api-version=2025-11-01";
        Response response = controlPlane.handle(new Request(
                method,
                URI.create(host + path + version),
                Map.of("authorization", "Bearer " + token),
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        try {
            return new Answered(
                    response.status(),
                    response.headers(),
                    response.body().length == 0 ? MissingNode.getInstance() : Json.parse(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answered get(String path) {
        return send("GET", path, "");
    }

    Answered put(String path, String body) {
        return send("PUT", path, body);
    }

    Answered delete(String path) {
        return send("DELETE", path, "");
    }

    /** Makes something that must succeed, and waits until it is done. */
    JsonNode make(String path, String body) {
        Answered made = put(path, body);
        assertThat(made.status()).as(made.body().toString()).isIn(200, 201);
        time.sleep(Duration.ofMinutes(1));
        return get(path).body();
    }

    record Answered(int status, Map<String, String> headers, JsonNode body) {

        String code() {
            return body.at("/error/code").asText();
        }

        String text(String path) {
            return body.at(path).asText();
        }
    }
}
