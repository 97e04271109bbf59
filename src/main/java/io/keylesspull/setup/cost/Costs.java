package io.keylesspull.setup.cost;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.NewMachine;
import io.keylesspull.azure.price.Meter;
import io.keylesspull.azure.price.Price;
import io.keylesspull.azure.price.RetailPrices;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import io.keylesspull.text.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks for the prices of what a setup makes. */
public final class Costs {

    /** Those of the price list, in which it gives the other currencies "for reference" beside the dollar. */
    private static final Set<String> CURRENCIES = Set.of(
            "USD", "AUD", "BRL", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "INR", "JPY", "KRW", "NOK", "NZD", "SEK",
            "TWD");

    private static final String DOLLAR = "USD";

    private final RetailPrices prices;
    private final PriceMemory memory;
    private final InstantSource clock;
    private final String currency;

    /**
     * @param memory is asked if the list has no answer. @param currency that is wanted, as an ISO 4217 code; without a
     *     price list in it, it is the US dollar
     */
    public Costs(RetailPrices prices, PriceMemory memory, InstantSource clock, String currency) {
        this.prices = prices;
        this.memory = memory;
        this.clock = clock;
        this.currency = CURRENCIES.contains(currency) ? currency : DOLLAR;
    }

    /** The currency of a place; the US dollar if the locale names no place. */
    public static String currency(Locale locale) {
        if (locale.getCountry().isEmpty()) {
            return locale.getLanguage().equals(Locale.JAPANESE.getLanguage())
                    ? Currency.getInstance(Locale.JAPAN).getCurrencyCode()
                    : DOLLAR;
        }
        try {
            Currency currency = Currency.getInstance(locale);
            return currency == null ? DOLLAR : currency.getCurrencyCode();
        } catch (IllegalArgumentException noSuchCountry) {
            return DOLLAR;
        }
    }

    /** A price that neither the list nor the memory has is unknown. */
    public CostEstimate of(Template template) throws InterruptedException {
        Counted counted = new Counted(template.location());
        template.parts().forEach(counted::add);
        Map<Meter, Price> listed = listed(counted.meters.keySet());
        memory.keep(listed, clock.instant());
        List<CostLine> lines = new ArrayList<>();
        counted.meters.forEach((meter, count) -> lines.add(line(meter, count, Optional.ofNullable(listed.get(meter)))));
        if (counted.openSizes > 0) {
            lines.add(unknown(Text.of("setup.cost.openSize"), counted.openSizes));
        }
        return new CostEstimate(lines, currency);
    }

    /** What the list answers now. */
    private Map<Meter, Price> listed(Set<Meter> meters) throws InterruptedException {
        Map<Meter, Price> listed = new LinkedHashMap<>();
        try {
            for (Meter meter : meters) {
                prices.find(meter, currency).ifPresent(price -> listed.put(meter, price));
            }
        } catch (AzureException silent) {
            // One wait is enough where the list cannot be reached.
        }
        return listed;
    }

    private CostLine line(Meter meter, int count, Optional<Price> listed) {
        Optional<PriceMemory.Remembered> remembered =
                listed.isPresent() ? Optional.empty() : memory.last(meter, currency);
        return new CostLine(
                words(meter),
                count,
                listed.or(() -> remembered.map(PriceMemory.Remembered::price)),
                remembered.map(PriceMemory.Remembered::at));
    }

    private static CostLine unknown(Text what, int count) {
        return new CostLine(what, count, Optional.empty(), Optional.empty());
    }

    private static Text words(Meter meter) {
        if (meter instanceof Meter.Machine machine) {
            return Text.of("setup.cost.machine", machine.size());
        }
        if (meter instanceof Meter.Registry registry) {
            return Text.of("setup.cost.registry", registry.sku());
        }
        if (meter instanceof Meter.Disk) {
            return Text.of("setup.cost.disk", NewMachine.DISK.gibibytes());
        }
        return Text.of(meter instanceof Meter.PublicAddress ? "setup.cost.address" : "setup.cost.gateway");
    }

    /** How many of each there are. */
    private static final class Counted {
        private final String region;
        private final Map<Meter, Integer> meters = new LinkedHashMap<>();
        private int openSizes;

        Counted(String region) {
            this.region = region;
        }

        void add(Part part) {
            if (part.exists()) {
                return;
            }
            if (part instanceof Part.Registry registry) {
                add(new Meter.Registry(region, registry.sku()), 1);
            } else if (part instanceof Part.Machine machine) {
                add(machine.made().orElseThrow(), 1);
            } else if (part instanceof Part.ScaleSet set) {
                add(set.made(), set.instances());
            } else if (part instanceof Part.Network network) {
                add(network.kind());
            }
        }

        private void add(Part.Network.Kind kind) {
            if (kind instanceof Part.Network.InSubnet) {
                return;
            }
            add(new Meter.PublicAddress(region), 1);
            if (kind instanceof Part.Network.BehindGateway || kind instanceof Part.Network.OfScaleSet) {
                add(new Meter.NatGateway(region), 1);
            }
        }

        private void add(Part.NewMachine made, int count) {
            if (made.size().isPresent()) {
                add(new Meter.Machine(region, made.size().get()), count);
            } else {
                openSizes += count;
            }
            add(new Meter.Disk(region), count);
        }

        private void add(Meter meter, int count) {
            meters.merge(meter, count, Integer::sum);
        }
    }
}
