package io.bookstore.simulator;

import io.bookstore.simulator.fault.FaultPlan;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.limit.Limits;

/**
 * What a running simulator does; replaced as a whole, so no request ever sees half a change.
 *
 * @param seed   what all chance is drawn from, together with the key of each request
 * @param limits of every provider; a change refills the buckets
 * @param faults begins anew with every change
 */
public record Behaviour(Profile profile, long seed, Limits limits, FaultPlan faults) {

    private static final Behaviour defaults =
            new Behaviour(Profiles.named("sonnet-class"), 1, Limits.NONE, FaultPlan.NONE);

    public static Behaviour defaults() {
        return defaults;
    }

    public Behaviour withProfile(Profile value) {
        return new Behaviour(value, seed, limits, faults);
    }

    public Behaviour withSeed(long value) {
        return new Behaviour(profile, value, limits, faults);
    }

    public Behaviour withLimits(Limits value) {
        return new Behaviour(profile, seed, value, faults);
    }

    public Behaviour withFaults(FaultPlan value) {
        return new Behaviour(profile, seed, limits, value);
    }
}
