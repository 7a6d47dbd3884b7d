package io.bookstore.simulator.verdict;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.verdict.Call.Reaction;
import io.bookstore.simulator.verdict.ClientRule.Case;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The waits of one client before its retries, where the provider did not say how long to wait.
 *
 * <p>Full jitter draws the n-th wait between 0 and {@code base * 2^(n-1)}, so one short wait shows nothing. The sum of k
 * such shares is at most s with a chance of {@code s^k / k!} at most: if that is below one in a million, the client did
 * not back off.
 */
final class Backoff {

    // The first waits of the providers' own clients: google-genai's RetryInterceptor, AWS's standard strategy.
    private static final Map<String, Double> BASE_MS = Map.of("gemini", 1_000.0, "bedrock", 50.0);

    // anthropic-java and openai-java; the same for those that have no client with retries.
    private static final double DEFAULT_BASE_MS = 500;

    // Both wait 8 s at most.
    private static final int MOST_DOUBLINGS = 4;

    private static final double LEAST_LOG_CHANCE = Math.log(1e-6);
    private static final double LEAST_GROWTH = 1.2;

    private final String client;
    private final double baseMs;
    private double sharesOfBase;
    private double totalMs;
    private int waits;
    private double firstMs;
    private double lastMs;
    private int sequences;

    private Backoff(String client, String provider) {
        this.client = client;
        this.baseMs = BASE_MS.getOrDefault(provider, DEFAULT_BASE_MS);
    }

    /** The cases: a client each that waited twice in one call. */
    static Stream<Case> cases(List<Call> calls) {
        return Call.byClient(calls).entrySet().stream().flatMap(entry -> {
            Backoff backoff =
                    new Backoff(entry.getKey(), entry.getValue().get(0).provider());
            entry.getValue().forEach(backoff::add);
            return backoff.sequences == 0 ? Stream.empty() : Stream.of(backoff.judged());
        });
    }

    private void add(Call call) {
        List<Double> waited = new ArrayList<>();
        int retry = 0;
        for (Reaction reaction : call.reactions().toList()) {
            Duration pause = reaction.pause();
            if (pause != null && !pause.isNegative() && isOwnChoice(reaction)) {
                double ms = pause.toNanos() / 1e6;
                waited.add(ms);
                sharesOfBase += Math.min(1, ms / (baseMs * (1 << Math.min(retry, MOST_DOUBLINGS))));
                totalMs += ms;
                waits++;
            }
            retry++;
        }
        if (waited.size() > 1) {
            firstMs += waited.get(0);
            lastMs += waited.get(waited.size() - 1);
            sequences++;
        }
    }

    /** A failure after which the client had to choose the wait itself. A fallback to another model needs none. */
    private static boolean isOwnChoice(Reaction reaction) {
        Attempt attempt = reaction.attempt();
        return Call.retryable(attempt)
                && attempt.result().retryAfterMs() == null
                && reaction.next() != null
                && Objects.equals(
                        attempt.asked().model(), reaction.next().asked().model());
    }

    private Case judged() {
        return new Case(
                grows() || logChance() > LEAST_LOG_CHANCE
                        ? null
                        : String.format(
                                Locale.ROOT,
                                "client %s waited %.0f ms on average before %d retries, and not longer from retry to"
                                        + " retry; a base wait is %.0f ms",
                                client,
                                totalMs / waits,
                                waits,
                                baseMs));
    }

    /** Waits in the order of a network's own delays cannot be seen to grow. */
    private boolean grows() {
        return lastMs >= LEAST_GROWTH * firstMs && lastMs / sequences >= ClientRule.TOLERANCE_MS;
    }

    private double logChance() {
        double chance = 0;
        for (int i = 1; i <= waits; i++) {
            chance += Math.log(sharesOfBase / i);
        }
        return chance;
    }
}
