package io.bookstore.simulator;

import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.limit.Limiter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A behaviour since the moment it came into force, with the buckets that its limits fill. Thread-safe. */
final class BehaviourInForce {

    private final Behaviour behaviour;
    private final Instant since;
    private final Map<String, Limiter> limiters = new ConcurrentHashMap<>();

    BehaviourInForce(Behaviour behaviour, Instant since) {
        this.behaviour = behaviour;
        this.since = since;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** Each provider has buckets of its own. */
    Limiter limiter(String provider) {
        return limiters.computeIfAbsent(provider, name -> new Limiter(behaviour.limits(), since));
    }

    @Nullable
    Fault fault(Draws draws, Instant now) {
        return behaviour.faults().fault(Duration.between(since, now), draws.stream("fault"));
    }
}
