package io.bookstore.perf.report;

import io.bookstore.perf.slo.Money;
import io.bookstore.perf.slo.Money.Waste;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The money of a run as the page shows it.
 *
 * @param models the same tokens at each listed model
 */
public record MoneySection(List<Row> rows, List<ModelRow> models) {

    private static final String NOT_TOLD = "not told";

    static MoneySection of(Money money) {
        return new MoneySection(
                List.of(
                        new Row(
                                "Cost",
                                "sum of what %s answers told, whole run".formatted(Quantity.count(money.priced())),
                                usd(money.usd())),
                        new Row(
                                "Cost of 1,000 scheduled requests",
                                "cost told in the judged window ÷ %s scheduled requests to the model × 1,000"
                                        .formatted(Quantity.count(money.scheduled())),
                                usd(money.perThousandScheduledUsd())),
                        new Row(
                                "Cost of 1,000 good requests",
                                "the same cost ÷ %s good ones × 1,000".formatted(Quantity.count(money.good())),
                                money.usd() != null && money.good() == 0
                                        ? "no good request"
                                        : usd(money.perThousandGoodUsd())),
                        new Row(
                                "Wasted on retries",
                                "billed tokens of attempts that another attempt replaced × price of the run's model",
                                waste(money.retries())),
                        new Row(
                                "Wasted on unused answers",
                                "the same, or the cost that was told, of requests that failed",
                                waste(money.unused())),
                        new Row(
                                "Saved by caches",
                                "answers from a cache × mean cost of an answer that told one",
                                saved(money.saved()))),
                money.models().stream()
                        .map(model -> new ModelRow(
                                model.provider(), model.model(), Quantity.usd(model.usd()), model.ofThisRun()))
                        .toList());
    }

    private static String usd(@Nullable Double usd) {
        return usd == null ? NOT_TOLD : Quantity.usd(usd);
    }

    private static String waste(@Nullable Waste waste) {
        if (waste == null) {
            return NOT_TOLD;
        }
        String tokens = waste.inputTokens() == null || waste.outputTokens() == null
                ? "tokens not told"
                : "%s + %s tokens".formatted(Quantity.count(waste.inputTokens()), Quantity.count(waste.outputTokens()));
        return "%s: %s, %s".formatted(usd(waste.usd()), calls(waste.calls()), tokens);
    }

    private static String calls(long calls) {
        return calls == 1 ? "1 call" : Quantity.count(calls) + " calls";
    }

    private static String saved(Money.@Nullable Saved saved) {
        return saved == null ? NOT_TOLD : "%s: %s answers".formatted(usd(saved.usd()), Quantity.count(saved.answers()));
    }

    public record Row(String name, String formula, String value) {}

    /** @param ofThisRun true if the bill is what the answers told */
    public record ModelRow(String provider, String model, String usd, boolean ofThisRun) {}
}
