package io.bookstore.simulator.fit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/** The calls that tell how fast a provider is, each with what was under way beside it. */
final class Measured {

    private static final int MOST_TOKENS_PER_CHUNK = 64;

    /**
     * @param others how many other calls were served when it arrived
     * @param pace   of its stream
     */
    record One(Call call, int others, StreamPace pace) {

        double ttftMs() {
            return Objects.requireNonNull(call.ttftMs());
        }
    }

    private final List<One> streams;
    private final int tokensPerChunk;

    private Measured(List<One> streams, int tokensPerChunk) {
        this.streams = streams;
        this.tokensPerChunk = tokensPerChunk;
    }

    static Measured of(List<Call> calls) {
        List<Call> byTime = calls.stream()
                .filter(Call::wasServed)
                .sorted(Comparator.comparing(Call::time))
                .toList();
        int tokensPerChunk = tokensPerChunk(byTime);
        PriorityQueue<Instant> underWay = new PriorityQueue<>();
        List<One> streams = new ArrayList<>();
        for (Call call : byTime) {
            while (!underWay.isEmpty() && !underWay.element().isAfter(call.time())) {
                underWay.remove();
            }
            StreamPace pace = call.tellsPace() ? StreamPace.of(call, tokensPerChunk) : null;
            if (pace != null) {
                streams.add(new One(call, underWay.size(), pace));
            }
            underWay.add(call.time().plus(Duration.ofNanos(Math.round(call.durationMs() * 1e6))));
        }
        return new Measured(List.copyOf(streams), tokensPerChunk);
    }

    List<One> streams() {
        return streams;
    }

    int tokensPerChunk() {
        return tokensPerChunk;
    }

    /** The most calls that were served at once. */
    int mostAtOnce() {
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
