package io.bookstore.perf.slo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The money that the requests to the model cost, in US dollars. Null is what nobody told.
 *
 * @param usd                     cost that the answers of the run told
 * @param priced                  answers that told it
 * @param scheduled               requests to the model that were scheduled in the steady window
 * @param good                    those of them that met all limits
 * @param perThousandScheduledUsd cost told in the steady window for a thousand scheduled requests
 * @param perThousandGoodUsd      the same for a thousand good ones; null also if there was none
 * @param retries                 attempts that another attempt replaced; null if no source tells attempts
 * @param unused                  attempts, or answers, of requests that failed; null if nothing tells of any
 * @param saved                   answers that a cache gave in place of a call; null if no answer tells of a cache
 * @param models                  the same tokens at each listed model, the cheapest first; empty if no tokens are known
 */
public record Money(
        @Nullable Double usd,
        long priced,
        long scheduled,
        long good,
        @Nullable Double perThousandScheduledUsd,
        @Nullable Double perThousandGoodUsd,
        @Nullable Waste retries,
        @Nullable Waste unused,
        @Nullable Saved saved,
        List<ModelBill> models) {

    public Money {
        models = models == null ? List.of() : List.copyOf(models);
    }

    /**
     * Calls whose answer was not used.
     *
     * @param calls        attempts, or answers where no source tells attempts
     * @param inputTokens  tokens billed for them; null if no source tells them
     * @param outputTokens as {@code inputTokens}
     * @param usd          the tokens at the prices of the run's model, else what the answers told; null if neither is known
     */
    public record Waste(
            long calls,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Double usd) {}

    /** @param usd the answers times the mean cost of an answer that told one; null if none did */
    public record Saved(long answers, @Nullable Double usd) {}

    /**
     * The bill of the run's tokens at the list price of a model.
     *
     * @param ofThisRun true if its price is the one that comes nearest to what the answers told, within 2 %
     */
    public record ModelBill(String provider, String model, double usd, boolean ofThisRun) {}
}
