package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.provider.ProviderState;
import io.bookstore.console.provider.SimulatorClient;
import io.bookstore.console.provider.SimulatorUnavailableException;
import io.bookstore.console.runs.RunPrograms;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.console.service.ServiceMonitor;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of the provider: the simulator of the run that is going on, else the one that {@code --simulator} names, else the one
 * that the health of the service tells of. The simulator is asked for a few things by paths that are written here; nothing that a page
 * sends becomes an address or a path.
 */
final class ProviderApi implements HttpHandler {

    static final String PATH = "/api/provider";

    private static final String CONFIG = PATH + "/config";

    private final RunQueue runs;
    private final @Nullable URI named;
    private final ServiceMonitor monitor;
    private final SimulatorClient simulators = new SimulatorClient();

    /** @param named by {@code --simulator}; null without it */
    ProviderApi(RunQueue runs, @Nullable URI named, ServiceMonitor monitor) {
        this.runs = runs;
        this.named = named;
        this.monitor = monitor;
    }

    /**
     * The provider.
     *
     * @param status   {@code none}, {@code silent} or {@code up}
     * @param sentence the reason of the first two; null if it is up
     * @param run      the id of the run that has told its address; null if {@code --simulator} or the service has
     * @param service  the service whose health has told its address; null otherwise
     * @param state    null unless it is up
     */
    private record View(
            String status,
            @Nullable String sentence,
            @Nullable URI address,
            @Nullable String run,
            @Nullable URI service,
            @Nullable ProviderState state) {}

    /** A simulator, and the run or the service that has told of it; neither of them where {@code --simulator} has. */
    private record Known(
            URI address, @Nullable String run, @Nullable URI service) {}

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
        Optional<Known> found = known();
        if (found.isEmpty()) {
            return new View("none", none(), null, null, null, null);
        }
        Known known = found.get();
        try {
            ProviderState state = simulators.state(known.address());
            return new View("up", null, known.address(), known.run(), known.service(), state);
        } catch (SimulatorUnavailableException e) {
            return new View("silent", e.getMessage(), known.address(), known.run(), known.service(), null);
        }
    }

    private Optional<Known> known() {
        return runs.programs()
                .flatMap(ProviderApi::toldBy)
                .or(() -> Optional.ofNullable(named).map(address -> new Known(address, null, null)))
                .or(this::toldByService);
    }

    private static Optional<Known> toldBy(RunPrograms run) {
        return Optional.ofNullable(run.simulator()).map(address -> new Known(address, run.run(), null));
    }

    private Optional<Known> toldByService() {
        URI service = service();
        return Optional.ofNullable(monitor.look(service).health().simulator())
                .map(address -> new Known(address, null, service));
    }

    private URI service() {
        return runs.programs().map(RunPrograms::service).orElse(monitor.named());
    }

    private String none() {
        return "No simulator is known, and the service at " + service() + " tells of none: start one with \"java -jar"
                + " llm-simulator.jar\" and the console with --simulator http://127.0.0.1:7005, or start a run whose"
                + " service has one.";
    }

    private void show(HttpExchange exchange, Function<URI, Object> part) throws IOException {
        if (!mayRead(exchange)) {
            return;
        }
        Optional<Known> known = known();
        if (known.isPresent()) {
            Answer.json(exchange, part.apply(known.get().address()));
        } else {
            Answer.problem(exchange, 404, none());
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
        Optional<Known> known = known();
        if (known.isEmpty()) {
            Answer.problem(exchange, 404, none());
            return;
        }
        URI address = known.get().address();
        SimulatorClient.Change made = simulators.change(address, body);
        runs.mark(address, made.description());
        Answer.json(exchange, made);
    }
}
