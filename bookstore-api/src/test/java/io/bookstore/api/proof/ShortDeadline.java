package io.bookstore.api.proof;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A packaged service with a deadline of a few seconds and a database of its own.
 *
 * <p>What must fail at the deadline is asked of it, and nothing that must succeed in time: see {@link #serves}.
 */
final class ShortDeadline implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofSeconds(5);

    private final String name;
    private final Cable mongoCable;
    private final PackagedService service;
    private final AtomicLong slowestNanos = new AtomicLong();

    /** The answers of the service while it ran without a database. */
    record ColdStart(
            Answer liveness, Answer readiness, Answer books, Duration refusal, Duration recovery, Answer afterwards) {}

    /**
     * Starts it without Redis, and without MongoDB until the cable is mended.
     *
     * @param name of the service's log and of its database
     */
    ShortDeadline(World world, String name, String collector) {
        this.name = name;
        mongoCable = Cable.to(world.mongoPort());
        mongoCable.cut();
        Map<String, String> environment = world.environment();
        environment.put("MONGODB_URI", "mongodb://127.0.0.1:" + mongoCable.port() + "/" + name);
        environment.put("REDIS_URI", "redis://127.0.0.1:" + World.NOBODY);
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector);
        environment.put("BOOKSTORE_LLM_DEADLINE", DEADLINE.toSeconds() + "s");
        service = PackagedService.start(name, environment);
    }

    ColdStart startCold() {
        Answer liveness = service.get("/health/liveness");
        Answer readiness = service.get("/health/readiness");
        long asked = System.nanoTime();
        Answer books = service.get("/api/v1/Books");
        Duration refusal = Duration.ofNanos(System.nanoTime() - asked);
        long mended = System.nanoTime();
        recover();
        Duration recovery = Duration.ofNanos(System.nanoTime() - mended);
        Answer afterwards = service.get("/api/v1/Books");
        seed();
        return new ColdStart(liveness, readiness, books, refusal, recovery, afterwards);
    }

    ShortDeadline seed() {
        recover();
        // Its patience with MongoDB is short too, and a slow machine may use it up.
        await().until(() -> service.post("/seed-data", "").status() == 200);
        return this;
    }

    /** Brings MongoDB back and waits until the service has noticed. */
    void recover() {
        mongoCable.mend();
        await().until(() -> service.get("/health/readiness").status() == 200);
        await().until(() -> service.get("/api/v1/Books").status() == 200);
    }

    String stored(World world) {
        return world.stored(name);
    }

    PackagedService service() {
        return service;
    }

    Cable mongoCable() {
        return mongoCable;
    }

    /** Asks for a summary that its provider never makes: the answer must be 504 all the same. */
    Answer refuses(String provider) {
        long asked = System.nanoTime();
        Answer answer = summaryLater(provider).join().assertStatus(504);
        slowestNanos.accumulateAndGet(System.nanoTime() - asked, Math::max);
        return answer;
    }

    /** The time of the slowest answer of {@link #refuses}. */
    Duration slowestRefusal() {
        return Duration.ofNanos(slowestNanos.get());
    }

    /** Asks for a summary that no cache has. */
    CompletableFuture<Answer> summaryLater(String provider) {
        return World.summaryLater(service, provider);
    }

    /** Asks until a summary is served: on a slow machine a good one may be late for so short a deadline. */
    void serves(String provider) {
        await().until(() -> summaryLater(provider).join().status() == 200);
    }

    @Override
    public void close() {
        service.close();
        mongoCable.close();
    }
}
