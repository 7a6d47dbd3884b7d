package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.console.runs.RunView;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Server-sent events of the runs that have not ended: each event has all of them, so that nothing is lost by a slow reader. */
final class RunStream {

    // The figures come once a second; any other change is to be seen at once.
    private static final long PAUSE_MILLIS = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final RunQueue runs;
    private final LiveStreams streams;

    RunStream(RunQueue runs, LiveStreams streams) {
        this.runs = runs;
        this.streams = streams;
    }

    private record Active(List<RunView> runs) {}

    void handle(HttpExchange exchange) throws IOException {
        if (Answer.refusedMethod(exchange)) {
            return;
        }
        new Query(exchange.getRequestURI(), Set.of());
        streams.open(exchange, this::send);
    }

    private void send(OutputStream body) throws IOException, InterruptedException {
        long seen = runs.awaitChange(-1, Duration.ZERO);
        while (true) {
            LiveStreams.send(body, "runs", new Active(runs.active()));
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            seen = runs.awaitChange(seen, HEARTBEAT);
        }
    }
}
