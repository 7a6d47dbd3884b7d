package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.k6.vu.VirtualUser;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Virtual users take the next iteration from one counter until it is used up. */
record SharedIterations(int vus, long iterations, Duration maxDuration) implements Executor {
    static final ExecutorType TYPE = new ExecutorType(
            "shared-iterations",
            Set.of("vus", "iterations", "maxDuration"),
            node -> read(node, node.atLeast(1, "vus", 1), 1, "maxDuration"));

    /** @param limit the key of the longest duration, which the shortcut calls otherwise than a scenario */
    static SharedIterations read(OptionsNode node, int vus, int defaultIterations, String limit) {
        int iterations = node.atLeast(1, "iterations", defaultIterations);
        if (iterations < vus) {
            throw ScriptFault.configuration(
                    "%s (%d) must not be smaller than vus (%d).".formatted(node.place("iterations"), iterations, vus));
        }
        return new SharedIterations(vus, iterations, node.atLeastOneSecond(limit, ScenarioReader.DEFAULT_MAX_DURATION));
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
        return iterations;
    }

    @Override
    public void describe(ObjectNode scenario) {
        scenario.put("vus", vus).put("iterations", iterations).put("maxDuration", DurationText.of(maxDuration));
    }

    @Override
    public void run(ScenarioRun scenario) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        scenario.measureProgress(() -> Math.min(1, next.get() / (double) iterations));
        scenario.runVus(vus, vu -> work(scenario, vu, next));
        scenario.drop(iterations - Math.min(next.get(), iterations));
    }

    private void work(ScenarioRun scenario, VirtualUser vu, AtomicLong next) {
        while (scenario.open() && next.getAndIncrement() < iterations) {
            scenario.iterate(vu);
        }
    }
}
