package io.keylesspull.setup.cost;

import io.keylesspull.azure.price.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the resources that a setup makes cost, by list prices: no taxes, discounts or traffic.
 *
 * @param lines one for each kind; none if nothing that costs is made
 * @param currency an ISO 4217 code
 */
public record CostEstimate(List<CostLine> lines, String currency) {

    public CostEstimate {
        lines = List.copyOf(lines);
    }

    /** Of what has a known price. */
    public BigDecimal hourly() {
        return sum(Price::hourly);
    }

    /** Of what has a known price. */
    public BigDecimal monthly() {
        return sum(Price::monthly);
    }

    /** Whether every price is known. */
    public boolean isComplete() {
        return lines.stream().allMatch(line -> line.each().isPresent());
    }

    /** When the oldest of the prices was given, if some are from memory. */
    public Optional<Instant> remembered() {
        return lines.stream().flatMap(line -> line.remembered().stream()).min(Comparator.naturalOrder());
    }

    private BigDecimal sum(Function<Price, BigDecimal> of) {
        return lines.stream()
                .flatMap(line ->
                        line.each().map(of).stream().map(amount -> amount.multiply(BigDecimal.valueOf(line.count()))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
