package io.bookstore.perf.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.results.facts.SimulatorFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The service under load, for as long as it is open; what was started for it is gone once it is closed. */
public final class Stack implements AutoCloseable {

    private final URI baseUrl;
    private final @Nullable ApiProcess process;
    private final ServiceClient client;

    private Stack(URI baseUrl, @Nullable ApiProcess process, ServiceClient client) {
        this.baseUrl = baseUrl;
        this.process = process;
        this.client = client;
    }

    /**
     * Takes a service that runs already.
     *
     * @throws PerfException if nothing answers there
     */
    public static Stack at(URI baseUrl) throws InterruptedException {
        ServiceClient client = new ServiceClient();
        if (client.status(baseUrl.resolve("/health/readiness")).isEmpty()) {
            throw new PerfException(
                    ExitCode.UNAVAILABLE,
                    "Nothing answers at " + baseUrl
                            + ": start the service there, correct BASE_URL, or leave it out to have the BookStore API"
                            + " started.");
        }
        return new Stack(baseUrl, null, client);
    }

    /**
     * Starts the BookStore API with nothing on disk, waits until it is ready and seeds its books.
     *
     * @param apiJar   the runnable jar
     * @param port     port to listen on; 0 takes any free port, for the simulator too
     * @param environment on top of this process's own
     * @param everyAddress true to listen on every address of this host, false for loopback alone
     * @param log      file that receives everything it prints
     * @param progress told what is waited for
     * @throws PerfException if the jar is missing, the port is taken, or the service dies or does not get ready
     */
    public static Stack start(
            Path apiJar,
            int port,
            Map<String, String> environment,
            boolean everyAddress,
            Path log,
            Consumer<String> progress)
            throws InterruptedException {
        ServiceClient client = new ServiceClient();
        ApiProcess process = ApiProcess.start(apiJar, port, environment, everyAddress, log);
        try {
            process.awaitReadiness(client, progress);
            Optional<Integer> seeded = client.post(process.baseUrl().resolve("/seed-data"));
            if (seeded.isEmpty() || seeded.get() >= 400) {
                throw new PerfException(
                        ExitCode.CANNOT_START,
                        "The BookStore API at " + process.baseUrl() + " refused its books ("
                                + seeded.map(status -> "HTTP " + status).orElse("no answer") + "): see " + log + ".");
            }
            return new Stack(process.baseUrl(), process, client);
        } catch (Throwable failure) {
            process.close();
            throw failure;
        }
    }

    public URI baseUrl() {
        return baseUrl;
    }

    /** Facts that the service and its simulator tell of themselves; none without a health endpoint of this kind. */
    public TargetFacts facts() throws InterruptedException {
        HealthReport health = HealthReport.of(health());
        SimulatorFacts simulator = health.simulatorUrl() == null
                ? null
                : SimulatorConfiguration.facts(client.json(health.simulatorUrl().resolve("/admin/config")));
        return health.facts(baseUrl, process != null, simulator, process == null ? null : process.build());
    }

    /** Begins to count what service and simulator see of the run. */
    public RequestCounter countRequests() throws InterruptedException {
        return RequestCounter.start(client, baseUrl, HealthReport.of(health()).simulatorUrl());
    }

    /** The simulator that stands in for the provider, if the service tells of one that answers. */
    public Optional<RequestRecords.Simulator> simulator() throws InterruptedException {
        URI simulator = HealthReport.of(health()).simulatorUrl();
        if (simulator == null) {
            return Optional.empty();
        }
        JsonNode count =
                client.json(simulator.resolve("/admin/journal/summary")).path("count");
        return count.isNumber()
                ? Optional.of(new RequestRecords.Simulator(simulator, count.asLong()))
                : Optional.empty();
    }

    /** The cost so far of the service's calls to its provider, from its metrics. */
    public Spending spent() throws InterruptedException {
        return Spending.of(client.text(baseUrl.resolve("/metrics")).orElse(""));
    }

    private JsonNode health() throws InterruptedException {
        return client.json(baseUrl.resolve("/health"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
