package io.keylesspull.azure.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.http.ScriptedHttp;
import io.keylesspull.azure.price.Price.Per;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RetailPricesTest {

    private static final Meter MACHINE = new Meter.Machine("japaneast", "Standard_B2s");

    private final ScriptedHttp list = new ScriptedHttp();
    private final RetailPrices prices = new RetailPrices(list);

    private static String row(String product, String sku, String unit, double price) {
        return """
                {"currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": %s, "unitPrice": %s,
                 "armRegionName": "japaneast", "meterName": "B2s", "productName": "%s", "skuName": "%s",
                 "serviceName": "Virtual Machines", "unitOfMeasure": "%s", "type": "Consumption",
                 "armSkuName": "Standard_B2s"}
                """.formatted(price, price, product, sku, unit);
    }

    private static String page(String next, String... rows) {
        return "{\"BillingCurrency\":\"USD\",\"Items\":[" + String.join(",", rows) + "],\"NextPageLink\":" + next
                + ",\"Count\":" + rows.length + "}";
    }

    private void answers(String body) {
        list.answer("GET", "prices.azure.com", 200, body);
    }

    @Test
    void theCurrencyIsNextToTheFilterAndValuesAreAsAzureWritesThem() throws Exception {
        answers(page("null", row("Virtual Machines BS Series", "B2s", "1 Hour", 0.0544)));

        assertThat(prices.find(MACHINE, "USD")).contains(new Price(new BigDecimal("0.0544"), "USD", Per.HOUR));
        assertThat(URLDecoder.decode(list.only("GET").url(), StandardCharsets.UTF_8))
                .isEqualTo("https://prices.azure.com/api/retail/prices?api-version=2023-01-01-preview"
                        + "&currencyCode='USD'&$filter=priceType eq 'Consumption' and armRegionName eq 'japaneast'"
                        + " and serviceName eq 'Virtual Machines' and armSkuName eq 'Standard_B2s'");
    }

    @Test
    void machinesWithWindowsAndThoseThatAreTakenAwayDoNotCount() throws Exception {
        answers(page(
                "\"https://prices.azure.com:443/api/retail/prices?$skip=3\"",
                row("Virtual Machines BS Series Windows", "B2s", "1 Hour", 0.06),
                row("Virtual Machines BS Series", "B2s Spot", "1 Hour", 0.01),
                row("Virtual Machines BS Series", "B2s Low Priority", "1 Hour", 0.02)));
        answers(page("null", row("Virtual Machines BS Series", "B2s", "1 Hour", 0.05)));

        assertThat(prices.find(MACHINE, "USD"))
                .map(Price::amount)
                .hasValueSatisfying(amount -> assertThat(amount).isEqualByComparingTo("0.05"));
    }

    @Test
    void twoPricesForTheSameAreNone() throws Exception {
        answers(page(
                "null",
                row("Virtual Machines BS Series", "B2s", "1 Hour", 0.05),
                row("Virtual Machines BS Series", "B2s", "1 Hour", 0.07)));
        assertThat(prices.find(MACHINE, "USD")).isEmpty();
    }

    @Test
    void anUnknownUnitIsNoPrice() throws Exception {
        answers(page("null", row("Virtual Machines BS Series", "B2s", "10 Hours", 0.5)));
        assertThat(prices.find(MACHINE, "USD")).isEmpty();
    }

    @Test
    void whatAnswersInPlaceOfTheListIsNoPrice() throws Exception {
        answers("<html>Sign in to the network</html>");
        assertThat(prices.find(MACHINE, "USD")).isEmpty();
        list.answer("GET", "prices.azure.com", 429, "");
        assertThat(prices.find(MACHINE, "USD")).isEmpty();
    }

    @Test
    void aLinkThatLeadsElsewhereIsNotFollowed() throws Exception {
        answers(page("\"https://prices.azure.com.evil.example/x\""));
        assertThat(prices.find(MACHINE, "USD")).isEmpty();
        assertThat(list.seen()).hasSize(1);
    }

    @Test
    void pricesByTheDayAndMonthAreMadeComparable() {
        assertThat(new Price(new BigDecimal("2.4"), "USD", Per.DAY).hourly()).isEqualByComparingTo("0.1");
        assertThat(new Price(new BigDecimal("0.1"), "USD", Per.HOUR).monthly()).isEqualByComparingTo("73");
        assertThat(new Price(new BigDecimal("73"), "USD", Per.MONTH).hourly()).isEqualByComparingTo("0.1");
    }
}
