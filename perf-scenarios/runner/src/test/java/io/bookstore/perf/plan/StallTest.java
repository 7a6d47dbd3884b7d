package io.bookstore.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.slo.Slo;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.simulation.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A provider that stalls for 30 s once in 12 minutes, met by five users and by arrivals at the rate of these users. */
class StallTest {

    private static final int SEEDS = 40;
    private static final int USERS = 5;
    private static final int STALL_SECONDS = 30;
    private static final Duration LENGTH = Duration.ofMinutes(12);
    private static final Pace LIKE_AI_LOAD = new Pace(List.of(new Pace.Pause(3, 8)), 1);
    private static final Slo EIGHT_SECONDS =
            new Slo(Map.of(Kind.LLM, new Slo.Limits(null, Duration.ofSeconds(8), null)));

    /**
     * A user who waits for the stall asks nothing meanwhile, so that five users have five bad requests of it, however long it
     * lasts; arrivals go on. An independent simulation of 300 runs had 1.2 and 3.3 %, 2.7 times as many; what the profile's
     * own slow answers add to both is taken off here.
     */
    @Test
    void closedLoopHidesMostOfAStallAndAnOpenLoopShowsIt() {
        RunPlan.Scenario closed = new RunPlan.Scenario("closed", "constant-vus", Duration.ZERO, LENGTH, USERS, 0);
        double arrivals = run(closed, Behaviour.defaults()).summaries();
        RunPlan.Scenario open = new RunPlan.Scenario(
                "open",
                "constant-arrival-rate",
                Duration.ZERO,
                LENGTH,
                (int) (arrivals / LENGTH.toMinutes()),
                arrivals);

        assertThat(medianPercentOfTheStall(closed)).isBetween(1.0, 1.4);
        assertThat(medianPercentOfTheStall(open)).isBetween(2.9, 3.7);
    }

    private static double medianPercentOfTheStall(RunPlan.Scenario load) {
        double[] percents = LongStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> {
                    Behaviour calm = Behaviour.defaults().withSeed(seed);
                    Duration begin = Duration.ofSeconds(60 + 12 * seed);
                    return badPercent(run(load, calm.withFaults(stallAt(begin)))) - badPercent(run(load, calm));
                })
                .sorted()
                .toArray();
        return (percents[SEEDS / 2 - 1] + percents[SEEDS / 2]) / 2;
    }

    private static PlannedRun run(RunPlan.Scenario load, Behaviour provider) {
        return VirtualRun.of(
                new RunPlan(List.of(load)), LIKE_AI_LOAD, 1, ServiceModel.bookStore(), provider, EIGHT_SECONDS);
    }

    /** Whoever asks during the stall gets an answer that starts at its end. */
    private static FaultRule[] stallAt(Duration begin) {
        return IntStream.range(0, STALL_SECONDS)
                .mapToObj(second -> new FaultRule(
                        Fault.parse("stall:" + 1_000 * (STALL_SECONDS - second)),
                        1,
                        begin.plusSeconds(second),
                        begin.plusSeconds(second + 1)))
                .toArray(FaultRule[]::new);
    }

    private static double badPercent(PlannedRun run) {
        return 100.0 * (run.summaries() - run.good()) / run.summaries();
    }
}
