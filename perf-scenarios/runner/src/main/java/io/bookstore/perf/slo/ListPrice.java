package io.bookstore.perf.slo;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The list price of a call whose cached tokens are not known.
 *
 * @param leastUsd all input was read from a cache, at a price near nothing
 * @param mostUsd  all input was written to a cache, at twice the price of plain input, which is the highest of any provider
 */
public record ListPrice(double leastUsd, double mostUsd) {

    private static final ModelPrices prices = ModelPrices.bundled();

    /**
     * Returns the price of a call; empty if the list does not have the model.
     *
     * @param provider null if it is not known
     */
    public static Optional<ListPrice> of(
            @Nullable String provider, String model, double inputTokens, double outputTokens, LocalDate day) {
        return prices.of(provider, model, day)
                .map(row -> new ListPrice(row.bill(0, outputTokens), row.bill(2 * inputTokens, outputTokens)));
    }
}
