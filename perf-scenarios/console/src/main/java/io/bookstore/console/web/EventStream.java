package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.traces.Call;
import io.bookstore.console.traces.CallFilter;
import io.bookstore.console.traces.TraceRing;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events of new calls. A stream reads from the ring when it can send, so that a slow reader costs no memory and holds up
 * nobody; what it has missed by then is in the ring.
 */
final class EventStream implements HttpHandler {

    // Five times a second is live to the eye, and 2,000 spans a second do not redraw the page more often.
    private static final long PAUSE_MILLIS = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    // 2,000 calls a second make 400 in a pause; a page that has to read the list again is late.
    private static final int MOST_CALLS = 1_000;

    private final TraceRing ring;
    private final LiveStreams streams;

    EventStream(TraceRing ring, LiveStreams streams) {
        this.ring = ring;
        this.streams = streams;
    }

    /**
     * New calls.
     *
     * @param calls   the newest first
     * @param skipped true if there were more, so that the list is to be read again
     */
    private record NewCalls(List<Call> calls, boolean skipped, Status status) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (Answer.refusedMethod(exchange)) {
            return;
        }
        CallFilter filter;
        try {
            filter = new Query(exchange.getRequestURI(), Query.FILTER).filter();
        } catch (IllegalArgumentException e) {
            Answer.problem(exchange, 400, String.valueOf(e.getMessage()));
            return;
        }
        long sent = ring.lastCall();
        streams.open(exchange, body -> send(body, filter, sent));
    }

    private void send(OutputStream body, CallFilter filter, long since) throws IOException, InterruptedException {
        long sent = since;
        long seenSpans = -1;
        while (true) {
            Status status = Status.of(ring);
            long newest = ring.lastCall();
            if (status.ring().receivedSpans() == seenSpans) {
                LiveStreams.keepAlive(body);
            } else {
                List<Call> calls = ring.callsSince(sent, filter, MOST_CALLS + 1);
                boolean skipped = calls.size() > MOST_CALLS;
                NewCalls event = new NewCalls(skipped ? List.of() : calls, skipped, status);
                LiveStreams.send(body, "calls", event);
                // A call may have come between the two looks at the ring.
                sent = calls.isEmpty() ? newest : Math.max(newest, calls.get(0).sequence());
                seenSpans = status.ring().receivedSpans();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            ring.awaitSpans(seenSpans, HEARTBEAT);
        }
    }
}
