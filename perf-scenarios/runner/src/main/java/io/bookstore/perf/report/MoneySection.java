package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.slo.Money;
import io.bookstore.perf.slo.Money.Waste;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The money of a run as the page shows it, without rows of nothing.
 *
 * @param models the same tokens at each listed model
 */
public record MoneySection(List<Row> rows, List<ModelRow> models) {

    public MoneySection {
        rows = List.copyOf(rows);
        models = List.copyOf(models);
    }

    static MoneySection of(Money money) {
        List<Row> rows = new ArrayList<>();
        add(
                rows,
                "Cost",
                "sum of what %s answers told, whole run".formatted(Quantity.count(money.priced())),
                usd(money.usd()));
        add(
                rows,
                "Cost of 1,000 scheduled requests",
                "cost told in the judged window ÷ %s scheduled requests to the model × 1,000"
                        .formatted(Quantity.count(money.scheduled())),
                usd(money.perThousandScheduledUsd()));
        add(
                rows,
                "Cost of 1,000 good requests",
                "the same cost ÷ %s good ones × 1,000".formatted(Quantity.count(money.good())),
                usd(money.usd()) != null && money.good() == 0 ? "no good request" : usd(money.perThousandGoodUsd()));
        add(
                rows,
                "Wasted on retries",
                "billed tokens of attempts that another attempt replaced × price of the run's model",
                waste(money.retries()));
        add(
                rows,
                "Wasted on unused answers",
                "the same, or the cost that was told, of requests that failed",
                waste(money.unused()));
        add(
                rows,
                "Saved by caches",
                "answers from a cache × mean cost of an answer that told one",
                saved(money.saved()));
        return new MoneySection(
                rows,
                money.models().stream()
                        .map(model -> new ModelRow(
                                model.provider(), model.model(), Quantity.usd(model.usd()), model.ofThisRun()))
                        .toList());
    }

    boolean empty() {
        return rows.isEmpty() && models.isEmpty();
    }

    private static void add(List<Row> rows, String name, String formula, @Nullable String value) {
        if (value != null) {
            rows.add(new Row(name, formula, value));
        }
    }

    /** Null for a sum that is nothing, or that nobody told; the same for the others. */
    private static @Nullable String usd(@Nullable Double usd) {
        return usd == null || usd == 0 ? null : Quantity.usd(usd);
    }

    private static @Nullable String waste(@Nullable Waste waste) {
        if (waste == null || waste.calls() == 0) {
            return null;
        }
        String tokens = waste.inputTokens() == null || waste.outputTokens() == null
                ? "tokens not told"
                : "%s + %s tokens".formatted(Quantity.count(waste.inputTokens()), Quantity.count(waste.outputTokens()));
        return "%s: %s, %s".formatted(told(waste.usd()), calls(waste.calls()), tokens);
    }

    private static String told(@Nullable Double usd) {
        return usd == null ? "not told" : Quantity.usd(usd);
    }

    private static String calls(long calls) {
        return Quantity.count(calls, "call");
    }

    private static @Nullable String saved(Money.@Nullable Saved saved) {
        return saved == null || saved.answers() == 0
                ? null
                : "%s: %s answers".formatted(told(saved.usd()), Quantity.count(saved.answers()));
    }

    public record Row(String name, String formula, String value) {}

    /** @param ofThisRun true if the bill is what the answers told */
    public record ModelRow(String provider, String model, String usd, boolean ofThisRun) {}
}
