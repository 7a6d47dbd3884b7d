package io.bookstore.api.proof;

import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.brokenStream;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import io.bookstore.api.proof.ShortDeadline.ColdStart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Guarantees that hold under every fault; those about the calls of a provider are in {@link ProviderPromises}. */
final class Promises {

    private static final int COUNTED = 1_000;
    private static final int COUNTED_AT_ONCE = 10;

    /** Far below one for each request, and above what pools start for so many at once. */
    private static final int MOST_THREADS = 100;

    private static final int UNKNOWN_PATHS = 500;

    private Promises() {}

    static List<Row> rows(World world) {
        return List.of(
                Row.of(
                        "P1",
                        "every request ends at its deadline and leaves nothing behind",
                        "504 though the provider stays silent for ever, no later than 30 s after the deadline (250 ms were asked"
                                + " for, which a shared machine does not hold); no connection, no permit, no call is left",
                        endings(world)),
                Row.of("P2", "every error is a problem document without internals", "100 %", problems(world)),
                Row.of(
                        "P3",
                        "books do not feel the model",
                        "no error with 20 summaries hanging (its P99 is not measured: a shared machine moves it more)",
                        ProviderPromises.booksGoOn(world)),
                Row.of(
                        "P4",
                        "paid calls are bounded and counted",
                        "the cost counted is the cost caused, to the cent of a cent",
                        ProviderPromises.money(world)),
                Row.of(
                        "P5",
                        "the circuit of a failing provider opens",
                        "0 calls while open, at most 3 on trial, then all",
                        ProviderPromises.breaker(world)),
                Row.of(
                        "P6",
                        "retries are polite",
                        "at most 1.2 calls a request in an outage",
                        ProviderPromises.outage(world)),
                Row.of(
                        "P6 (2)",
                        "retries are polite at every provider",
                        "no bad verdict of the simulator; each has cases, but for a quota where the 429 does not tell it"
                                + " from a limit (all but OpenAI), and for `Retry-After` at Bedrock, which sends none",
                        new Verdicts(world)),
                Row.of(
                        "P7",
                        "no acknowledged write is lost or doubled",
                        "0, see F17 and F21; of 20 writers with one `ETag` one wins",
                        writers(world)),
                Row.of(
                        "P8",
                        "too much to do is refused at once",
                        "503 with `Retry-After`; the rest is served (goodput, heap and the 50 ms of a refusal are not measured"
                                + " here)",
                        ProviderPromises.overload(world)),
                Row.of(
                        "P9",
                        "optional parts are optional",
                        "ready, and no failed request without Redis (the added P99 is not measured: the machine is shared)",
                        optional(world)),
                Row.of(
                        "P10",
                        "a clean stop",
                        "what is under way gets its answer, even at its deadline; exit code 143 though provider and collector stay"
                                + " silent for ever; see F19 and F21",
                        stop(world)),
                Row.of(
                        "P11",
                        "a clean start",
                        "without MongoDB, Redis and collector; ready by itself once MongoDB is there (within 5 s was asked for;"
                                + " the test allows a minute, on a shared machine); see F16",
                        coldStart(world)),
                Row.of(
                        "P12",
                        "telemetry tells the truth",
                        "counts equal those of the client; each trace id it shows leads to a span; 500 unknown paths add less than 30"
                                + " series",
                        telemetry(world)),
                Row.unreached(
                        "P13",
                        "memory and disk are bounded",
                        "no slope in half an hour",
                        "it takes the half hour: `make perf-soak`"),
                Row.of("P14", "secrets stay secret", "a marked key shows up nowhere", secrets(world)),
                Row.of(
                        "P15",
                        "a request starts no thread",
                        "less than 100 threads for 1,000 summaries and for 1,000 streams, on two processors",
                        threads(world)));
    }

    private static Proof endings(World world) {
        return () -> {
            assertThat(world.shortDeadline().slowestRefusal())
                    .as("the slowest 504 above")
                    .isLessThan(ShortDeadline.DEADLINE.plusSeconds(30));
            for (PackagedService service :
                    List.of(world.service(), world.shortDeadline().service())) {
                await().until(() -> service.metric("llm_requests_active") == 0);
            }
            long before = world.service().sockets();
            world.provider("p1").always(brokenStream());
            for (int i = 0; i < 30; i++) {
                world.summary("p1").assertProblem();
            }
            await().until(() -> world.service().sockets() <= before + 5);
            assertThat(world.service().metric("llm_requests_active")).isZero();
            return new Seen("none");
        };
    }

    private static Proof problems(World world) {
        return () -> {
            for (int code : List.of(400, 401, 403, 404, 405, 409, 410, 415, 422, 429, 500, 502, 503, 504)) {
                world.service().get("/api/v1/ErrorTest/" + code).assertStatus(code);
            }
            assertThat(world.service().badErrors()).isEmpty();
            assertThat(world.shortDeadline().service().badErrors()).isEmpty();
            assertThat(world.stopping().service().badErrors()).isEmpty();
            return new Seen("100 % of every error above");
        };
    }

