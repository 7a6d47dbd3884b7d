package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.vu.VirtualUser;
import java.time.Duration;
import java.util.Set;

/** Each virtual user runs one iteration after the other until the time is over. */
record ConstantVus(int vus, Duration duration) implements Executor {
    static final ExecutorType TYPE = new ExecutorType(
            "constant-vus",
            Set.of("vus", "duration"),
            node -> new ConstantVus(node.atLeast(1, "vus", 1), node.atLeastOneSecond("duration")));

    @Override
    public String name() {
        return TYPE.name();
    }

    @Override
    public int maxVus() {
        return vus;
    }

    @Override
    public double volume() {
        return vus * (duration.toNanos() / 1e9);
    }

    @Override
    public void describe(ObjectNode scenario) {
        scenario.put("vus", vus).put("duration", DurationText.of(duration));
    }

    @Override
    public void run(ScenarioRun scenario) throws InterruptedException {
        scenario.runVus(vus, vu -> work(scenario, vu));
    }

    private static void work(ScenarioRun scenario, VirtualUser vu) {
        while (scenario.open()) {
            scenario.iterate(vu);
        }
    }
}
