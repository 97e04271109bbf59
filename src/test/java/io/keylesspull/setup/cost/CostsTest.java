package io.keylesspull.setup.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.price.RetailPrices;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Against the practice cloud's price list, over the wire. */
@Timeout(60)
class CostsTest {

    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);

    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
    private static final RetailPrices SILENT =
            new RetailPrices(request -> Mono.error(new UnknownHostException("prices.azure.com")));

    @TempDir
    private Path folder;

    private static ExecutorService executor;
    private static PracticeCloud cloud;
    private static RetailPrices prices;

    @BeforeAll
    static void start() {
        executor = Executors.newCachedThreadPool();
        cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
        prices = new RetailPrices(Transport.routed(cloud.route(), Time.system(), new Random(2))
                .pipelines(executor)
                .client());
    }

    @AfterAll
    static void close() {
        cloud.close();
        executor.shutdownNow();
    }

    private Costs costs(RetailPrices list, String currency) {
        return new Costs(list, new PriceMemory(folder.resolve("prices.json")), () -> NOW, currency);
    }

    private static Template template() {
        Template template = new Template("myResourceGroup", "japaneast");
        template.add(new Part.Registry("contoso", "myResourceGroup", false, "Basic", false, "a:b"));
        template.add(new Part.Registry("old", "other", true, "Premium", false, "a:b"));
        for (String name : new String[] {"one", "two"}) {
            template.add(new Part.Network(name, "myResourceGroup", new Part.Network.BehindGateway()));
            template.add(
                    new Part.Machine(name, name, "myResourceGroup", Optional.of(made(Optional.of("Standard_B2s")))));
        }
        template.add(new Part.Machine("old", "old", "other", Optional.empty()));
        return template;
    }

    private static Part.NewMachine made(Optional<String> size) {
        return new Part.NewMachine(
                size, new ImageReference("Canonical", "o", "s", "latest"), "azureuser", Optional.empty(), true);
    }

    @Test
    void whatIsMadeIsCountedAndPricedAndWhatExistsIsNot() throws Exception {
        CostEstimate estimate = costs(prices, "USD").of(template());

        CostWords words = new CostWords(ENGLISH, estimate.currency());
        assertThat(estimate.lines())
                .extracting(words::what, words::price)
                .containsExactly(
                        tuple("1 × container registry Basic", "$0.0071 an hour, $5.17 a month (730 hours)"),
                        tuple("2 × public IP address", "$0.01 an hour, $7.30 a month (730 hours)"),
                        tuple("2 × NAT gateway, without its traffic", "$0.09 an hour, $65.70 a month (730 hours)"),
                        tuple("2 × virtual machine Standard_B2s", "$0.10 an hour, $73.00 a month (730 hours)"),
                        tuple(
                                "2 × OS disk (standard SSD, 32 GiB), without its operations",
                                "$0.0068 an hour, $5.00 a month (730 hours)"));
        assertThat(words.total(estimate))
                .startsWith("Together: $0.2139 an hour")
                .doesNotContain("unknown");
    }

    @Test
    void aScaleSetCostsWhatItsInstancesCostAndOneGateway() throws Exception {
        Template template = new Template("myResourceGroup", "japaneast");
        template.add(new Part.Network("fleet", "myResourceGroup", new Part.Network.OfScaleSet()));
        template.add(new Part.ScaleSet("fleet", "fleet", "myResourceGroup", 300, made(Optional.of("Standard_B2s"))));

        assertThat(costs(prices, "USD").of(template).lines())
                .extracting(CostLine::count)
                .containsExactly(1, 1, 300, 300);
    }

    @Test
    void yenHaveNoCoinsButAnHourMayCostLessThanOne() throws Exception {
        CostEstimate estimate = costs(prices, "JPY").of(template());
        CostWords words = new CostWords(new Texts(Locale.JAPANESE), estimate.currency());
        assertThat(words.price(estimate.lines().get(3))).containsPattern("1 時間 \\S+15、1 か月 \\(730 時間\\) \\S+10,950");
    }

    @Test
    void aSizeOrACurrencyThatTheListDoesNotHaveIsNotGuessed() throws Exception {
        Template template = new Template("myResourceGroup", "japaneast");
        template.add(new Part.Machine("a", "a", "g", Optional.of(made(Optional.of("Standard_Z9")))));
        template.add(new Part.Machine("b", "b", "g", Optional.of(made(Optional.empty()))));

        CostEstimate estimate = costs(prices, "XAU").of(template);

        assertThat(estimate.currency()).isEqualTo("USD");
        assertThat(estimate.isComplete()).isFalse();
        assertThat(estimate.lines())
                .extracting(line -> line.what().key(), line -> line.each().isPresent())
                .containsExactly(
                        tuple("setup.cost.machine", false),
                        tuple("setup.cost.disk", true),
                        tuple("setup.cost.openSize", false));
    }

    @Test
    void whereTheListIsSilentItsLastPricesAreUsedWithTheirDate() throws Exception {
        assertThat(costs(SILENT, "USD").of(template()).lines())
                .allMatch(line -> line.each().isEmpty());
        CostEstimate listed = costs(prices, "USD").of(template());
        CostEstimate remembered = costs(SILENT, "USD").of(template());

        CostWords words = new CostWords(ENGLISH, "USD");
        assertThat(words.total(remembered)).isEqualTo(words.total(listed));
        assertThat(listed.remembered()).isEmpty();
        assertThat(words.source(listed, false)).contains("now").doesNotContain("2026");
        assertThat(remembered.remembered()).contains(NOW);
        assertThat(words.source(remembered, false)).contains("March 4, 2026");
        assertThat(costs(SILENT, "EUR").of(template()).lines())
                .as("another currency's")
                .allMatch(line -> line.each().isEmpty());
    }

    @Test
    void aMemoryThatCannotBeReadIsNone() throws Exception {
        Files.writeString(folder.resolve("prices.json"), "{\"USD: x\": 1, ");
        assertThat(costs(SILENT, "USD").of(template()).isComplete()).isFalse();
        costs(prices, "USD").of(template());
        assertThat(costs(SILENT, "USD").of(template()).remembered()).contains(NOW);
        String changed = Files.readString(folder.resolve("prices.json")).replace("\"HOUR\"", "\"WEEK\"");
        Files.writeString(folder.resolve("prices.json"), changed);
        assertThat(costs(SILENT, "USD").of(template()).isComplete()).isFalse();
    }

    @Test
    void theCurrencyIsThatOfThePlace() {
        assertThat(Costs.currency(Locale.JAPAN)).isEqualTo("JPY");
        assertThat(Costs.currency(Locale.JAPANESE)).isEqualTo("JPY");
        assertThat(Costs.currency(Locale.GERMANY)).isEqualTo("EUR");
        assertThat(Costs.currency(Locale.ENGLISH)).isEqualTo("USD");
        assertThat(Costs.currency(
                        new Locale.Builder().setLanguage("en").setRegion("ZZ").build()))
                .isEqualTo("USD");
    }
}
