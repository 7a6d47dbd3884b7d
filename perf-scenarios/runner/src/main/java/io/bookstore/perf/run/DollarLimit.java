package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Stops a run when its answers have cost more than it may. Requests under way then are not counted yet: each virtual user
 * may add one.
 */
final class DollarLimit implements SampleSink {

    /** After so many answers without a cost it is certain that the service tells none. */
    private static final int ANSWERS_UNTIL_UNKNOWN = 10;

    private final double limitUsd;
    private double spentUsd;
    private int costs;
    private int answers;
    private @Nullable EngineRun run;
    private @Nullable String stopped;

    /** @param limitUsd infinite for none */
    DollarLimit(double limitUsd) {
        this.limitUsd = limitUsd;
    }

    synchronized void started(EngineRun started) {
        run = started;
        if (stopped != null) {
            started.interrupt();
        }
    }

    @Override
    public void metric(Metric metric) {
        // The names of the samples are enough.
    }

    @Override
    public synchronized void sample(Sample sample) {
        if (limitUsd == Double.POSITIVE_INFINITY) {
            return;
        }
        if (sample.metric().equals(MetricNames.LLM_COST_USD)) {
            costs++;
            spentUsd += sample.value();
            if (spentUsd > limitUsd) {
                stop(String.format(Locale.ROOT, "Stopped at $%.4f: --max-usd allows $%s.", spentUsd, plain(limitUsd)));
            }
        } else if (sample.metric().equals(MetricNames.LLM_OPERATIONS)
                && ++answers >= ANSWERS_UNTIL_UNKNOWN
                && costs == 0) {
            stop(
                    "Stopped after " + answers
                            + " answers: the service tells no cost, so --max-usd cannot hold; leave it out to run all the same.");
        }
    }

    /** The engine's outcome, or why this limit ended the run. */
    synchronized EngineOutcome outcome(EngineOutcome engine) {
        return stopped == null ? engine : new EngineOutcome(ExitCode.SPENT.value(), stopped);
    }

    private void stop(String why) {
        if (stopped != null) {
            return;
        }
        stopped = why;
        if (run != null) {
            run.interrupt();
        }
    }

    private static String plain(double usd) {
        return java.math.BigDecimal.valueOf(usd).stripTrailingZeros().toPlainString();
    }
}
