package io.bookstore.simulator.fit;

import io.bookstore.simulator.latency.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The calls that tell how fast a provider is, each with what was under way beside it. */
final class Measured {

    /** The fewest calls of a fit; with fewer, the intervals are as wide as the numbers. */
    static final int FEWEST = 30;

    private static final int MOST_TOKENS_PER_CHUNK = 64;

    // A pace beyond so many deviations has a pause in it; chance brings one of four thousand there.
    private static final double LONGEST = 3.5;
    private static final double SHORTEST_PAUSE_MS = 100;

    // The deviation of a normal distribution by the median distance from its middle.
    private static final double DEVIATION = 1.4826;

    /**
     * @param others how many other calls were served when it arrived
     * @param told   its first token and its pace
     */
    record One(Call call, int others, Evidence.Told told) {}

    private final Evidence evidence;
    private final List<One> streams;
    private final int tokensPerChunk;
    private final int paused;

    private Measured(Evidence evidence, List<One> streams, int tokensPerChunk, int paused) {
        this.evidence = evidence;
        this.streams = List.copyOf(streams);
        this.tokensPerChunk = tokensPerChunk;
        this.paused = paused;
    }

    /**
     * Returns the calls by the best evidence of which there is enough, else by the best of which there is some.
     *
     * @param base for what they do not tell
     */
    static Measured of(List<Call> calls, Profile base) {
        List<Measured> all = Arrays.stream(Evidence.values())
                .map(evidence -> of(calls, evidence, base))
                .toList();
        return all.stream()
                .filter(each -> each.streams.size() >= FEWEST)
                .findFirst()
                .or(() -> all.stream().filter(each -> !each.streams.isEmpty()).findFirst())
                .orElse(all.get(0));
    }

    private static Measured of(List<Call> calls, Evidence evidence, Profile base) {
        List<Call> byTime = calls.stream()
                .filter(Call::wasServed)
                .sorted(Comparator.comparing(Call::time))
                .toList();
        int tokensPerChunk = evidence == Evidence.CHUNKS
                ? tokensPerChunk(byTime)
                : base.latency().decode().tokensPerChunk();
        PriorityQueue<Instant> underWay = new PriorityQueue<>();
        List<One> streams = new ArrayList<>();
        for (Call call : byTime) {
            while (!underWay.isEmpty() && !underWay.element().isAfter(call.time())) {
                underWay.remove();
            }
            Evidence.Told told = evidence.of(call, tokensPerChunk, base);
            if (told != null) {
                streams.add(new One(call, underWay.size(), told));
            }
            underWay.add(call.time().plus(Duration.ofNanos(Math.round(call.durationMs() * 1e6))));
        }
        // A pause would count as slow tokens. Of whole answers no spread is fitted, and a slow first token is none.
        List<One> steady = evidence == Evidence.FIRST_AND_END ? withoutPauses(streams) : streams;
        return new Measured(evidence, steady, tokensPerChunk, streams.size() - steady.size());
    }

    /** Leaves out answers that took far longer than their length explains: one stall would count as a slow token each. */
    private static List<One> withoutPauses(List<One> streams) {
        if (streams.size() < FEWEST) {
            return streams;
        }
        double[] paces = Numbers.freedPaces(streams, mostAtOnce(streams) > 1);
        double middle = Goodness.quantile(sorted(paces), 0.5);
        // Pauses are above the middle alone.
        double[] below = Arrays.stream(paces)
                .filter(pace -> pace <= middle)
                .map(pace -> middle - pace)
                .toArray();
        double longest = middle + LONGEST * DEVIATION * Goodness.quantile(sorted(below), 0.5);
        List<One> steady = new ArrayList<>();
        for (int i = 0; i < paces.length; i++) {
            One one = streams.get(i);
            double share = 1 - Math.exp(middle - paces[i]);
            double beyondMs = share * (one.call().durationMs() - one.told().ttftMs());
            if (paces[i] <= longest || beyondMs <= SHORTEST_PAUSE_MS) {
                steady.add(one);
            }
        }
        return steady.size() < FEWEST ? streams : steady;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    Evidence evidence() {
        return evidence;
    }

    List<One> streams() {
        return streams;
    }

    int tokensPerChunk() {
        return tokensPerChunk;
    }

    /** The number of whole answers that were left out for a pause in them. */
    int paused() {
        return paused;
    }

    /** The most calls that were served at once. */
    int mostAtOnce() {
        return mostAtOnce(streams);
    }

    private static int mostAtOnce(List<One> streams) {
        return 1 + streams.stream().mapToInt(One::others).max().orElse(0);
    }

    /** The number of tokens that explains the number of chunks of most answers. */
    private static int tokensPerChunk(List<Call> calls) {
        int best = 1;
        long mostExplained = -1;
        for (int tokens = 1; tokens <= MOST_TOKENS_PER_CHUNK; tokens++) {
            int each = tokens;
            long explained = calls.stream()
                    .filter(Call::tellsPace)
                    .filter(call -> call.chunks() == 1 + (call.outputTokens() - 1 + each - 1) / each)
                    .count();
            if (explained > mostExplained) {
                best = tokens;
                mostExplained = explained;
            }
        }
        long streams = calls.stream().filter(Call::tellsPace).count();
        return 2 * mostExplained >= streams ? best : meanTokensPerChunk(calls);
    }

    private static int meanTokensPerChunk(List<Call> calls) {
        double ratio = calls.stream()
                .filter(Call::tellsPace)
                .filter(call -> call.chunks() > 1)
                .mapToDouble(call -> (call.outputTokens() - 1.0) / (call.chunks() - 1))
                .average()
                .orElse(1);
        return (int) Math.max(1, Math.min(MOST_TOKENS_PER_CHUNK, Math.round(ratio)));
    }
}
