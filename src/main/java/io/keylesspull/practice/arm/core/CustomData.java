package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The {@code customData} of machines. Source: the REST reference of "Virtual Machines - Create Or Update". */
public final class CustomData {

    private static final int LONGEST = 87_380;

    private CustomData() {}

    /**
     * The text that a machine gets; empty if there is none.
     *
     * @param profile {@code osProfile} of the request
     * @throws ArmError if it is not Base64, or too long
     */
    public static String text(JsonNode profile) {
        String data = Json.text(profile, "/customData").orElse("");
        if (data.length() > LONGEST) {
            throw invalid();
        }
        try {
            return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    private static ArmError invalid() {
        return ArmError.invalidParameter(
                "customData",
                "Custom data in OSProfile must be in Base64 encoding and with a maximum length of " + LONGEST
                        + " characters.");
    }
}
