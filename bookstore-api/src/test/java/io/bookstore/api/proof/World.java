package io.bookstore.api.proof;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.proof.ShortDeadline.ColdStart;
import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.OtlpReceiver;
import io.bookstore.testing.RedisServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * A packaged service between a database, a cache and providers that do what they are told; beside it two with a
 * {@link ShortDeadline}.
 *
 * <p>Each fault of a provider has a provider of its own, so that no script, no breaker and no budget of one row is in the
 * way of another. A request that should succeed has minutes to do so: a shared machine may be slow.
 */
final class World implements AutoCloseable {

    /** A part of every key in the configuration; it must not come out anywhere. */
    static final String CANARY = "canary-in-the-key";

    /** The deadline of a summary. */
    private static final Duration DEADLINE = Duration.ofMinutes(10);

    /** The time for which a circuit breaker stays open. */
    static final Duration BREAKER_WAIT = Duration.ofSeconds(1);

    static final String DEFAULT_PROVIDER = "anthropic";

    /** "discard": nothing listens there. */
    static final int NOBODY = 9;

    /** Options of a MongoDB address for a client that waits for two minutes. */
    static final String PATIENT = "?serverSelectionTimeoutMS=120000&connectTimeoutMS=120000&socketTimeoutMS=120000"
            + "&waitQueueTimeoutMS=120000";

    static final String BOOK =
            "{\"title\":\"Dubliners\",\"author\":\"James Joyce\",\"isbn\":\"9780140186475\",\"price\":9.95}";

