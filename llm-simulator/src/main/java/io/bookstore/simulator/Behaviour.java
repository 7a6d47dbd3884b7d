package io.bookstore.simulator;

import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;

/**
 * What a running simulator does; replaced as a whole, so no request ever sees half a change.
 *
 * @param seed what all chance is drawn from, together with the key of each request
 */
public record Behaviour(Profile profile, long seed) {

    private static final Behaviour defaults = new Behaviour(Profiles.named("sonnet-class"), 1);

    public static Behaviour defaults() {
        return defaults;
    }

    public Behaviour withProfile(Profile value) {
        return new Behaviour(value, seed);
    }

    public Behaviour withSeed(long value) {
        return new Behaviour(profile, value);
    }
}
