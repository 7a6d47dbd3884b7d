package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.DurationText;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;
import java.util.Set;

/** Iterations start evenly spaced. */
record ConstantArrivalRate(int rate, Duration timeUnit, Duration duration, int preAllocatedVus, int maxVus)
        implements ArrivalRateExecutor {
    static final ExecutorType TYPE = new ExecutorType(
            "constant-arrival-rate",
            Set.of("rate", "timeUnit", "duration", "preAllocatedVUs", "maxVUs"),
            ConstantArrivalRate::read);

    private static ConstantArrivalRate read(OptionsNode node) {
        if (!node.has("rate")) {
            throw ScriptFault.configuration(node.place("rate") + " is missing; give it a whole number above 0.");
        }
        int preAllocated = ArrivalRateExecutor.readPreAllocatedVus(node);
        return new ConstantArrivalRate(
                node.atLeast(1, "rate", 0),
                ArrivalRateExecutor.readTimeUnit(node),
                node.atLeastOneSecond("duration"),
                preAllocated,
                ArrivalRateExecutor.readMaxVus(node, preAllocated));
    }

    @Override
    public String name() {
        return TYPE.name();
    }

    @Override
    public int peak() {
        return perMinute(rate);
    }

    @Override
    public double volume() {
        return rate * (duration.toNanos() / 1e9) / unitSeconds();
    }

    @Override
    public void describe(ObjectNode scenario) {
        ArrivalRateExecutor.super.describe(scenario.put("rate", rate).put("duration", DurationText.of(duration)));
    }

    @Override
    public ArrivalSchedule schedule() {
        return ArrivalSchedule.of(this);
    }
}
