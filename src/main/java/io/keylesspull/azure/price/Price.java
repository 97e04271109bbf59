package io.keylesspull.azure.price;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What one unit of a resource costs for a time.
 *
 * @param amount for one unit of the time
 * @param currency an ISO 4217 code
 */
public record Price(BigDecimal amount, String currency, Per per) {

    /** As Azure's pricing calculator counts a month. Source: azure.microsoft.com/pricing/calculator ("730 hours"). */
    private static final int HOURS_A_MONTH = 730;

    private static final int HOURS_A_DAY = 24;

    /** The times that Azure charges by. */
    public enum Per {
        HOUR(1),
        DAY(HOURS_A_DAY),
        MONTH(HOURS_A_MONTH);

        private final BigDecimal hours;

        Per(int hours) {
            this.hours = BigDecimal.valueOf(hours);
        }
    }

    public BigDecimal hourly() {
        return amount.divide(per.hours, MathContext.DECIMAL64);
    }

    public BigDecimal monthly() {
        return hourly().multiply(Per.MONTH.hours, MathContext.DECIMAL64);
    }
}
