package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.provider.ProviderState;
import io.bookstore.console.provider.SimulatorClient;
import io.bookstore.console.provider.SimulatorUnavailableException;
import io.bookstore.console.runs.RunPrograms;
import io.bookstore.console.runs.RunQueue;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of the provider: the simulator of the run that is going on, else the one that {@code --simulator} names. The
 * simulator is asked for a few things by paths that are written here; nothing that a page sends becomes an address or a path.
 */
final class ProviderApi implements HttpHandler {

    static final String PATH = "/api/provider";

    private static final String CONFIG = PATH + "/config";
    private static final String NONE =
            "No simulator is known: start one with \"java -jar llm-simulator.jar\" and the console with --simulator"
                    + " http://127.0.0.1:7005, or start a run whose service has one.";

    private final RunQueue runs;
    private final @Nullable URI named;
    private final SimulatorClient simulators = new SimulatorClient();

    /** @param named by {@code --simulator}; null without it */
    ProviderApi(RunQueue runs, @Nullable URI named) {
        this.runs = runs;
        this.named = named;
    }

    /**
     * The provider.
     *
     * @param status   {@code none}, {@code silent} or {@code up}
     * @param sentence the reason of the first two; null if it is up
     * @param run      the id of the run that has told its address; null if {@code --simulator} has
     * @param state    null unless it is up
     */
    private record View(
            String status,
            @Nullable String sentence,
            @Nullable URI address,
            @Nullable String run,
            @Nullable ProviderState state) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            route(exchange);
        } catch (IllegalArgumentException e) {
            Answer.problem(exchange, 400, String.valueOf(e.getMessage()));
        } catch (SimulatorUnavailableException e) {
            Answer.problem(exchange, 502, String.valueOf(e.getMessage()));
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case PATH -> {
                if (mayRead(exchange)) {
                    Answer.json(exchange, view());
                }
            }
            case PATH + "/profiles" -> show(exchange, simulators::profiles);
            case PATH + "/verdicts" -> show(exchange, simulators::verdicts);
            case CONFIG -> change(exchange);
            default -> Answer.missing(exchange);
        }
    }

    private static boolean mayRead(HttpExchange exchange) throws IOException {
        if (Answer.refusedMethod(exchange)) {
            return false;
        }
        new Query(exchange.getRequestURI(), Set.of());
        return true;
    }

    private View view() {
        Optional<RunPrograms> own = runs.programs().filter(programs -> programs.simulator() != null);
        URI address = own.map(RunPrograms::simulator).orElse(named);
        String run = own.map(RunPrograms::run).orElse(null);
        if (address == null) {
            return new View("none", NONE, null, null, null);
        }
        try {
            return new View("up", null, address, run, simulators.state(address));
        } catch (SimulatorUnavailableException e) {
            return new View("silent", e.getMessage(), address, run, null);
        }
    }

    private Optional<URI> address() {
        return runs.programs().map(RunPrograms::simulator).or(() -> Optional.ofNullable(named));
    }

    private void show(HttpExchange exchange, Function<URI, Object> part) throws IOException {
        if (!mayRead(exchange)) {
            return;
        }
        Optional<URI> address = address();
        if (address.isPresent()) {
            Answer.json(exchange, part.apply(address.get()));
        } else {
            Answer.problem(exchange, 404, NONE);
        }
    }

    private void change(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("PUT")) {
            Answer.refuseMethod(exchange, "PUT", "The configuration is changed by PUT");
            return;
        }
        new Query(exchange.getRequestURI(), Set.of());
        byte[] body = JsonBody.read(exchange);
        if (body == null) {
            return;
        }
        Optional<URI> address = address();
        if (address.isEmpty()) {
            Answer.problem(exchange, 404, NONE);
            return;
        }
        SimulatorClient.Change made = simulators.change(address.get(), body);
        runs.mark(address.get(), made.description());
        Answer.json(exchange, made);
    }
}
