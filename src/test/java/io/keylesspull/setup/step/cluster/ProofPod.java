package io.keylesspull.setup.step.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** The proof's pod for tests in other rooms. */
public final class ProofPod {

    private ProofPod() {}

    /** What the API server gets. @param image as the pod names it, with its login server */
    public static JsonNode pulling(String image) throws JsonProcessingException {
        String manifest = new ProofPods("keyless-pull-test", image, List.of("nodepool1")).manifest();
        for (JsonNode item : new ObjectMapper().readTree(manifest).path("items")) {
            if (item.path("kind").asText().equals("Pod")) {
                return item;
            }
        }
        throw new IllegalStateException("the proof has no pod: " + manifest);
    }
}
