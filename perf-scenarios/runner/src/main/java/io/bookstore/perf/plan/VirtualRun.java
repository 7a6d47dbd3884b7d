package io.bookstore.perf.plan;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.scenario.Pace;
import io.bookstore.perf.slo.Slo;
import io.bookstore.simulator.simulation.Behaviour;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Runs a plan against the simulator's model of a provider in virtual time: an hour of load takes a second. */
public final class VirtualRun {

    private VirtualRun() {}

    /** Runs the plan to its end, without limits of single requests. */
    public static PlannedRun of(RunPlan plan, Pace pace, double scale, ServiceModel model, Behaviour provider) {
        return of(plan, pace, scale, model, provider, Slo.NONE);
    }

    /**
     * Runs the plan to its end.
     *
     * @param plan     its durations are scaled already
     * @param scale    factor on the pauses of users
     * @param provider profile, seed, limits and faults
     * @param limits   what an answer of the model must keep to be good
     */
    public static PlannedRun of(
            RunPlan plan, Pace pace, double scale, ServiceModel model, Behaviour provider, Slo limits) {
        return run(plan, pace, scale, model, provider, limits, () -> false).orElseThrow();
    }

    /** Runs the plan to its end, without limits of single requests; empty if that takes longer than the time that there is. */
    public static Optional<PlannedRun> within(
            Duration time, RunPlan plan, Pace pace, double scale, ServiceModel model, Behaviour provider) {
        long begin = System.nanoTime();
        return run(plan, pace, scale, model, provider, Slo.NONE, () -> System.nanoTime() - begin > time.toNanos());
    }

    private static Optional<PlannedRun> run(
            RunPlan plan,
            Pace pace,
            double scale,
            ServiceModel model,
            Behaviour provider,
            Slo limits,
            BooleanSupplier enough) {
        VirtualTime time = new VirtualTime();
        Tally tally = new Tally(model, limits);
        VirtualService service =
                new VirtualService(time, new VirtualProvider(provider, time), model, tally, provider.seed());
        plan.scenarios()
                .forEach(scenario -> new VirtualLoad(
                                time, service, scenario, pace, scale, plan.minIterationDuration(), provider.seed())
                        .begin());
        return time.run(enough) ? Optional.of(tally.result()) : Optional.empty();
    }
}
