package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.vu.VirtualUser;
import java.time.Duration;
import java.util.Set;

/** Each virtual user runs the same number of iterations. */
record PerVuIterations(int vus, long iterations, Duration maxDuration) implements Executor {
    static final ExecutorType TYPE =
            new ExecutorType("per-vu-iterations", Set.of("vus", "iterations", "maxDuration"), PerVuIterations::read);

    private static PerVuIterations read(OptionsNode node) {
        return new PerVuIterations(
                node.atLeast(1, "vus", 1),
                node.atLeast(1, "iterations", 1),
                node.atLeastOneSecond("maxDuration", ScenarioReader.DEFAULT_MAX_DURATION));
    }

    @Override
    public String name() {
        return TYPE.name();
    }

    @Override
    public Duration duration() {
        return maxDuration;
    }

    @Override
    public int maxVus() {
        return vus;
    }

    @Override
    public double volume() {
        return (double) vus * iterations;
    }

    @Override
    public void describe(ObjectNode scenario) {
        scenario.put("vus", vus).put("iterations", iterations).put("maxDuration", DurationText.of(maxDuration));
    }

    @Override
    public void run(ScenarioRun scenario) throws InterruptedException {
        scenario.runVus(vus, vu -> work(scenario, vu));
    }

    private void work(ScenarioRun scenario, VirtualUser vu) {
        long done = 0;
        while (done < iterations && scenario.open()) {
            scenario.iterate(vu);
            done++;
        }
        scenario.drop(iterations - done);
    }
}
