package io.keylesspull.text;

import java.util.List;
import java.util.stream.Stream;

/** Texts that hold a secret, one for each shape that is known; whatever path they take, the core must not come out. */
public final class SecretTexts {

    /** Part of every secret in these texts, and nowhere else. */
    public static final String CORE = "TOPsecret0core";
    /** A secret that is recognized only because the redactor was given it. */
    public static final String KNOWN = "known-" + CORE + "-word";

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ" + CORE + ".c2ln" + CORE + "X";

    private SecretTexts() {}

    /** Also those that only a redactor that was given {@link #KNOWN} recognizes. */
    public static List<String> all() {
        return Stream.concat(byShape().stream(), Stream.of("said " + KNOWN + " twice"))
                .toList();
    }

    public static List<String> byShape() {
        return List.of(
                "token " + TOKEN + " end",
                "{\"access_token\":\"" + CORE + "-._~\",\"expires_in\":3600}",
                "grant_type=refresh_token&refresh_token=0.A" + CORE + "%2F&scope=x",
                "{\"accessToken\": \"" + TOKEN + "\", \"subscription\": \"s\"}",
                "client_secret = " + CORE + ",}x y",
                "{'password': 'a b " + CORE + "'}",
                "said \"{\\\"password\\\":\\\"a\\\\\\\"" + CORE + "\\\"}\" in JSON in JSON",
                "az login --service-principal --username u --password " + CORE + " --tenant t",
                "{\"osProfile\":{\"customData\":\"I2Nsb3Vk" + CORE + "==\"}}",
                "curl -H \"Authorization: Bearer " + CORE + "\" https://x",
                "AUTHORIZATION: basic " + CORE + "== \nHost: x",
                "Proxy said bearer 0123456789" + CORE + "0123456789 was wrong",
                "https://a.blob.core.windows.net/c?sv=2024&sig=" + CORE + "%3D&se=2026",
                "http_proxy=http://me:" + CORE + "@proxy:3128/",
                "{\"auths\":{\"r.azurecr.io\":{\"auth\":\"MDAwMDA" + CORE + "\"}}}",
                "DefaultEndpointsProtocol=https;AccountKey=" + CORE + "== next",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n" + CORE + "\n-----END OPENSSH PRIVATE KEY-----\nend",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE" + CORE + "\nand cut off",
                "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n" + CORE + "\nPrivate-MAC: ab\nend",
                "{\"device_code\":\"D" + CORE + "\",\"user_code\":\"ABCD\"}");
    }
}
