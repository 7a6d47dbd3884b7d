package io.bookstore.simulator.simulation;

import io.bookstore.simulator.cache.CacheMode;
import io.bookstore.simulator.fault.FaultPlan;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.limit.Limits;
import java.util.List;

/**
 * The behaviour of a running simulator; replaced as a whole, so no request ever sees half a change.
 *
 * @param seed   of all random draws, together with the key of each request
 * @param limits of every provider; a change refills the buckets
 * @param faults begins anew with every change
 * @param promptCache of every provider that has one; a change empties it
 */
public record Behaviour(Profile profile, long seed, Limits limits, FaultPlan faults, CacheMode promptCache) {

    private static final Behaviour defaults =
            new Behaviour(Profiles.named("sonnet-class"), 1, Limits.NONE, FaultPlan.NONE, CacheMode.ARRIVAL);

    public static Behaviour defaults() {
        return defaults;
    }

    public Behaviour withProfile(Profile value) {
        return new Behaviour(value, seed, limits, faults, promptCache);
    }

    public Behaviour withSeed(long value) {
        return new Behaviour(profile, value, limits, faults, promptCache);
    }

    public Behaviour withLimits(Limits value) {
        return new Behaviour(profile, seed, value, faults, promptCache);
    }

    /** The same with these faults and no others; the first rule that strikes a request wins. */
    public Behaviour withFaults(FaultRule... rules) {
        return new Behaviour(profile, seed, limits, new FaultPlan(List.of(rules)), promptCache);
    }

    public Behaviour withPromptCache(CacheMode value) {
        return new Behaviour(profile, seed, limits, faults, value);
    }
}
