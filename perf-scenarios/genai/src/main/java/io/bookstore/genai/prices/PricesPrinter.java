package io.bookstore.genai.prices;

import io.bookstore.perf.cli.terminal.TextTable;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints rows, the cost of a call and a comparison for a person. */
final class PricesPrinter {

    /** Prices of models have changed within six months; a quarter is time enough to look again. */
    private static final long OLD_DAYS = 90;

    private final PrintWriter out;

    PricesPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(List<PriceRow> rows) {
        TextTable table = new TextTable(PriceRow.HEADS, PriceRow.NAMES);
        rows.forEach(row -> table.add(row.cells()));
        print(table);
        out.println("US dollars per million tokens; prices: " + rows.size());
    }

    void print(CallCost cost, @Nullable Long reasoning, LocalDate day) {
        TextTable table =
                new TextTable(List.of("tokens", "number", "$ per million", "$", "price of its own"), Set.of(0, 4));
        BigDecimal sum = BigDecimal.ZERO;
        for (CallCost.Line line : cost.lines()) {
            sum = sum.add(line.usd());
            table.add(List.of(
                    line.kind(),
                    number(line.tokens()),
                    line.rate().toPlainString(),
                    plain(line.usd()),
                    line.borrowedOf() == null ? "" : "none: that of " + line.borrowedOf()));
        }
        table.add(List.of("sum", "", "", plain(sum), ""));
        print(table);
        if (reasoning != null) {
            out.println("output has " + number(reasoning) + (reasoning == 1 ? " token" : " tokens")
                    + " of reasoning, at the price of output");
        }
        if (cost.regionalFactor().compareTo(BigDecimal.ONE) != 0) {
            out.println("x " + plain(cost.regionalFactor()) + ", for the call may not leave its region");
        }
        if (cost.batchFactor() != null) {
            out.println("x " + plain(cost.batchFactor()) + ", for a call of a batch");
        }
        out.println("cost $" + plain(cost.usd()));
        PriceRow row = PriceRow.of(cost.price());
        out.println("by the price of " + row.model() + " of " + row.provider() + conditions(row) + ", checked "
                + row.checked() + ", from: " + row.source());
        long age = ChronoUnit.DAYS.between(cost.price().checked(), day);
        if (age > OLD_DAYS) {
            out.println("That was " + age + " days before the call: compare it with the provider's page.");
        }
    }

    void print(PriceComparison comparison) {
        TextTable table = new TextTable(
                List.of("", "provider", "model", "column", "here", "there", "nearest here"), Set.of(0, 1, 2, 3, 6));
        comparison
                .differing()
                .forEach(difference -> table.add(List.of(
                        "differs",
                        difference.provider(),
                        difference.model() + conditions(difference.fromPromptTokens(), difference.validFrom()),
                        difference.column(),
                        PriceRow.cell(difference.here()),
                        PriceRow.cell(difference.there()),
                        "")));
        comparison
                .onlyHere()
                .forEach(row -> table.add(List.of(
                        "only here",
                        row.provider(),
                        row.model() + conditions(row),
                        "input, output",
                        both(row),
                        "",
                        "")));
        comparison
                .onlyThere()
                .forEach(unknown -> table.add(List.of(
                        "only there",
                        unknown.row().provider(),
                        unknown.row().model() + conditions(unknown.row()),
                        "input, output",
                        "",
                        both(unknown.row()),
                        unknown.nearest() == null ? "" : unknown.nearest())));
        if (!comparison.equal()) {
            print(table);
        }
        out.println("same: " + comparison.same() + ", figures that differ: "
                + comparison.differing().size() + ", only here: "
                + comparison.onlyHere().size() + ", only there: "
                + comparison.onlyThere().size());
    }

    private void print(TextTable table) {
        table.lines().forEach(out::println);
    }

    private static String both(PriceRow row) {
        return row.input().toPlainString() + ", " + row.output().toPlainString();
    }

    private static String conditions(PriceRow row) {
        return conditions(row.fromPromptTokens(), row.validFrom());
    }

    private static String conditions(long fromPromptTokens, @Nullable String validFrom) {
        return (fromPromptTokens == 0 ? "" : " from " + number(fromPromptTokens) + " input tokens")
                + (validFrom == null ? "" : " from " + validFrom);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
