package io.keylesspull.azure.price;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.price.Price.Per;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Azure's public price list, which asks for no sign-in. It has the list prices: no taxes, discounts or traffic. Source:
 * learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices.
 */
public final class RetailPrices {

    private static final String LIST = "https://prices.azure.com/api/retail/prices";
    private static final int MOST_PAGES = 10;
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;

    public RetailPrices(HttpClient client) {
        this.client = client;
    }

    /**
     * The price of one unit; empty if the list has none, or several that differ.
     *
     * @param currency an ISO 4217 code
     * @throws AzureException if the list does not answer
     */
    public Optional<Price> find(Meter meter, String currency) throws AzureException, InterruptedException {
        List<Price> found = rows(meter, currency).stream()
                .filter(row -> fits(meter, row))
                .flatMap(row -> price(row, currency).stream())
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private List<JsonNode> rows(Meter meter, String currency) throws AzureException, InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        // Within the filter the list takes a currency for a field of no row.
        String url = LIST + "?api-version=2023-01-01-preview&currencyCode=" + encode("'" + currency + "'") + "&$filter="
                + encode(meter.filter());
        for (int page = 0; page < MOST_PAGES && isTheList(url); page++) {
            JsonNode answer = get(url);
            answer.path("Items").forEach(rows::add);
            url = answer.path("NextPageLink").asText("");
        }
        return rows;
    }

    private static boolean isTheList(String url) {
        return url.startsWith("https://prices.azure.com/") || url.startsWith("https://prices.azure.com:443/");
    }

    private JsonNode get(String url) throws AzureException, InterruptedException {
        return SdkCall.get(() -> client.send(new HttpRequest(HttpMethod.GET, url))
                .flatMap(response ->
                        response.getBodyAsString().defaultIfEmpty("").map(body -> read(response, body))));
    }

    /** No rows if the list refuses to answer, or a proxy answers in its place. */
    private static JsonNode read(HttpResponse response, String body) {
        try {
            return response.getStatusCode() == OK ? JSON.readTree(body) : MissingNode.getInstance();
        } catch (JsonProcessingException notTheList) {
            return MissingNode.getInstance();
        }
    }

    /** The list has machines with Windows, and those that Azure may take away at any time, under the same size. */
    private static boolean fits(Meter meter, JsonNode row) {
        if (!row.path("type").asText().equals("Consumption")
                || row.path("tierMinimumUnits").asDouble() != 0) {
            return false;
        }
        String words =
                row.path("productName").asText() + " " + row.path("skuName").asText();
        return !(meter instanceof Meter.Machine)
                || Stream.of("Windows", "Spot", "Low Priority", "Cloud Services")
                        .noneMatch(words::contains);
    }

    private static Optional<Price> price(JsonNode row, String currency) {
        Optional<Per> per = switch (row.path("unitOfMeasure").asText()) {
            case "1 Hour", "1/Hour" -> Optional.of(Per.HOUR);
            case "1/Day" -> Optional.of(Per.DAY);
            case "1/Month" -> Optional.of(Per.MONTH);
            default -> Optional.empty();
        };
        BigDecimal amount = row.path("retailPrice").decimalValue();
        return per.filter(known -> row.path("currencyCode").asText().equals(currency)
                        && row.path("retailPrice").isNumber())
                .map(known -> new Price(amount, currency, known));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
