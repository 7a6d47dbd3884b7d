package io.bookstore.genai.prices;

import io.bookstore.llm.cost.Price;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of the list as {@code --json} prints it, and as cells of a table; dollars per million tokens, unknown members are absent. */
record PriceRow(
        String provider,
        String model,
        BigDecimal input,
        BigDecimal output,
        @Nullable BigDecimal cacheRead,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal cacheWriteOneHour,
        long fromPromptTokens,
        @Nullable String validFrom,
        BigDecimal regionalFactor,
        @Nullable BigDecimal batchFactor,
        String checked,
        String source) {

    static final List<String> HEADS = List.of(
            "provider",
            "model",
            "input",
            "output",
            "cache read",
            "cache write",
            "write 1h",
            "from tokens",
            "valid from",
            "checked",
            "source");

    /** The columns that are no figures. */
    static final Set<Integer> NAMES = Set.of(0, 1, 8, 9, 10);

    static PriceRow of(Price price) {
        return new PriceRow(
                price.provider(),
                price.model(),
                price.rates().input(),
                price.rates().output(),
                price.rates().cacheRead(),
                price.rates().cacheWrite(),
                price.rates().cacheWriteOneHour(),
                price.fromPromptTokens(),
                price.validFrom() == null ? null : price.validFrom().toString(),
                price.regionalFactor(),
                price.batchFactor(),
                price.checked().toString(),
                price.source());
    }

    /** Returns the figures of the row by the names of the file's columns. */
    Map<String, @Nullable BigDecimal> figures() {
        Map<String, @Nullable BigDecimal> figures = new LinkedHashMap<>();
        figures.put("input", input);
        figures.put("output", output);
        figures.put("cache read", cacheRead);
        figures.put("cache write", cacheWrite);
        figures.put("cache write 1h", cacheWriteOneHour);
        figures.put("regional factor", regionalFactor);
        figures.put("batch factor", batchFactor);
        return figures;
    }

    /** Returns the cells under {@link #HEADS}. */
    List<String> cells() {
        return List.of(
                provider,
                model,
                input.toPlainString(),
                output.toPlainString(),
                cell(cacheRead),
                cell(cacheWrite),
                cell(cacheWriteOneHour),
                fromPromptTokens == 0 ? "" : String.valueOf(fromPromptTokens),
                Objects.requireNonNullElse(validFrom, ""),
                checked,
                source);
    }

    static String cell(@Nullable BigDecimal price) {
        return price == null ? "" : price.toPlainString();
    }
}