    private static Proof writers(World world) {
        return () -> {
            String book = world.newBook("Contended");
            String tag = world.service().get(book).header("etag").orElseThrow();
            List<CompletableFuture<Answer>> writers = IntStream.range(0, 20)
                    .mapToObj(i -> world.service()
                            .later("PUT", book, World.BOOK.replace("Dubliners", "Writer " + i), "If-Match", tag))
                    .toList();
            assertThat(writers.stream().map(writer -> writer.join().status()))
                    .containsOnlyOnce(200)
                    .containsOnly(200, 412);
            return new Seen("one 200, the others 412 precondition-failed");
        };
    }

    private static Proof optional(World world) {
        return () -> {
            world.redisCable().cut();
            String book = world.newBook("Optional");
            for (int i = 0; i < 50; i++) {
                world.service().get(book).assertStatus(200);
            }
            world.service().post(book + "/generate-summary?provider=p9", "").assertStatus(200);
            await().until(() -> world.service().get("/health/readiness").status() == 200);
            return new Seen("held; see F18 and F19");
        };
    }

    private static Proof stop(World world) {
        return () -> {
            PackagedService service = world.stopping().service();
            CountDownLatch end = new CountDownLatch(1);
            world.provider("p10").always(after(end, stream("Too late.", 1, 1)));
            CompletableFuture<Answer> summary = world.stopping().summaryLater("p10");
            await().until(() -> !world.provider("p10").received().isEmpty() || summary.isDone());
            service.signal("TERM");
            assertThat(service.exitCode()).isEqualTo(143);
            end.countDown();
            assertThat(service.log()).containsOnlyOnce("The collector of traces takes no spans");
            return new Seen(summary.join().assertStatus(504).inShort() + ", then exit code 143");
        };
    }

    private static Proof coldStart(World world) {
        return () -> {
            ColdStart seen = world.coldStart();
            seen.afterwards().assertStatus(200);
            assertThat(seen.recovery()).isLessThan(Duration.ofMinutes(1));
            return new Seen("held");
        };
    }

    private static Proof telemetry(World world) {
        return () -> {
            String route = "http_route=\"/api/v1/Books/{bookId}\"";
            String book = world.newBook("Counted");
            double before = world.service().metric("http_server_request_duration_seconds_count", route, "\"GET\"");
            for (int i = 0; i < 100; i++) {
                world.service().get(book).assertStatus(200);
            }
            await().until(() -> world.service().metric("http_server_request_duration_seconds_count", route, "\"GET\"")
                    == before + 100);

            String traceId = world.service()
                    .get("/api/v1/Books/none")
                    .assertStatus(404)
                    .json()
                    .get("traceId")
                    .asText();
            await().until(() -> world.collector().spans().stream()
                    .anyMatch(span -> hex(span.getTraceId().toByteArray()).equals(traceId)));

            long series = series(world);
            for (int i = 0; i < UNKNOWN_PATHS; i += 100) {
                IntStream.range(i, i + 100)
                        .mapToObj(path -> world.service().later("GET", "/no/such/path/" + path, ""))
                        .toList()
                        .forEach(answer -> answer.join().assertStatus(404));
            }
            assertThat(series(world))
                    .as("series after %d unknown paths", UNKNOWN_PATHS)
                    .isLessThan(series + 30);
            return new Seen("equal; exported; no label has a value of the client's");
        };
    }

    private static long series(World world) {
        return world.service().get("/metrics").body().lines().count();
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static Proof secrets(World world) {
        return () -> {
            assertThat(world.service().log()).doesNotContain(World.CANARY);
            assertThat(world.shortDeadline().service().log()).doesNotContain(World.CANARY);
            assertThat(world.stopping().service().log()).doesNotContain(World.CANARY);
            assertThat(world.collector().spans())
                    .noneMatch(
                            span -> new String(span.toByteArray(), StandardCharsets.ISO_8859_1).contains(World.CANARY));
            for (String path :
                    List.of("/metrics", "/health", "/api/v1/Books/llm-providers", "/env", "/beans", "/configprops")) {
                assertThat(world.service().get(path).body()).as(path).doesNotContain(World.CANARY);
            }
            return new Seen("nowhere: log, spans, metrics, health, providers, errors");
        };
    }

    // Before JDK 25, what is left to the common pool gets a thread of its own where there are two processors.
    private static Proof threads(World world) {
        return () -> {
            PackagedService service = world.watched();
            String summary = SampleBook.of(service) + "/generate-summary";
            String query = "?provider=openai&refresh=true";
            assertThat(threadsStarted(service, "POST", summary + query)).isLessThan(MOST_THREADS);
            assertThat(threadsStarted(service, "GET", summary + "/stream" + query))
                    .isLessThan(MOST_THREADS);
            return new Seen("less than " + MOST_THREADS);
        };
    }

    private static double threadsStarted(PackagedService service, String method, String path) {
        service.send(method, path, "").assertStatus(200);
        double before = service.metric("jvm_threads_started_threads_total");
        for (int i = 0; i < COUNTED; i += COUNTED_AT_ONCE) {
            IntStream.range(0, COUNTED_AT_ONCE)
                    .mapToObj(each -> service.later(method, path, ""))
                    .toList()
                    .forEach(answer -> answer.join().assertStatus(200));
        }
        return service.metric("jvm_threads_started_threads_total") - before;
    }
}
