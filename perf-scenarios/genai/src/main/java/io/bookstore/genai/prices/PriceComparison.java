package io.bookstore.genai.prices;

import io.bookstore.llm.cost.Price;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.perf.scenario.Nearest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list in force beside that of a file. Two rows are of one price if provider, model, tier and first day are the same.
 *
 * @param same      the number of prices that are equal
 * @param differing those that are not, a figure each
 * @param onlyHere  the rows that the file lacks
 * @param onlyThere the rows of the file alone
 */
record PriceComparison(int same, List<Difference> differing, List<PriceRow> onlyHere, List<Unknown> onlyThere) {

    record Difference(
            String provider,
            String model,
            long fromPromptTokens,
            @Nullable String validFrom,
            String column,
            @Nullable BigDecimal here,
            @Nullable BigDecimal there) {}

    /** @param nearest the model of the list in force that has nearly the same name; null if none has */
    record Unknown(PriceRow row, @Nullable String nearest) {}

    static PriceComparison of(PriceList listHere, PriceList listThere) {
        Map<Key, PriceRow> here = byKey(listHere);
        Map<Key, PriceRow> there = byKey(listThere);
        Set<String> models = here.keySet().stream().map(Key::model).collect(Collectors.toSet());
        List<Difference> differing = new ArrayList<>();
        List<PriceRow> onlyHere = new ArrayList<>();
        int same = 0;
        for (Map.Entry<Key, PriceRow> row : here.entrySet()) {
            PriceRow other = there.remove(row.getKey());
            if (other == null) {
                onlyHere.add(row.getValue());
                continue;
            }
            List<Difference> found = differences(row.getValue(), other);
            differing.addAll(found);
            same += found.isEmpty() ? 1 : 0;
        }
        return new PriceComparison(
                same,
                differing,
                onlyHere,
                there.values().stream()
                        .map(row ->
                                new Unknown(row, Nearest.to(row.model(), models).orElse(null)))
                        .toList());
    }

    boolean equal() {
        return differing.isEmpty() && onlyHere.isEmpty() && onlyThere.isEmpty();
    }

    private static List<Difference> differences(PriceRow here, PriceRow there) {
        Map<String, @Nullable BigDecimal> others = there.figures();
        List<Difference> differences = new ArrayList<>();
        here.figures().forEach((column, price) -> {
            BigDecimal other = others.get(column);
            boolean equal = price == null || other == null ? Objects.equals(price, other) : price.compareTo(other) == 0;
            if (!equal) {
                differences.add(new Difference(
                        here.provider(),
                        here.model(),
                        here.fromPromptTokens(),
                        here.validFrom(),
                        column,
                        price,
                        other));
            }
        });
        return differences;
    }

    private static Map<Key, PriceRow> byKey(PriceList prices) {
        Map<Key, PriceRow> rows = new LinkedHashMap<>();
        for (Price price : PricesCommand.sorted(prices.rows())) {
            PriceRow row = PriceRow.of(price);
            // Of rows with the same key the first one counts, as in the list itself.
            rows.putIfAbsent(new Key(row.provider(), row.model(), row.fromPromptTokens(), row.validFrom()), row);
        }
        return rows;
    }

    private record Key(
            String provider,
            String model,
            long fromPromptTokens,
            @Nullable String validFrom) {}
}
