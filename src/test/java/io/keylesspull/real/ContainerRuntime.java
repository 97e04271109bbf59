package io.keylesspull.real;

import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine's containerd by the interface through which the kubelet uses it, the CRI: gRPC at its socket, spoken by
 * curl. Sources: kubernetes/cri-api, pkg/apis/runtime/v1/api.proto; grpc/grpc, doc/PROTOCOL-HTTP2.md.
 */
final class ContainerRuntime {

    /** What precedes a message: whether it is compressed, and its length. */
    private static final int PREFIX = 5;

    private final Bench bench;
    private final String machineId;

    ContainerRuntime(Bench bench, String machineId) {
        this.bench = bench;
        this.machineId = machineId;
    }

    /** @param status of gRPC, 0 is success @param words why it failed @param message empty where it did */
    record Answer(int status, String words, Message message) {}

    /** @throws IllegalStateException where it fails */
    Message ask(String method, Message request) {
        Answer answer = call(method, request);
        if (answer.status() != 0) {
            throw new IllegalStateException(method + " ended with status " + answer.status() + ": " + answer.words());
        }
        return answer.message();
    }

    /** @param method with its service, such as {@code ImageService/PullImage} */
    Answer call(String method, Message request) {
        byte[] message = request.bytes();
        byte[] framed = ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
        CommandOutput output = bench.tryOnMachine(
                machineId,
                "set -eu",
                "cd $(mktemp --directory)",
                "base64 --decode > request <<'END'",
                Base64.getEncoder().encodeToString(framed),
                "END",
                "curl --silent --show-error --max-time 60 --http2-prior-knowledge"
                        + " --unix-socket /run/containerd/containerd.sock --header 'Content-Type: application/grpc'"
                        + " --header 'TE: trailers' --data-binary @request --dump-header headers --output answer"
                        + " http://localhost/runtime.v1." + method,
                "cat headers >&2",
                "[ ! -e answer ] || base64 --wrap=0 answer");
        Matcher status = Pattern.compile("(?m)^grpc-status: *(\\d+)").matcher(output.stderr());
        if (output.exitStatus() != 0 || !status.find()) {
            throw new IllegalStateException(method + " was not answered: " + output);
        }
        Matcher words = Pattern.compile("(?m)^grpc-message: *(.*?)\\r?$").matcher(output.stderr());
        byte[] answered = Base64.getDecoder().decode(output.stdout());
        return new Answer(
                Integer.parseInt(status.group(1)),
                // A plus sign stands for itself, unlike in a form.
                words.find() ? URLDecoder.decode(words.group(1).replace("+", "%2B"), StandardCharsets.UTF_8) : "",
                Message.read(answered.length == 0 ? answered : Arrays.copyOfRange(answered, PREFIX, answered.length)));
    }
}
