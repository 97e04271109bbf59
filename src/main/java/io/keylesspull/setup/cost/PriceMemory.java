package io.keylesspull.setup.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.azure.price.Meter;
import io.keylesspull.azure.price.Price;
import io.keylesspull.azure.price.Price.Per;
import io.keylesspull.disk.PrivateFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The prices that Azure's list gave last, in a file, for when it does not answer. If the file cannot be read or
 * written, there is no memory; nothing else depends on it.
 */
public final class PriceMemory {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** @param file made when the first price is kept */
    public PriceMemory(Path file) {
        this.file = file;
    }

    /** A price, and when the list gave it. */
    record Remembered(Price price, Instant at) {}

    Optional<Remembered> last(Meter meter, String currency) {
        return read(all().path(key(meter, currency)), currency);
    }

    /** @param prices as the list gave them now */
    void keep(Map<Meter, Price> prices, Instant now) {
        if (prices.isEmpty()) {
            return;
        }
        ObjectNode all = all();
        prices.forEach((meter, price) -> all.putObject(key(meter, price.currency()))
                .put("amount", price.amount().toPlainString())
                .put("per", price.per().name())
                .put("at", now.toString()));
        try {
            PrivateFiles.createFolderOf(file);
            PrivateFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
        } catch (IOException noMemory) {
            // The next estimate asks the list again.
        }
    }

    private ObjectNode all() {
        try {
            return JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode known
                    ? known
                    : JSON.createObjectNode();
        } catch (IOException noMemory) {
            return JSON.createObjectNode();
        }
    }

    private static Optional<Remembered> read(JsonNode kept, String currency) {
        try {
            return kept.isObject()
                    ? Optional.of(new Remembered(
                            new Price(
                                    new BigDecimal(kept.path("amount").asText()),
                                    currency,
                                    Per.valueOf(kept.path("per").asText())),
                            Instant.parse(kept.path("at").asText())))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException changedByHand) {
            return Optional.empty();
        }
    }

    private static String key(Meter meter, String currency) {
        return currency + ": " + meter.filter();
    }
}
