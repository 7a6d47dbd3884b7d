package io.bookstore.genai.prices;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.Price;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.Rates;
import io.bookstore.llm.cost.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a call, line by line.
 *
 * @param price          the row of the list
 * @param lines          the tokens of each price
 * @param regionalFactor what the sum of the lines is multiplied by; 1 where the region makes no difference
 * @param batchFactor    the same for a call of a batch; null for any other
 * @param usd            the cost as the library computes it
 */
record CallCost(
        Price price,
        List<Line> lines,
        BigDecimal regionalFactor,
        @Nullable BigDecimal batchFactor,
        BigDecimal usd) {

    private static final int MILLION_DIGITS = 6;

    /**
     * A price and its tokens.
     *
     * @param rate       dollars per million
     * @param borrowedOf the kind of token whose price this is, for the row has none of its own; null if it has
     */
    record Line(
            String kind,
            long tokens,
            BigDecimal rate,
            @Nullable String borrowedOf) {

        BigDecimal usd() {
            return rate.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION_DIGITS);
        }
    }

    /** Returns the cost of a call; null if the list does not tell it. */
    static @Nullable CallCost of(
            PriceList prices, String provider, String model, TokenUsage usage, LocalDate day, boolean batch) {
        Cost cost = batch
                ? prices.batchCost(provider, model, model, usage, day)
                : prices.cost(provider, model, model, usage, day);
        Price price = prices.price(provider, model, orZero(usage.input()), day);
        return cost == null || price == null
                ? null
                : new CallCost(
                        price,
                        lines(price.rates(), usage),
                        price.factorFor(model),
                        batch ? price.batchFactor() : null,
                        cost.usd());
    }

    private static List<Line> lines(Rates rates, TokenUsage usage) {
        long read = orZero(usage.cacheRead());
        long written = orZero(usage.cacheWrite());
        long forAnHour = orZero(usage.cacheWriteOneHour());
        Line input = new Line("input", orZero(usage.input()) - read - written, rates.input(), null);
        Line write = line("cache write", written - forAnHour, rates.cacheWrite(), input);
        return Stream.of(
                        input,
                        line("cache read", read, rates.cacheRead(), input),
                        write,
                        line("cache write 1h", forAnHour, rates.cacheWriteOneHour(), write),
                        new Line("output", orZero(usage.output()), rates.output(), null))
                .filter(line -> line.tokens() > 0)
                .toList();
    }

    private static Line line(String kind, long tokens, @Nullable BigDecimal rate, Line other) {
        return rate == null
                ? new Line(kind, tokens, other.rate(), other.borrowedOf() == null ? other.kind() : other.borrowedOf())
                : new Line(kind, tokens, rate, null);
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }
}
