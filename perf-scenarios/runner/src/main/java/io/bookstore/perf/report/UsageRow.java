package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.results.UsageTotals;
import io.bookstore.perf.results.UsageTotals.Total;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and cost of one party, as a row of the cross-check.
 *
 * @param calls answers that told an amount, or calls that have one
 */
public record UsageRow(String party, String calls, String input, String output, String usd) {

    static UsageRow of(String party, UsageTotals totals) {
        return new UsageRow(
                party,
                Stream.of(totals.output(), totals.input(), totals.usd())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(total -> Quantity.count(total.calls()))
                        .orElse(Quantity.NONE),
                Quantity.count(amount(totals.input())),
                Quantity.count(amount(totals.output())),
                Quantity.usd(amount(totals.usd())));
    }

    private static @Nullable Double amount(@Nullable Total total) {
        return total == null ? null : total.amount();
    }
}
