package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.metrics.Sample;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DollarLimitTest {

    private static final EngineOutcome INTERRUPTED = new EngineOutcome(105, "The run was interrupted.");

    private int interruptions;

    @Test
    void runIsStoppedOnceItHasCostMore() {
        DollarLimit limit = running(0.01);

        limit.sample(sample("llm_cost_usd", 0.01));
        assertThat(interruptions).isZero();
        limit.sample(sample("llm_cost_usd", 0.002));
        limit.sample(sample("llm_cost_usd", 0.002));

        assertThat(interruptions).isEqualTo(1);
        assertThat(limit.outcome(INTERRUPTED))
                .isEqualTo(new EngineOutcome(79, "Stopped at $0.0120: --max-usd allows $0.01."));
    }

    @Test
    void serviceThatTellsNoCostCannotBeLimited() {
        DollarLimit limit = running(5);

        for (int i = 0; i < 10; i++) {
            limit.sample(sample("llm_operations", 1));
        }

        assertThat(interruptions).isEqualTo(1);
        assertThat(limit.outcome(INTERRUPTED).problem())
                .isEqualTo(
                        "Stopped after 10 answers: the service tells no cost, so --max-usd cannot hold; leave it out to"
                                + " run all the same.");
    }

    @Test
    void withinTheLimitTheEngineHasTheWord() {
        DollarLimit limit = running(5);

        limit.sample(sample("llm_cost_usd", 4.9));
        limit.sample(sample("http_reqs", 100));

        assertThat(interruptions).isZero();
        assertThat(limit.outcome(new EngineOutcome(0, null))).isEqualTo(new EngineOutcome(0, null));
    }

    @Test
    void costThatIsKnownBeforeTheRunCanBeStoppedStopsItAtOnce() {
        DollarLimit limit = new DollarLimit(0.01);

        limit.sample(sample("llm_cost_usd", 1));
        limit.started(run());

        assertThat(interruptions).isEqualTo(1);
    }

    private DollarLimit running(double usd) {
        DollarLimit limit = new DollarLimit(usd);
        limit.started(run());
        return limit;
    }

    private EngineRun run() {
        return new EngineRun() {
            @Override
            public EngineOutcome await() {
                return INTERRUPTED;
            }

            @Override
            public void interrupt() {
                interruptions++;
            }
        };
    }

    private static Sample sample(String metric, double value) {
        return new Sample(metric, Instant.EPOCH, value, Map.of());
    }
}
