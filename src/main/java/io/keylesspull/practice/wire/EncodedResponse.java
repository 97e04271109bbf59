package io.keylesspull.practice.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** A response as the bytes that are sent. @param head everything before the body */
record EncodedResponse(byte[] head, byte[] body) {

    private static final String END = "\r\n";

    /** @param method of the request: the response to HEAD has the length of a body, but no body */
    static EncodedResponse of(String method, Response response, Instant date) {
        boolean bare = response.status() == 204 || response.status() == 304;
        // The reason phrase may be empty, and programs do not read it (RFC 9112, section 4).
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(response.status())
                .append(" ")
                .append(END);
        String length = Integer.toString(response.body().length);
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            if (!header.getKey().equalsIgnoreCase("Content-Length")) {
                head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append(END);
            } else if (method.equals("HEAD")) {
                length = header.getValue();
            }
        }
        if (!bare) {
            head.append("Content-Length: ").append(length).append(END);
        }
        head.append("Date: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)))
                .append(END)
                .append(END);
        return new EncodedResponse(
                head.toString().getBytes(StandardCharsets.ISO_8859_1),
                bare || method.equals("HEAD") ? new byte[0] : response.body());
    }
}
