package io.bookstore.simulator.simulation;

import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.limit.Admission.Limited;
import io.bookstore.simulator.limit.Limiter;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.WireError;
import io.bookstore.simulator.wire.WireFormat;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
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

    /** Counts a refusal, unless the key is missing or wrong: it belongs to no limit then. */
    static void count(Refusal refusal, Limiter limiter, Instant now) {
        if (refusal.kind() != Refusal.Kind.NO_KEY && refusal.kind() != Refusal.Kind.AUTHENTICATION) {
            limiter.countRefused(now);
        }
    }

    /** A refusal in the provider's own words. */
    static Step step(WireFormat format, Refusal refusal, String requestId, Map<String, String> more) {
        WireError error = format.error(refusal, requestId);
        Map<String, String> headers = new TreeMap<>(format.requestHeaders(requestId));
        headers.putAll(more);
        headers.putAll(format.refusalHeaders(refusal));
        return new Step.Whole(0, error.status(), "application/json", headers, error.body());
    }
}
