package io.bookstore.genai.prices;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cost of a call as {@code --json} prints it; US dollars, rates per million tokens. */
record CallCostJson(
        int schemaVersion,
        String model,
        String day,
        List<OfLine> lines,
        BigDecimal regionalFactor,
        @Nullable BigDecimal batchFactor,
        BigDecimal usd,
        PriceRow price) {

    record OfLine(
            String kind,
            long tokens,
            BigDecimal rate,
            @Nullable String rateOf,
            BigDecimal usd) {}

    static CallCostJson of(CallCost cost, String model, String day) {
        return new CallCostJson(
                1,
                model,
                day,
                cost.lines().stream()
                        .map(line -> new OfLine(line.kind(), line.tokens(), line.rate(), line.borrowedOf(), line.usd()))
                        .toList(),
                cost.regionalFactor(),
                cost.batchFactor(),
                cost.usd(),
                PriceRow.of(cost.price()));
    }
}
