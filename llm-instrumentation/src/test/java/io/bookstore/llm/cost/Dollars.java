package io.bookstore.llm.cost;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Costs of a call on one day, as plain numbers; null if unknown. */
final class Dollars {

    static final LocalDate TODAY = LocalDate.parse("2026-11-28");

    private Dollars() {}

    static @Nullable String usdOfBatch(PriceList prices, String provider, String model, TokenUsage usage) {
        Cost cost = prices.batchCost(provider, model, model, usage, TODAY);
        return cost == null ? null : cost.usd().stripTrailingZeros().toPlainString();
    }

    static @Nullable String usd(PriceList prices, String provider, String model, TokenUsage usage) {
        Cost cost = prices.cost(provider, model, model, usage, TODAY);
        return cost == null ? null : cost.usd().stripTrailingZeros().toPlainString();
    }
}
