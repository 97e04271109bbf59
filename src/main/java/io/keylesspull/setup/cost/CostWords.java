package io.keylesspull.setup.cost;

import io.keylesspull.text.Texts;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;

/** A cost estimate in words, in the reader's language and way of writing amounts. */
public final class CostWords {

    /** An hour of a small machine costs less than the smallest coin. */
    private static final int MORE_DIGITS = 2;

    private final Texts texts;
    private final NumberFormat hourly;
    private final NumberFormat monthly;

    /** @param currency an ISO 4217 code */
    public CostWords(Texts texts, String currency) {
        this.texts = texts;
        this.hourly = format(currency, MORE_DIGITS);
        this.monthly = format(currency, 0);
    }

    private NumberFormat format(String code, int moreDigits) {
        Currency currency = Currency.getInstance(code);
        NumberFormat format = NumberFormat.getCurrencyInstance(texts.locale());
        format.setCurrency(currency);
        format.setMinimumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()));
        format.setMaximumFractionDigits(Math.max(0, currency.getDefaultFractionDigits()) + moreDigits);
        return format;
    }

    /** What is charged for, with the number of them. */
    public String what(CostLine line) {
        return texts.render("setup.cost.what", line.count(), line.what());
    }

    /** What they cost together. */
    public String price(CostLine line) {
        BigDecimal count = BigDecimal.valueOf(line.count());
        return line.each()
                .map(price ->
                        amounts(price.hourly().multiply(count), price.monthly().multiply(count)))
                .orElseGet(() -> texts.render("setup.cost.unknown"));
    }

    /** All together; that of the known alone if not all are known. */
    public String total(CostEstimate estimate) {
        return texts.render(
                estimate.isComplete() ? "setup.cost.total" : "setup.cost.atLeast",
                amounts(estimate.hourly(), estimate.monthly()));
    }

    /** Where the prices are from. @param practice whether that is the list of a practice cloud */
    public String source(CostEstimate estimate, boolean practice) {
        if (practice) {
            return texts.render("setup.cost.source.practice");
        }
        return estimate.remembered()
                .map(at -> texts.render(
                        "setup.cost.source.remembered",
                        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                                .withLocale(texts.locale())
                                .format(at.atZone(ZoneOffset.UTC))))
                .orElseGet(() -> texts.render("setup.cost.source"));
    }

    private String amounts(BigDecimal anHour, BigDecimal aMonth) {
        return texts.render("setup.cost.amounts", hourly.format(anHour), monthly.format(aMonth));
    }
}