    private final EmbeddedMongo mongo = EmbeddedMongo.start("memory");
    private final MongoClient database = MongoClients.create(mongo.uri());
    private final Optional<RedisServer> redis = RedisServer.start();
    private final Cable redisCable = Cable.to(redis.map(RedisServer::port).orElse(NOBODY));
    private final OtlpReceiver collector = OtlpReceiver.start();
    private final Map<String, ScriptedProvider> providers = new TreeMap<>();
    private final SimulatorServer simulator = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withSeed(1));

    /** The provider of the service that is watched: no row tells it to fail. */
    private final SimulatorServer calmSimulator = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withSeed(1));

    private final Map<String, String> environment = new HashMap<>();
    private final Cable collectorCable;
    private final CompletableFuture<ShortDeadline> shortDeadline;
    private final CompletableFuture<ColdStart> coldStart;
    private final CompletableFuture<ShortDeadline> stopping;
    private final PackagedService service;
    private final Map<String, PackagedService> watched = new ConcurrentHashMap<>();

    World() {
        ProviderFaults.SCRIPTED.forEach(name -> providers.put(name, ScriptedProvider.start()));
        environment.put("MONGODB_URI", "mongodb://127.0.0.1:" + mongoPort() + "/" + PATIENT);
        environment.put("BOOKSTORE_LLM_DEADLINE", DEADLINE.toSeconds() + "s");
        environment.put("BOOKSTORE_LLM_RESILIENCE_RETRY_DELAY", "20ms");
        environment.put("BOOKSTORE_LLM_RESILIENCE_BREAKER_WAIT", BREAKER_WAIT.toSeconds() + "s");
        environment.put("BOOKSTORE_LLM_RESILIENCE_BULKHEAD_WAIT", "100ms");
        environment.put("BOOKSTORE_LLM_PROVIDERS_P8_MAX_CONCURRENT_CALLS", "2");
        environment.put("BOOKSTORE_ERROR_TEST_ENABLED", "true");
        // Without Redis, which most rows do without, a tenth of it may be spent.
        environment.put("LLM_DAILY_BUDGET_USD", "100");
        environment.put("REDIS_URI", "redis://127.0.0.1:" + redisCable.port());
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "500");
        environment.put("ANTHROPIC_BASE_URL", provider().uri() + "/v1");
        environment.put("ANTHROPIC_API_KEY", CANARY);
        environment.put("LLM_FALLBACKS", "openai");
        environment.put("OPENAI_BASE_URL", simulator.baseUrl() + "/v1");
        environment.put("OPENAI_API_KEY", CANARY);
        Verdicts.providers(simulator.baseUrl()).forEach(environment::putAll);
        providers.forEach((name, provider) -> {
            if (!name.equals(DEFAULT_PROVIDER)) {
                addProvider(name, provider.uri().resolve("/v1"));
            }
        });
        ProviderFaults.others(simulator.baseUrl()).forEach(this::addProvider);
        redisCable.cut();
        collectorCable = Cable.to(NOBODY);
        collectorCable.block();
        shortDeadline = started(() -> new ShortDeadline(this, "hurried", "http://127.0.0.1:" + NOBODY));
        coldStart = shortDeadline.thenApply(ShortDeadline::startCold);
        stopping =
                started(() -> new ShortDeadline(this, "stopping", "http://127.0.0.1:" + collectorCable.port()).seed());
        service = PackagedService.start("world", environment);
        service.post("/seed-data", "").assertStatus(200);
    }

    private void addProvider(String name, URI address) {
        String prefix = "BOOKSTORE_LLM_PROVIDERS_" + name.toUpperCase(Locale.ROOT) + "_";
        environment.put(prefix + "KIND", "anthropic");
        environment.put(prefix + "BASE_URL", address.toString());
        environment.put(prefix + "API_KEY", CANARY);
        environment.put(prefix + "MODEL", "claude-sonnet-4-5");
    }

    PackagedService service() {
        return service;
    }

    private static CompletableFuture<ShortDeadline> started(Supplier<ShortDeadline> start) {
        return CompletableFuture.supplyAsync(start, task -> new Thread(task, "start").start());
    }

    /** The one that has started without MongoDB, Redis and collector; waits until it has all but the latter two. */
    ShortDeadline shortDeadline() {
        coldStart.join();
        return shortDeadline.join();
    }

    ColdStart coldStart() {
        return coldStart.join();
    }

    /** The one whose collector never answers, and which is stopped in the end; waits until it has started. */
    ShortDeadline stopping() {
        return stopping.join();
    }

    /** The provider that is asked unless a request names another one. */
    ScriptedProvider provider() {
        return provider(DEFAULT_PROVIDER);
    }

    /** The provider of one row. */
    ScriptedProvider provider(String name) {
        return Objects.requireNonNull(providers.get(name), name);
    }

    SimulatorServer simulator() {
        return simulator;
    }

    int mongoPort() {
        return URI.create(mongo.uri()).getPort();
    }

    Cable redisCable() {
        return redisCable;
    }

    /** Empty if this machine has none. */
    Optional<RedisServer> redis() {
        return redis;
    }

    OtlpReceiver collector() {
        return collector;
    }

    /** The settings of the service, for another one beside it. */
    Map<String, String> environment() {
        return new HashMap<>(environment);
    }

    /**
     * The one for rows that look at its threads or its memory, one after the other; started for the first of them. It has
     * the sample books in a database of its own, and its provider {@code openai} never fails.
     */
    PackagedService watched() {
        return watched.computeIfAbsent("watched", this::alone);
    }

    /** A service like {@link #watched()} for the row whose clients take half a minute, so that no other waits for them. */
    PackagedService watchedForLong() {
        return watched.computeIfAbsent("watched-for-long", this::alone);
    }

    private PackagedService alone(String name) {
        Map<String, String> settings = environment();
        settings.remove("MONGODB_URI");
        settings.put("OPENAI_BASE_URL", calmSimulator.baseUrl() + "/v1");
        settings.put("JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=2");
        PackagedService service = PackagedService.start(name, settings);
        try {
            service.post("/seed-data", "").assertStatus(200);
            return service;
        } catch (RuntimeException | Error notSeeded) {
            // Nobody else knows it, and each further row starts another.
            service.close();
            throw notSeeded;
        }
    }

    /** Any book of the samples. */
    String anyBook() {
        return SampleBook.of(service);
    }

    /** A book that nobody else has seen, so that no cache knows it. */
    String newBook(String title) {
        Answer created =
                service.post("/api/v1/Books", BOOK.replace("Dubliners", title)).assertStatus(201);
        return created.header("location").orElseThrow();
    }

    /** Asks for a summary that no cache has, and waits for it. */
    Answer summary(String providerName) {
        return summaryLater(providerName).join();
    }

    /** Asks for a summary that no cache has. */
    CompletableFuture<Answer> summaryLater(String providerName) {
        return summaryLater(service, providerName);
    }

    static CompletableFuture<Answer> summaryLater(PackagedService service, String providerName) {
        String summary = SampleBook.of(service) + "/generate-summary";
        return service.later("POST", summary + "?refresh=true&provider=" + providerName, "");
    }

    /** Tells the simulator what goes wrong: rules as its README shows them. */
    void simulatorFaults(String rules) {
        simulator("PUT", "/admin/config", "{\"faults\":[" + rules + "]}");
    }

    String simulatorSays(String path) {
        return simulator("GET", path, "");
    }

    private String simulator(String method, String path, String body) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(simulator.baseUrl().resolve(path))
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            return answer.body();
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that is stored, past the service. */
    String stored() {
        return stored("bookstore");
    }

    String stored(String name) {
        MongoDatabase stored = database.getDatabase(name);
        return Stream.of("books", "authors")
                .flatMap(collection ->
                        stored.getCollection(collection).find().into(new java.util.ArrayList<>()).stream())
                .map(Document::toJson)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        service.close();
        watched.values().forEach(PackagedService::close);
        shortDeadline.join().close();
        stopping.join().close();
        collectorCable.close();
        redisCable.close();
        redis.ifPresent(RedisServer::close);
        collector.close();
        database.close();
        mongo.close();
        providers.values().forEach(ScriptedProvider::close);
        simulator.close();
        calmSimulator.close();
    }
}
