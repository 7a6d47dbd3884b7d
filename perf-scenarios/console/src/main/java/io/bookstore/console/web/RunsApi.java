package io.bookstore.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.runs.GateRequest;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.console.runs.RunRequest;
import io.bookstore.console.runs.RunView;
import io.bookstore.console.runs.ScenarioList;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.capacity.CapacityOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The REST API of runs: what can be started, the queue, a run, its end. */
final class RunsApi implements HttpHandler {

    private static final int PAGE = 200;
    private static final int LONGEST_PAGE = 1_000;
    private static final String RUNS = "/api/runs";
    private static final String ANSWER = "/answer";
    private static final String CANCEL = "/cancel";

    private static final ObjectMapper json = new ObjectMapper();

    private final RunQueue runs;
    private final RunStream events;

    RunsApi(RunQueue runs, LiveStreams streams) {
        this.runs = runs;
        this.events = new RunStream(runs, streams);
    }

    /**
     * The form of a request.
     *
     * @param capacity the defaults of a search
     * @param gate     the same of a gate
     */
    private record Scenarios(List<ScenarioList.Item> scenarios, CapacityOptions capacity, GateRequest gate) {}

    /** @param more runs that are older than these */
    private record Runs(List<RunView> runs, int more) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            route(exchange);
        } catch (IllegalArgumentException e) {
            Answer.problem(exchange, 400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            Answer.problem(exchange, 409, String.valueOf(e.getMessage()));
        } catch (PerfException e) {
            // The scripts, or the folder of reports, are not as they must be: nothing that the caller can change.
            Answer.problem(exchange, 500, String.valueOf(e.getMessage()));
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath();
        if (path.equals("/api/scenarios")) {
            if (!Answer.refusedMethod(exchange)) {
                new Query(uri, Set.of());
                Answer.json(
                        exchange,
                        new Scenarios(runs.scenarios().all(), CapacityOptions.defaults(), GateRequest.defaults()));
            }
        } else if (path.equals(RUNS)) {
            collection(exchange, uri);
        } else if (path.equals(RUNS + "/events")) {
            events.handle(exchange);
        } else if (path.startsWith(RUNS + "/")) {
            String rest = path.substring(RUNS.length() + 1);
            if (rest.endsWith(ANSWER)) {
                change(exchange, rest, ANSWER);
            } else if (rest.endsWith(CANCEL)) {
                change(exchange, rest, CANCEL);
            } else if (!Answer.refusedMethod(exchange)) {
                new Query(uri, Set.of());
                show(exchange, id(rest));
            }
        } else {
            Answer.missing(exchange);
        }
    }

    private void collection(HttpExchange exchange, URI uri) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            new Query(uri, Set.of());
            byte[] body = JsonBody.read(exchange);
            if (body != null) {
                RunView run = runs.add(RunRequest.read(body));
                exchange.getResponseHeaders()
                        .set("Location", RUNS + "/" + URLEncoder.encode(run.id(), StandardCharsets.UTF_8));
                Answer.json(exchange, 201, run);
            }
        } else if (Answer.reads(exchange)) {
            Long limit = new Query(uri, Set.of("limit")).number("limit", 1, LONGEST_PAGE);
            List<RunView> all = runs.all();
            int shown = Math.min(all.size(), limit == null ? PAGE : limit.intValue());
            Answer.json(exchange, new Runs(all.subList(0, shown), all.size() - shown));
        } else {
            Answer.refuseMethod(exchange, "GET, HEAD, POST", "Runs are read by GET and started by POST");
        }
    }

    private void change(HttpExchange exchange, String rest, String action) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            Answer.refuseMethod(exchange, "POST", "This is done by POST");
            return;
        }
        new Query(exchange.getRequestURI(), Set.of());
        String id = id(rest.substring(0, rest.length() - action.length()));
        if (runs.find(id).isEmpty()) {
            show(exchange, id);
            return;
        }
        if (action.equals(CANCEL)) {
            runs.cancel(id);
        } else {
            byte[] body = JsonBody.read(exchange);
            if (body == null) {
                return;
            }
            runs.answer(id, agreement(body));
        }
        show(exchange, id);
    }

    private void show(HttpExchange exchange, String id) throws IOException {
        Optional<RunView> run = runs.find(id);
        if (run.isPresent()) {
            Answer.json(exchange, run.get());
        } else {
            Answer.problem(exchange, 404, "There is no run " + id + " in the folder of reports.");
        }
    }

    private static boolean agreement(byte[] body) {
        try {
            JsonNode read = json.readTree(body);
            if (read.size() == 1 && read.path("agree").isBoolean()) {
                return read.path("agree").asBoolean();
            }
        } catch (IOException notJson) {
            // Falls through to the sentence below.
        }
        throw new IllegalArgumentException("An answer must be {\"agree\": true} or {\"agree\": false}.");
    }

    /** The name of a folder may have several parts, whose separator is encoded. */
    private static String id(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
