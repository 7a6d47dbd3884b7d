package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.traces.Call;
import io.bookstore.console.traces.Conversation;
import io.bookstore.console.traces.TraceRing;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The REST API: calls, conversations, a trace, and how full the ring is. */
final class Api implements HttpHandler {

    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;
    private static final String TRACES = "/api/traces/";

    private final TraceRing ring;

    Api(TraceRing ring) {
        this.ring = ring;
    }

    /** @param next {@code after} of the page that follows; null on the last one */
    private record CallPage(List<Call> calls, @Nullable Long next) {}

    private record Conversations(List<Conversation> conversations) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (Answer.refusedMethod(exchange)) {
            return;
        }
        URI uri = exchange.getRequestURI();
        try {
            Optional<Object> found = found(uri);
            if (found.isPresent()) {
                Answer.json(exchange, found.get());
            } else {
                Answer.problem(exchange, 404, missing(uri.getPath()));
            }
        } catch (IllegalArgumentException e) {
            Answer.problem(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Object> found(URI uri) {
        String path = uri.getPath();
        switch (path) {
            case "/api/calls":
                return Optional.of(calls(new Query(uri, Query.with("after", "limit"))));
            case "/api/conversations":
                new Query(uri, Set.of());
                return Optional.of(new Conversations(ring.conversations()));
            case "/api/status":
                new Query(uri, Set.of());
                return Optional.of(Status.of(ring));
            default:
                return path.startsWith(TRACES)
                        ? ring.trace(path.substring(TRACES.length())).map(trace -> trace)
                        : Optional.empty();
        }
    }

    private CallPage calls(Query query) {
        Long after = query.number("after", 1, Long.MAX_VALUE);
        Long limit = query.number("limit", 1, LONGEST_PAGE);
        int most = limit == null ? PAGE : limit.intValue();
        List<Call> calls = ring.calls(query.filter(), after, most + 1);
        return calls.size() <= most
                ? new CallPage(calls, null)
                : new CallPage(calls.subList(0, most), calls.get(most - 1).sequence());
    }

    private static String missing(String path) {
        return path.startsWith(TRACES)
                ? "There is no trace " + path.substring(TRACES.length())
                        + " here: it has not come, or newer ones have taken its place."
                : "The API has no " + path + "; /api/openapi.json describes it.";
    }
}
