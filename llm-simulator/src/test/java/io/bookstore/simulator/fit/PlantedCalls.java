package io.bookstore.simulator.fit;

import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.latency.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Calls of a provider whose profile is known, by the simulator's own model and in virtual time. */
final class PlantedCalls {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private PlantedCalls() {}

    /**
     * Streams that arrive at random, with prompts from 50 to 8,000 tokens.
     *
     * @param perSecond mean number of arrivals; 0 for one after the other
     */
    static List<Call> of(Profile profile, int count, double perSecond, long seed) {
        Slots slots = new Slots(profile.serving());
        List<Call> calls = new ArrayList<>();
        long nanos = 0;
        for (int i = 0; i < count; i++) {
            Draws draws = Draws.of(seed, "planted-" + i, 1);
            Draw arrival = draws.stream("arrival");
            int prompt = (int) (50 * Math.pow(160, draws.stream("prompt").uniform()));
            int tokens = profile.outputLength().tokens(draws.stream("length"));
            int perChunk = profile.latency().decode().tokensPerChunk();
            int[] chunks = new int[1 + (tokens - 1 + perChunk - 1) / perChunk];
            Arrays.fill(chunks, perChunk);
            chunks[0] = 1;
            if (chunks.length > 1) {
                chunks[chunks.length - 1] = tokens - 1 - perChunk * (chunks.length - 2);
            }
            ResponsePlan alone = profile.latency().plan(draws, prompt, chunks);
            SlotWait wait = Objects.requireNonNull(slots.take(nanos, alone, draws));
            ResponsePlan plan = alone.after(wait);
            calls.add(new Call(
                    START.plusNanos(nanos),
                    "planted",
                    200,
                    true,
                    prompt,
                    tokens,
                    plan.firstTokenNanos() / 1e6,
                    plan.durationNanos() / 1e6,
                    chunks.length,
                    Arrays.stream(plan.chunkNanos())
                            .mapToDouble(each -> each / 1e6)
                            .toArray()));
            nanos += perSecond == 0
                    ? plan.durationNanos() + Duration.ofSeconds(1).toNanos()
                    : Math.round(-Math.log(arrival.uniform()) / perSecond * 1e9);
        }
        return calls;
    }
}
