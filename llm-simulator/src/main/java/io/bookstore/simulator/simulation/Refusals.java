package io.bookstore.simulator.simulation;

import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.limit.Admission.Limited;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Refusal;
import org.jspecify.annotations.Nullable;

/** The refusals of the simulation itself: by a fault, and by a limit. */
final class Refusals {

    private Refusals() {}

    /** The refusal that a fault puts in the place of an answer; null if the provider answers. */
    static @Nullable Refusal ofFault(@Nullable Fault fault, GenerationRequest generation) {
        if (fault instanceof Fault.Refused refused) {
            return refused.refusal();
        }
        if (fault instanceof Fault.QuotaExhausted exhausted) {
            return exhausted.refusal();
        }
        // A document has no event to tell an error by.
        boolean untold = fault instanceof Fault.Broken broken
                && broken.kind() == AnswerFault.ERROR_EVENT
                && !generation.streaming();
        return untold ? Refusal.of(Refusal.Kind.OVERLOADED, "Injected fault error-event") : null;
    }

    static Refusal overLimit(Limited limited) {
        return switch (limited.lack()) {
            case SIZE ->
                Refusal.of(
                        Refusal.Kind.TOKENS_LIMITED,
                        "Request too large: it asks for more tokens than your per-minute rate limit has; reduce the"
                                + " prompt or the maximum of output tokens");
            case TOKENS ->
                new Refusal(
                        Refusal.Kind.TOKENS_LIMITED,
                        "Number of tokens has exceeded your per-minute rate limit",
                        limited.retryAfter());
            case REQUESTS ->
                new Refusal(
                        Refusal.Kind.RATE_LIMITED,
                        "Number of requests has exceeded your per-minute rate limit",
                        limited.retryAfter());
            case ACCELERATION ->
                new Refusal(
                        Refusal.Kind.RATE_LIMITED,
                        "Number of requests has exceeded your rate limit: usage rises too steeply, ramp up gradually",
                        limited.retryAfter());
        };
    }
}
