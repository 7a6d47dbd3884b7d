package io.bookstore.perf.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.record.RequestRecords;
import io.bookstore.perf.results.facts.SimulatorFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The service under load, for as long as it is open; what was started for it is gone once it is closed. */
public final class Stack implements AutoCloseable {

    private static final long LOOK_MILLIS = 50;

    /** A service that is there and busy answers within this time. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Path BUILT = Path.of("bookstore-api", "target", "bookstore-api.jar");

    private final URI baseUrl;
    private final @Nullable Started started;
    private final ServiceClient client;

    private Stack(URI baseUrl, @Nullable Started started, ServiceClient client) {
        this.baseUrl = baseUrl;
        this.started = started;
        this.client = client;
    }

    /**
     * Takes a service that runs already.
     *
     * @throws PerfException if nothing answers there
     */
    public static Stack at(URI baseUrl) throws InterruptedException {
        return at(baseUrl, "correct BASE_URL");
    }

    /**
     * Takes a service that runs already.
     *
     * @param remedy what helps besides a start of the service, if nothing answers
     * @throws PerfException if nothing answers there
     */
    public static Stack at(URI baseUrl, String remedy) throws InterruptedException {
        Stack stack = new Stack(baseUrl, null, new ServiceClient());
        stack.requireAnswer(remedy);
        return stack;
    }

    /** Returns whether this is the jar of a build that has no sources here, as in an unpacked {@code llm-perf-kit.zip}. */
    public static boolean isOfNoBuild(Path apiJar) {
        Path jar = apiJar.toAbsolutePath().normalize();
        return jar.endsWith(BUILT) && !Files.isDirectory(jar.resolve("../..").normalize());
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
            Optional<HttpResponse<String>> seeded =
                    client.post(process.baseUrl().resolve("/seed-data"));
            if (seeded.isEmpty() || seeded.get().statusCode() >= 400) {
                throw new PerfException(
                        ExitCode.CANNOT_START,
                        "The BookStore API at " + process.baseUrl() + " refused its books ("
                                + seeded.map(answer -> "HTTP " + answer.statusCode())
                                        .orElse("no answer")
                                + "): see " + log + ".");
            }
            boolean limitsClients =
                    seeded.get().headers().firstValue("RateLimit-Policy").isPresent();
            MetricsPage metrics = metrics(client, process.baseUrl());
            return new Stack(process.baseUrl(), new Started(process, metrics, limitsClients), client);
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
        return health.facts(
                baseUrl,
                started != null,
                simulator,
                started == null ? null : started.process().build());
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
        return Spending.of(metrics(client, baseUrl).text());
    }

    /**
     * Waits until service and simulator say that they have no call of a model under way, and the service that no circuit is
     * open. A party that says nothing is not waited for.
     *
     * @param progress told what is waited for
     * @return true if they are quiet, false if they are not within the limit
     */
    public boolean awaitQuiet(Duration limit, Consumer<String> progress) throws InterruptedException {
        long begin = System.nanoTime();
        while (!quiet()) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                return false;
            }
            progress.accept("waiting until " + baseUrl + " has nothing under way");
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    private boolean quiet() throws InterruptedException {
        MetricsPage service = metrics(client, baseUrl);
        URI simulator = HealthReport.of(health()).simulatorUrl();
        return none(service.sum("llm_requests_active"))
                && none(service.sum("llm_breaker_open"))
                && (simulator == null || none(metrics(client, simulator).sum("llm_simulator_requests_active")));
    }

    private static boolean none(@Nullable Double number) {
        return number == null || number <= 0;
    }

    /**
     * The reason why another run would not meet this service as the one before did; empty if it would, and for a service
     * that runs already, which nobody here may stop.
     */
    public Optional<String> reasonToStartAnew() throws InterruptedException {
        if (started == null) {
            return Optional.empty();
        }
        if (!started.process().isAlive()) {
            return Optional.of("it has ended");
        }
        return started.limitsClients()
                ? Optional.of("it counts what its client has sent")
                : Leftovers.of(started.metrics(), metrics(client, baseUrl));
    }

    /**
     * Gives a simulator that was started with the service full limits, an empty journal and its first draws again.
     *
     * @return false if it refused
     */
    public boolean resetSimulator() throws InterruptedException {
        URI simulator = HealthReport.of(health()).simulatorUrl();
        if (simulator == null || started == null || !started.process().ownsSimulator()) {
            return true;
        }
        return client.post(simulator.resolve("/admin/reset"))
                .filter(answer -> answer.statusCode() < 300)
                .isPresent();
    }

    /**
     * Asks for any answer.
     *
     * @param remedy what helps besides a start of the service
     * @throws PerfException if nothing answers there within 30 s
     */
    public void requireAnswer(String remedy) throws InterruptedException {
        if (client.status(baseUrl.resolve("/health/readiness"), PATIENCE).isEmpty()) {
            throw new PerfException(
                    ExitCode.UNAVAILABLE,
                    "Nothing answers at " + baseUrl + ": start the service there, or " + remedy + ".");
        }
    }

    private static MetricsPage metrics(ServiceClient client, URI server) throws InterruptedException {
        return new MetricsPage(client.text(server.resolve("/metrics")).orElse(""));
    }

    private JsonNode health() throws InterruptedException {
        return client.json(baseUrl.resolve("/health"));
    }

    @Override
    public void close() {
        if (started != null) {
            started.process().close();
        }
    }

    /**
     * The process of a service that was started, as it was then.
     *
     * @param metrics       its metrics before any load
     * @param limitsClients true if it refuses what one client sends beyond its share
     */
    private record Started(ApiProcess process, MetricsPage metrics, boolean limitsClients) {}
}
