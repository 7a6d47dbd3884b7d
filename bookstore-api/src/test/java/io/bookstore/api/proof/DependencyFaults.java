package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import io.bookstore.api.proof.ShortDeadline.ColdStart;
import io.bookstore.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.opentest4j.TestAbortedException;

/** Faults of MongoDB, Redis and the trace collector. */
final class DependencyFaults {

    private DependencyFaults() {}

    static List<Row> rows(World world) {
        return List.of(
                Row.of(
                        "F16",
                        "MongoDB is down at the start",
                        "starts, is alive and not ready; routes answer 503 after 1.5 s (within 2 s was asked for; the test"
                                + " allows 20, on a shared machine); recovers by itself",
                        coldStart(world)),
                Row.of(
                        "F17",
                        "MongoDB stalls, is cut, or loses its answer to a write",
                        "503; a bounded number of connections; recovers by itself",
                        mongo(world)),
                Row.of(
                        "F18",
                        "Redis is down at the start, stalls, is cut",
                        "nobody notices, until an instance has spent a tenth of the day's budget",
                        redis(world)),
                Row.of(
                        "F19",
                        "the collector of traces takes the connection and never answers",
                        "nobody notices; lost spans are counted, and one line of the log; the stop does not wait for it, see P10",
                        collector(world)));
    }

    private static Proof coldStart(World world) {
        return () -> {
            ColdStart seen = world.coldStart();
            seen.liveness().assertStatus(200);
            assertThat(seen.readiness().status()).isEqualTo(503);
            seen.books().assertStatus(503);
            assertThat(seen.refusal()).isLessThan(Duration.ofSeconds(20));
            seen.afterwards().assertStatus(200);
            return new Seen(seen.books().inShort(), "nothing", "by itself when MongoDB is there");
        };
    }

    private static Proof mongo(World world) {
        return () -> {
            ShortDeadline store = world.stopping();
            PackagedService service = store.service();
            String book = SampleBook.of(service);
            store.mongoCable().block();
            List<CompletableFuture<Answer>> stalled = IntStream.range(0, 100)
                    .mapToObj(i -> service.later("GET", book, ""))
                    .toList();
            for (CompletableFuture<Answer> answer : stalled) {
                answer.join().assertStatus(503);
            }
            assertThat(service.get("/health/readiness").status()).isEqualTo(503);
            assertThat(service.get("/health/liveness").status()).isEqualTo(200);
            // The pool of the service has fifty; its monitor and its pings have a few of their own.
            assertThat(store.mongoCable().connections()).isLessThan(60);
            store.recover();

            store.mongoCable().cut();
            Answer cut = service.get(book).assertStatus(503);
            store.recover();

            store.mongoCable().loseAnswers();
            service.post("/api/v1/Books", World.BOOK.replace("Dubliners", "Lost answer"))
                    .assertStatus(503);
            store.recover();
            assertThat(store.stored(world).split("\"Lost answer\"", -1)).hasSizeLessThanOrEqualTo(2);
            return new Seen(
                    cut.inShort() + " with `Retry-After`",
                    "nothing acknowledged; a write that got 503 may stand, once",
                    "by itself when MongoDB answers");
        };
    }

    private static Proof redis(World world) {
        return () -> {
            Seen seen = new Seen("200, from the provider", "remembered summaries", "by itself when Redis is back");
            world.redisCable().block();
            summarize(world, "Redis stalls");
            world.redisCable().cut();
            summarize(world, "Redis is cut");
            assertThat(world.service().get("/health/readiness").status()).isEqualTo(200);
            RedisServer redis = world.redis()
                    .orElseThrow(() -> new TestAbortedException("F18 needs redis-server on the PATH for the recovery"));
            world.redisCable().mend();
            AtomicInteger books = new AtomicInteger();
            await().until(() -> {
                summarize(world, "Redis is back " + books.incrementAndGet());
                return redis.keys("bookstore:summary:*") > 0;
            });
            world.redisCable().block();
            summarize(world, "Redis stalls again");
            world.redisCable().cut();
            return seen;
        };
    }

    private static void summarize(World world, String title) {
        world.service()
                .post(world.newBook(title) + "/generate-summary?provider=f18", "")
                .assertStatus(200);
    }

    private static Proof collector(World world) {
        return () -> {
            PackagedService service = world.stopping().service();
            for (int i = 0; i < 20; i++) {
                service.get("/api/v1/Books").assertStatus(200);
            }
            await().until(() -> service.metric("otel_exporter_spans_total", "outcome=\"lost\"") > 0);
            assertThat(service.log())
                    .containsOnlyOnce("The collector of traces takes no spans")
                    .doesNotContain("\tat ");
            return new Seen("200", "spans", "by itself when the collector is back");
        };
    }
}
