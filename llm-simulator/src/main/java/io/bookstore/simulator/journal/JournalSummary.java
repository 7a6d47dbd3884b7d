package io.bookstore.simulator.journal;

import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.wire.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The journal in a few numbers. Medians are over completed chats, and null where there is none that has the value.
 *
 * @param count    attempts since the journal was last cleared
 * @param kept     attempts still in the journal
 * @param statuses attempts kept by status
 * @param faults   attempts kept by injected fault
 * @param billed   tokens of chats since the journal was last cleared
 */
public record JournalSummary(
        long count,
        int kept,
        Map<Integer, Long> statuses,
        Map<String, Long> faults,
        Medians medians,
        BilledTokens billed) {

    /**
     * Tokens as generated, whatever the answers said about them, over attempts that are no longer kept as well.
     *
     * @param attempts     chats with tokens: answered, cut or abandoned, and not refused
     * @param cachedTokens those of {@code inputTokens} that the provider's cache read or kept
     */
    public record BilledTokens(long attempts, long inputTokens, long cachedTokens, long outputTokens) {

        static final BilledTokens NONE = new BilledTokens(0, 0, 0, 0);

        /** The same with one more attempt, if it is a chat that is billed. */
        BilledTokens and(Attempt attempt) {
            Attempt.Tokens tokens = attempt.result().tokens();
            if (tokens == null || attempt.asked().operation() != Operation.CHAT) {
                return this;
            }
            return new BilledTokens(
                    attempts + 1,
                    inputTokens + tokens.input(),
                    cachedTokens + tokens.cacheRead() + tokens.cacheWritten(),
                    outputTokens + tokens.output());
        }
    }

    /** Medians in milliseconds and tokens. */
    public record Medians(
            @Nullable Double plannedTtftMs,
            @Nullable Double actualTtftMs,
            @Nullable Double plannedDurationMs,
            @Nullable Double actualDurationMs,
            @Nullable Double inputTokens,
            @Nullable Double outputTokens) {}

    static JournalSummary of(long count, List<Attempt> kept, BilledTokens billed) {
        List<Attempt> completed = kept.stream()
                .filter(attempt -> attempt.asked().operation() == Operation.CHAT
                        && attempt.result().outcome() == Outcome.COMPLETED)
                .toList();
        Medians medians = new Medians(
                median(
                        completed,
                        attempt -> attempt.planned() == null
                                ? null
                                : attempt.planned().ttftMs()),
                median(completed, attempt -> attempt.actual().ttftMs()),
                median(
                        completed,
                        attempt -> attempt.planned() == null
                                ? null
                                : attempt.planned().durationMs()),
                median(completed, attempt -> attempt.actual().durationMs()),
                median(
                        completed,
                        attempt -> attempt.result().tokens() == null
                                ? null
                                : (double) attempt.result().tokens().input()),
                median(
                        completed,
                        attempt -> attempt.result().tokens() == null
                                ? null
                                : (double) attempt.result().tokens().output()));
        return new JournalSummary(
                count,
                kept.size(),
                kept.stream()
                        .collect(Collectors.groupingBy(
                                attempt -> attempt.result().status(), TreeMap::new, Collectors.counting())),
                kept.stream()
                        .filter(attempt -> attempt.result().fault() != null)
                        .collect(Collectors.groupingBy(
                                attempt -> String.valueOf(attempt.result().fault()),
                                TreeMap::new,
                                Collectors.counting())),
                medians,
                billed);
    }

    private static @Nullable Double median(List<Attempt> attempts, Function<Attempt, @Nullable Double> value) {
        List<Double> sorted = attempts.stream()
                .map(value)
                .filter(Objects::nonNull)
                .sorted(Comparator.naturalOrder())
                .toList();
        int size = sorted.size();
        return size == 0 ? null : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
