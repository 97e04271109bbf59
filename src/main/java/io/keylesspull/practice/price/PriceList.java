package io.keylesspull.practice.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.data.DataTable;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Parameters;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers as Azure's public price list does, with prices made up for practice: no sign-in, values compared with case,
 * 100 rows a page. A currency in the filter fits no row. Source:
 * learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices.
 */
public final class PriceList implements HttpService {

    public static final String HOST = "prices.azure.com";

    private static final int PAGE = 100;
    private static final int DIGITS = 6;
    private static final Pattern CLAUSE = Pattern.compile("(\\w+) eq '([^']*)'");
    /** Made up, like the prices. */
    private static final Map<String, BigDecimal> DOLLAR_IN =
            Map.of("USD", BigDecimal.ONE, "JPY", BigDecimal.valueOf(150), "EUR", new BigDecimal("0.9"));

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<List<String>> rows = DataTable.rows("prices.txt");

    @Override
    public Response send(Request request) {
        Parameters query = Parameters.ofQuery(request);
        String currency = query.get("currencyCode").orElse("'USD'").replace("'", "");
        Map<String, String> wanted = new LinkedHashMap<>();
        Matcher clause = CLAUSE.matcher(query.get("$filter").orElse(""));
        while (clause.find()) {
            wanted.put(clause.group(1), clause.group(2));
        }
        Optional<BigDecimal> factor = Optional.ofNullable(DOLLAR_IN.get(currency));
        if (factor.isEmpty()) {
            return response(400, JSON.createObjectNode().put("Error", "Bad request: currencyCode"));
        }
        List<ObjectNode> found = rows.stream()
                .map(row -> item(row, wanted.getOrDefault("armRegionName", "japaneast"), currency, factor.get()))
                .filter(item -> wanted.entrySet().stream()
                        .allMatch(
                                one -> (one.getKey().equals("priceType") ? item.path("type") : item.path(one.getKey()))
                                        .asText()
                                        .equals(one.getValue())))
                .toList();
        int skip = query.get("$skip").map(Integer::parseInt).orElse(0);
        ObjectNode answer = JSON.createObjectNode()
                .put("BillingCurrency", currency)
                .put("CustomerEntityId", "Default")
                .put("CustomerEntityType", "Retail");
        ArrayNode items = answer.putArray("Items");
        found.stream().skip(skip).limit(PAGE).forEach(items::add);
        if (found.size() > skip + PAGE) {
            String here = request.uri().toString().replaceAll("&\\$skip=\\d+", "");
            answer.put("NextPageLink", here + "&$skip=" + (skip + PAGE));
        } else {
            answer.putNull("NextPageLink");
        }
        return response(200, answer.put("Count", items.size()));
    }

    private static ObjectNode item(List<String> row, String region, String currency, BigDecimal factor) {
        BigDecimal price = new BigDecimal(row.get(6)).multiply(factor).setScale(DIGITS, RoundingMode.HALF_UP);
        return JSON.createObjectNode()
                .put("currencyCode", currency)
                .put("tierMinimumUnits", 0.0)
                .put("retailPrice", price)
                .put("unitPrice", price)
                .put("armRegionName", row.get(0).equals("NAT Gateway") ? "Global" : region)
                .put("meterName", row.get(4))
                .put("productName", row.get(1))
                .put("skuName", row.get(3))
                .put("serviceName", row.get(0))
                .put("unitOfMeasure", row.get(5))
                .put("type", "Consumption")
                .put("armSkuName", row.get(2));
    }

    private static Response response(int status, ObjectNode body) {
        try {
            return new Response(
                    status,
                    Map.of("Content-Type", "application/json; charset=utf-8"),
                    JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
