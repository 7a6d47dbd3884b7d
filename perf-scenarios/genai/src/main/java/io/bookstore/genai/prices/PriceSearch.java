package io.bookstore.genai.prices;

import io.bookstore.llm.cost.Price;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.scenario.Nearest;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the price of a model on a day, and says in one sentence what is not known. */
final class PriceSearch {

    /** The model of a row that holds for any model, such as those of local servers. */
    private static final String ANY = "*";

    private final PriceList prices;
    private final LocalDate day;

    PriceSearch(PriceList prices, LocalDate day) {
        this.prices = prices;
        this.day = day;
    }

    /** @param provider as it was asked for, which may resell the models of that of the price */
    record Found(String provider, Price price) {}

    /**
     * Returns the price of a model.
     *
     * @param provider null for the only one that sells it
     * @throws PerfException if it has no price, or several providers sell it and none is named
     */
    Found find(@Nullable String provider, String model, long promptTokens) {
        if (provider != null) {
            Price price = prices.price(provider, model, promptTokens, day);
            if (price == null) {
                throw unknown("No price for the model \"" + model + "\" of \"" + provider + "\"", provider, model);
            }
            return new Found(provider, price);
        }
        List<Found> sellers = prices.rows().stream()
                .map(Price::provider)
                .distinct()
                .sorted()
                .flatMap(seller -> Optional.ofNullable(prices.price(seller, model, promptTokens, day)).stream()
                        .filter(price -> !price.model().equals(ANY))
                        .map(price -> new Found(seller, price)))
                .toList();
        if (sellers.isEmpty()) {
            throw unknown("No price for the model \"" + model + "\"", null, model);
        }
        if (sellers.size() > 1) {
            throw usage("The model \"" + model + "\" is sold by "
                    + String.join(", ", sellers.stream().map(Found::provider).toList())
                    + ": name one of them with --provider.");
        }
        return sellers.get(0);
    }

    private PerfException unknown(String fact, @Nullable String provider, String model) {
        Optional<String> nearest = provider == null ? Optional.empty() : Nearest.to(provider, providers());
        if (nearest.isEmpty()) {
            nearest = nearestModel(model, row -> row.provider().equals(provider))
                    .or(() -> nearestModel(model, row -> true));
        }
        return usage(fact
                + nearest.map(known -> ": did you mean " + known + "?")
                        .orElse(": \"llm-perf prices\" lists what there is."));
    }

    private Optional<String> nearestModel(String model, Predicate<Price> wanted) {
        Map<String, String> providers = new TreeMap<>();
        prices.rows().stream().filter(wanted).forEach(row -> providers.putIfAbsent(name(row), row.provider()));
        return Nearest.to(model, providers.keySet()).map(name -> name + " of " + providers.get(name));
    }

    private Collection<String> providers() {
        return prices.rows().stream().map(Price::provider).toList();
    }

    /** The name without the sign for its versions. */
    private static String name(Price row) {
        return row.model().replace(ANY, "");
    }

    private static PerfException usage(String sentence) {
        return new PerfException(ExitCode.USAGE, sentence);
    }
}
