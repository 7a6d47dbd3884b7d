package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.results.Evidence;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Tells the answers to a new input of a model from those to an input that the run had before. */
final class InputRecorder {

    /** The metadata by which a script tells what a request asked the model; equal for requests that ask the same. */
    static final String INPUT = "input";

    /** Bits of an input's hash: a set of all that there are takes 2 MiB, however long the run is. */
    private static final int HASH_BITS = 24;

    private final BitSet seen = new BitSet();
    private final TrendSink firsts = TrendSink.small();
    private final TrendSink repeats = TrendSink.small();

    void add(Sample sample) {
        String input = sample.metric().equals(MetricNames.HTTP_REQ_DURATION)
                ? sample.metadata().get(INPUT)
                : null;
        // A refusal comes at once, so its time says nothing about who answers.
        if (input != null && !sample.outsideOfTheLoad() && isGood(sample)) {
            int hash = hash(input);
            (seen.get(hash) ? repeats : firsts).add(sample.value());
            seen.set(hash);
        }
    }

    private static boolean isGood(Sample sample) {
        return sample.tags().getOrDefault("status", "").startsWith("2");
    }

    /** Spreads the input by the golden ratio, for texts that differ in their end alone have hash codes side by side. */
    private static int hash(String input) {
        return (input.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - HASH_BITS);
    }

    /** Null if the script told no input. */
    Evidence.@Nullable Inputs inputs() {
        return firsts.empty()
                ? null
                : new Evidence.Inputs(
                        firsts.count() + repeats.count(),
                        repeats.count(),
                        firsts.percentile(50),
                        repeats.percentile(50));
    }
}
