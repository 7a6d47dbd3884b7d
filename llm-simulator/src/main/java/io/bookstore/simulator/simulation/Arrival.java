package io.bookstore.simulator.simulation;

import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.journal.Attempt.Asked;
import io.bookstore.simulator.journal.Attempt.Key;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.rule.ChosenResponse;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.WireFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request, with all that is drawn for it.
 *
 * @param rule of the own answers that answers it; null if none does
 */
record Arrival(
        WireFormat format,
        Run run,
        Key key,
        Asked asked,
        Draws draws,
        @Nullable String rule) {

    private static final String QUEUED_HEADER = "x-simulator-queued-ms";

    static Arrival of(
            WireFormat format,
            Run run,
            Sender sender,
            Asked asked,
            BehaviourInForce current,
            @Nullable ChosenResponse chosen) {
        String requestKey = sender.requestKey();
        Key key = new Key(
                requestKey, run.occurrences().next(requestKey), sender.caller().client());
        Draws draws = Draws.of(current.behaviour().seed(), key.requestKey(), key.attempt());
        return new Arrival(format, run, key, asked, draws, chosen == null ? null : chosen.rule());
    }

    /** The headers of its answer: those of the provider, of the limits, and the time in the queue if it had to wait. */
    Map<String, String> headers(Map<String, String> limits, SlotWait wait) {
        Map<String, String> headers = new TreeMap<>(format.requestHeaders(requestId()));
        headers.putAll(limits);
        if (wait.queuedNanos() > 0) {
            headers.put(QUEUED_HEADER, String.valueOf(TimeUnit.NANOSECONDS.toMillis(wait.queuedNanos())));
        }
        return headers;
    }

    /** The id that the provider gives the request. */
    String requestId() {
        return "req_01" + draws.stream("request-id").id(ToolCall.ID_LENGTH);
    }
}
