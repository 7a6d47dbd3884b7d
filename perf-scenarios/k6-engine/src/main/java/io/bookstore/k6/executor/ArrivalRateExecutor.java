package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;

/** The common part of the executors that start iterations at a rate, however long those take. */
interface ArrivalRateExecutor extends Executor {

    /** The time in which as many iterations start as the rate says. */
    Duration timeUnit();

    /** The number of virtual users that exist before the test starts. */
    int preAllocatedVus();

    /** A new schedule of all starts. */
    ArrivalSchedule schedule();

    @Override
    default int initialVus() {
        return preAllocatedVus();
    }

    @Override
    default void run(ScenarioRun scenario) throws InterruptedException {
        new ArrivalRateRun(scenario, this).run();
    }

    @Override
    default void describe(ObjectNode scenario) {
        scenario.put("timeUnit", DurationText.of(timeUnit()))
                .put("preAllocatedVUs", preAllocatedVus())
                .put("maxVUs", maxVus());
    }

    /** Converts a rate of this executor, in iterations per time unit. */
    default int perMinute(int rate) {
        return (int) Math.round(rate * 60 / unitSeconds());
    }

    default double unitSeconds() {
        return timeUnit().toNanos() / 1e9;
    }

    static Duration readTimeUnit(OptionsNode node) {
        return node.positive("timeUnit", Duration.ofSeconds(1));
    }

    static int readPreAllocatedVus(OptionsNode node) {
        if (!node.has("preAllocatedVUs")) {
            throw ScriptFault.configuration(node.place("preAllocatedVUs") + " is missing; give it a whole number.");
        }
        return node.atLeast(0, "preAllocatedVUs", 0);
    }

    static int readMaxVus(OptionsNode node, int preAllocated) {
        int max = node.integer("maxVUs", preAllocated);
        if (max < Math.max(1, preAllocated)) {
            throw ScriptFault.configuration("%s must be at least 1 and not smaller than preAllocatedVUs (%d), was %d."
                    .formatted(node.place("maxVUs"), preAllocated, max));
        }
        return max;
    }
}
