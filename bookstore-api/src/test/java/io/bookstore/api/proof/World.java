package io.bookstore.api.proof;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.standin.EmbeddedMongo;
import io.bookstore.api.telemetry.OtlpReceiver;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * One packaged service between a database, a cache and providers that do what they are told.
 *
 * <p>Each fault of a provider has a provider of its own, so that no breaker and no budget of one row is in the way of
 * another.
 */
final class World implements AutoCloseable {

    /** A part of every key in the configuration; it must not come out anywhere. */
    static final String CANARY = "canary-in-the-key";

    /** How long a summary may take. */
    static final Duration DEADLINE = Duration.ofSeconds(3);

    /** How long a stop may take: what the service makes of its deadline, and two seconds. */
    static final Duration LONGEST_STOP = DEADLINE.plusSeconds(5 + 2);

    // "discard": nothing listens there.
    private static final int NOBODY = 9;

    static final String BOOK =
            "{\"title\":\"Dubliners\",\"author\":\"James Joyce\",\"isbn\":\"9780140186475\",\"price\":9.95}";

    private final EmbeddedMongo mongo = EmbeddedMongo.start("memory");
    private final MongoClient database = MongoClients.create(mongo.uri());
    private final Optional<RedisServer> redis = RedisServer.start();
    private final Cable redisCable = Cable.to(redis.map(RedisServer::port).orElse(NOBODY));
    private final OtlpReceiver collector = OtlpReceiver.start();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final Cable mongoCable = Cable.to(URI.create(mongo.uri()).getPort());
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final SimulatorServer simulator = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withSeed(1));
    private final Map<String, String> environment = new HashMap<>();
    private final PackagedService service;
    private final ColdStart coldStart;

    /** What was seen while the service ran without a database. */
    record ColdStart(
            Answer liveness, Answer readiness, Answer books, Duration refusal, Duration recovery, Answer afterwards) {}

    World() {
        environment.put("MONGODB_URI", "mongodb://127.0.0.1:" + mongoCable.port());
        environment.put("BOOKSTORE_LLM_DEADLINE", DEADLINE.toSeconds() + "s");
        environment.put("BOOKSTORE_LLM_RESILIENCE_RETRY_DELAY", "20ms");
        environment.put("BOOKSTORE_LLM_RESILIENCE_BREAKER_WAIT", "1s");
        environment.put("BOOKSTORE_LLM_RESILIENCE_BULKHEAD_WAIT", "100ms");
        environment.put("BOOKSTORE_LLM_PROVIDERS_P8_MAX_CONCURRENT_CALLS", "2");
        environment.put("BOOKSTORE_ERROR_TEST_ENABLED", "true");
        environment.put("REDIS_URI", "redis://127.0.0.1:" + redisCable.port());
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "500");
        environment.put("ANTHROPIC_BASE_URL", provider.uri() + "/v1");
        environment.put("ANTHROPIC_API_KEY", CANARY);
        environment.put("LLM_FALLBACKS", "openai");
        environment.put("OPENAI_BASE_URL", simulator.baseUrl() + "/v1");
        environment.put("OPENAI_API_KEY", CANARY);
        Verdicts.providers(simulator.baseUrl()).forEach(environment::putAll);
        ProviderFaults.addresses(provider.uri(), simulator.baseUrl()).forEach(this::addProvider);
        mongoCable.cut();
        redisCable.cut();
        service = PackagedService.start("world", environment);
        coldStart = seeIt();
        service.post("/seed-data", "").assertStatus(200);
    }

    private void addProvider(String name, URI address) {
        String prefix = "BOOKSTORE_LLM_PROVIDERS_" + name.toUpperCase(Locale.ROOT) + "_";
        environment.put(prefix + "KIND", "anthropic");
        environment.put(prefix + "BASE_URL", address.toString());
        environment.put(prefix + "API_KEY", CANARY);
        environment.put(prefix + "MODEL", "claude-sonnet-4-5");
    }

    private ColdStart seeIt() {
        Answer liveness = service.get("/health/liveness");
        Answer readiness = service.get("/health/readiness");
        long asked = System.nanoTime();
        Answer books = service.get("/api/v1/Books");
        Duration refusal = Duration.ofNanos(System.nanoTime() - asked);
        mongoCable.mend();
        long mended = System.nanoTime();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.get("/health/readiness").status() == 200);
        Duration recovery = Duration.ofNanos(System.nanoTime() - mended);
        return new ColdStart(liveness, readiness, books, refusal, recovery, service.get("/api/v1/Books"));
    }

    PackagedService service() {
        return service;
    }

    ScriptedProvider provider() {
        return provider;
    }

    SimulatorServer simulator() {
        return simulator;
    }

    Cable mongoCable() {
        return mongoCable;
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

    /** How long the slowest of all {@link #summary} took. */
    Duration slowestSummary() {
        return Duration.ofNanos(slowestNanos.get());
    }

    ColdStart coldStart() {
        return coldStart;
    }

    /** The settings of the service, for another one beside it. */
    Map<String, String> environment() {
        return new HashMap<>(environment);
    }

    /** Any book of the samples. */
    String anyBook() {
        return "/api/v1/Books/"
                + service.get("/api/v1/Books?pageSize=1")
                        .json()
                        .at("/books/0/id")
                        .asText();
    }

    /** A book that nobody else has seen, so that no cache knows it. */
    String newBook(String title) {
        Answer created =
                service.post("/api/v1/Books", BOOK.replace("Dubliners", title)).assertStatus(201);
        return created.header("location").orElseThrow();
    }

    /** Asks for a summary that no cache has, and waits for it. */
    Answer summary(String providerName) {
        long start = System.nanoTime();
        Answer answer = summaryLater(providerName).join();
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        return answer;
    }

    /** Asks for a summary that no cache has. */
    CompletableFuture<Answer> summaryLater(String providerName) {
        return service.later("POST", anyBook() + "/generate-summary?refresh=true&provider=" + providerName, "");
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

    MongoDatabase database() {
        return database.getDatabase("bookstore");
    }

    /** Everything that is stored, past the service. */
    String stored() {
        return Stream.of("books", "authors")
                .flatMap(name -> Stream.of(name)
                        .flatMap(collection ->
                                database().getCollection(collection).find().into(new java.util.ArrayList<>()).stream()))
                .map(Document::toJson)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        service.close();
        mongoCable.close();
        redisCable.close();
        redis.ifPresent(RedisServer::close);
        collector.close();
        database.close();
        mongo.close();
        provider.close();
        simulator.close();
    }
}
