package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Splits lists into pages. */
public final class ArmPages {

    private static final int SIZE = 25;

    private ArmPages() {}

    public static ArmReply of(ArmCall call, List<? extends JsonNode> items) {
        return of(call, items, SIZE);
    }

    /** @param view shows an item; asked for those of the page alone, since a list may be long */
    public static <T> ArmReply of(ArmCall call, List<T> items, Function<T, ? extends JsonNode> view) {
        return of(call, items, SIZE, view);
    }

    public static ArmReply of(ArmCall call, List<? extends JsonNode> items, int size) {
        return of(call, items, size, Function.identity());
    }

    private static <T> ArmReply of(ArmCall call, List<T> items, int size, Function<T, ? extends JsonNode> view) {
        int from = call.query("$skiptoken").map(ArmPages::offset).orElse(0);
        int to = Math.min(items.size(), from + size);
        ObjectNode page = Json.object();
        page.set(
                "value",
                Json.array(items.subList(Math.min(from, to), to).stream().map(view)));
        if (to < items.size()) {
            StringBuilder next =
                    new StringBuilder(ArmCall.HOST).append(call.target().path()).append('?');
            call.query().forEach((name, value) -> {
                if (!name.equals("$skiptoken")) {
                    next.append(encoded(name))
                            .append('=')
                            .append(encoded(value))
                            .append('&');
                }
            });
            page.put("nextLink", next.append("%24skiptoken=").append(to).toString());
        }
        return ArmReply.ok(page);
    }

    private static int offset(String token) {
        if (!token.matches("\\d{1,6}")) {
            throw ArmError.badRequest("InvalidSkipToken", "The skip token '" + token + "' is not valid.");
        }
        return Integer.parseInt(token);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
