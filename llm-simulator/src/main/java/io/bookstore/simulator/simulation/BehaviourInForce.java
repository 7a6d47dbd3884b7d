package io.bookstore.simulator.simulation;

import io.bookstore.simulator.cache.PromptCache;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.latency.Slots;
import io.bookstore.simulator.limit.Caller;
import io.bookstore.simulator.limit.Limiter;
import io.bookstore.simulator.limit.Limiters;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.WireFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A behaviour since the moment it came into force, with the buckets that its limits fill. Thread-safe. */
final class BehaviourInForce {

    private final Behaviour behaviour;
    private final Instant since;
    private final Limiter unlimited;
    private final Limiters limiters;
    private final Map<String, PromptCache> caches = new ConcurrentHashMap<>();
    private final Map<String, Slots> slots = new ConcurrentHashMap<>();

    BehaviourInForce(Behaviour behaviour, Instant since) {
        this.behaviour = behaviour;
        this.since = since;
        this.unlimited = new Limiter(Limits.NONE, false, since);
        this.limiters = new Limiters(behaviour.limits(), since);
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /**
     * The buckets of a request; each free operation has some of its own, and a request in a batch has none.
     *
     * @param model null if the request could not be read that far
     */
    Limiter limiter(
            WireFormat format, Operation operation, @Nullable InBatch batch, Caller caller, @Nullable String model) {
        if (batch != null) {
            return unlimited;
        }
        String provider = format.provider();
        return operation.isFree()
                ? limiters.ofFree(provider, operation.text(), format.limitsRefused(), caller, model)
                : limiters.of(provider, format.limitsRefused(), caller, model);
    }

    PromptCache cache(String provider) {
        return caches.computeIfAbsent(provider, name -> new PromptCache(behaviour.promptCache()));
    }

    /** Takes the next slot of a provider for an answer, which a free one and one in a batch do not need; null if its queue is full. */
    @Nullable
    SlotWait takeSlot(
            String provider,
            Operation operation,
            @Nullable InBatch batch,
            ResponsePlan plan,
            Draws draws,
            Instant now) {
        if (batch != null) {
            return batch.delay();
        }
        if (operation.isFree()) {
            return SlotWait.NONE;
        }
        return slots.computeIfAbsent(
                        provider, name -> new Slots(behaviour.profile().serving()))
                .take(Duration.between(since, now).toNanos(), plan, draws);
    }

    /** The fault of a request: that which it asks for, else that of its rule, else that of the plan. */
    @Nullable
    Fault fault(@Nullable Fault asked, @Nullable ChosenResponse chosen, Draws draws, Instant now) {
        if (asked != null) {
            return asked;
        }
        Fault own = chosen == null ? null : chosen.response().fault();
        return own == null ? behaviour.faults().fault(Duration.between(since, now), draws.stream("fault")) : own;
    }
}
