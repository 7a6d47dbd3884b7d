package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.bookstore.console.runs.RunPrograms;
import io.bookstore.console.runs.RunQueue;
import io.bookstore.console.service.ServiceHealth;
import io.bookstore.console.service.ServiceMetrics;
import io.bookstore.console.service.ServiceMonitor;
import io.bookstore.console.service.ServiceStatus;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of the service: that of the run which is going on, else the one that {@code --service} names. Nothing that a page
 * sends becomes an address or a path.
 */
final class ServiceApi implements HttpHandler {

    static final String PATH = "/api/service";

    private static final ReadOnlyAddress address = new ReadOnlyAddress(PATH, Set.of());

    private final RunQueue runs;
    private final ServiceMonitor monitor;

    ServiceApi(RunQueue runs, ServiceMonitor monitor) {
        this.runs = runs;
        this.monitor = monitor;
    }

    /**
     * The service.
     *
     * @param sentence the reason why nothing is known of its health; null if something is
     * @param run      the id of the run that has told its address; null if {@code --service} has
     */
    private record View(
            ServiceStatus status,
            @Nullable String sentence,
            URI address,
            @Nullable String run,
            List<ServiceHealth.Component> components,
            ServiceMetrics metrics) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        address.handle(exchange, query -> Answer.json(exchange, view()));
    }

    private View view() {
        Optional<RunPrograms> own = runs.programs().filter(programs -> programs.service() != null);
        URI service = own.map(RunPrograms::service).orElse(monitor.named());
        ServiceMonitor.Look look = monitor.look(service);
        ServiceHealth health = look.health();
        return new View(
                health.status(),
                health.sentence(),
                service,
                own.map(RunPrograms::run).orElse(null),
                health.components(),
                look.metrics());
    }
}
