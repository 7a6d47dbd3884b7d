package io.bookstore.k6.executor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.options.OptionsNode;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.k6.run.RunPlan.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Iterations start at a rate that follows the stages. */
record RampingArrivalRate(int startRate, Duration timeUnit, List<Stage> stages, int preAllocatedVus, int maxVus)
        implements ArrivalRateExecutor {
    static final ExecutorType TYPE = new ExecutorType(
            "ramping-arrival-rate",
            Set.of("startRate", "timeUnit", "stages", "preAllocatedVUs", "maxVUs"),
            RampingArrivalRate::read);

    RampingArrivalRate {
        stages = List.copyOf(stages);
    }

    private static RampingArrivalRate read(OptionsNode node) {
        List<Stage> stages = node.stages();
        int preAllocated = ArrivalRateExecutor.readPreAllocatedVus(node);
        return new RampingArrivalRate(
                node.atLeast(0, "startRate", 0),
                ArrivalRateExecutor.readTimeUnit(node),
                stages,
                preAllocated,
                ArrivalRateExecutor.readMaxVus(node, preAllocated));
    }

    @Override
    public String name() {
        return TYPE.name();
    }

    @Override
    public Duration duration() {
        return RunPlan.total(stages);
    }

    @Override
    public int start() {
        return startRate;
    }

    @Override
    public int peak() {
        return perMinute(Math.max(startRate, RunPlan.highest(stages)));
    }

    @Override
    public double volume() {
        return RunPlan.area(startRate, stages) / unitSeconds();
    }

    @Override
    public void describe(ObjectNode scenario) {
        ArrivalRateExecutor.super.describe(scenario.put("startRate", startRate));
    }

    @Override
    public ArrivalSchedule schedule() {
        return ArrivalSchedule.of(this);
    }
}
