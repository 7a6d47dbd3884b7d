package io.bookstore.api.proof;

import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.brokenStream;
import static io.bookstore.api.llm.ScriptedProvider.silenceAfterTheFirstToken;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static io.bookstore.api.llm.ScriptedProvider.tokensUntilNobodyListens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.llm.ScriptedProvider.Step;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What the provider does wrong. */
final class ProviderFaults {

    private static final String NOTHING = "nothing";
    private static final String NEXT = "the next request asks again";
    private static final String PERHAPS_PAID = "what the provider bills for it";

    private ProviderFaults() {}

    /** The providers of these rows: some do as they are told, some are the simulator, some are not there. */
    static Map<String, URI> addresses(URI scripted, URI simulator) {
        Map<String, URI> addresses = new LinkedHashMap<>();
        for (String name : List.of(
                "f2", "f4", "f5", "f6", "f7", "f9", "f10", "f11", "f12", "f25", "f28", "p1", "p3", "p5", "p6", "p8")) {
            addresses.put(name, scripted.resolve("/" + name + "/v1"));
        }
        for (String name : List.of("f1", "f3", "f8", "f13", "f14", "f15")) {
            addresses.put(name, simulator.resolve("/v1"));
        }
        addresses.put("refused", URI.create("http://127.0.0.1:9/v1"));
        addresses.put("nowhere", URI.create("http://no-such-host.invalid/v1"));
        addresses.put("tls", URI.create("https://127.0.0.1:" + simulator.getPort() + "/v1"));
        return addresses;
    }

    static List<Row> rows(World world) {
        return List.of(
                Row.of(
                        "F1",
                        "429 with `Retry-After`: 1, then 7 s",
                        "waits where the deadline allows it, else passes it on at once",
                        rateLimited(world)),
                Row.of(
                        "F2",
                        "429 because the money is spent",
                        "asked once",
                        asked(
                                world,
                                "f2",
                                503,
                                1,
                                NOTHING,
                                "money at the provider",
                                status(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"))),
                Row.of(
                        "F3",
                        "500, 503, 529",
                        "at most 3 attempts, with growing pauses; another provider where one is configured",
                        serverErrors(world)),
                Row.of("F4", "400, 401, 403, 404", "asked once; nothing of its words comes out", refusals(world)),
                Row.of("F5", "accepts and never answers", "ends at the deadline", silence(world, "f5", false)),
                Row.of(
                        "F6",
                        "answers its headers and goes silent",
                        "ends at the deadline, and the connection with it",
                        silence(world, "f6", true)),
                Row.of("F7", "sends a byte at a time", "ends at the deadline", dribble(world)),
                Row.of("F8", "sends half and resets", "at most 3 attempts", () -> {
                    world.simulatorFaults("{\"fault\":\"reset-after-chunks:3\"}");
                    Answer answer = world.summary("f8").assertStatus(502);
                    world.simulatorFaults("");
                    world.summary("f8").assertStatus(200);
                    return new Seen(answer.inShort(), PERHAPS_PAID, NEXT);
                }),
                Row.of(
                        "F9",
                        "half a stream, or silence in it, to a client that reads along",
                        "an `error` event; what was shown is not taken back, so no other attempt",
                        halfStream(world)),
                Row.of("F10", "JSON that is none, a page of a proxy", "asked once", nonsense(world)),
                Row.of("F11", "`{}`, an answer without a text", "502, and not remembered", empty(world)),
                Row.of("F12", "an answer that does not end", "cut at 1 MiB, asked once", endless(world)),
                Row.of("F13", "reset, refused, no such host, no TLS", "502", unreachable(world)),
                Row.of("F14", "slow but right: 1 s to the first token", "served", () -> {
                    world.provider().next(exchange -> {
                        pause(1_000);
                        stream("Slow.", 1, 1).answer(exchange);
                    });
                    return new Seen(world.summary("p1").assertStatus(200).inShort(), NOTHING, "none needed");
                }),
                Row.of(
                        "F15",
                        "every other call fails, then none",
                        "each request is answered or refused in order; all are answered again",
                        flapping(world)),
                Row.of(
                        "F25",
                        "the client goes away in the middle",
                        "the provider's connection ends too",
                        clientGone(world)),
                Row.of(
                        "F26",
                        "100 times the same book and 100 books, at once",
                        "101 calls to the provider",
                        manyAtOnce(world)),
                Row.of(
                        "F28",
                        "the key expires",
                        "asked once; a new key is one restart away",
                        asked(
                                world,
                                "f28",
                                503,
                                1,
                                NOTHING,
                                "a restart with the new key",
                                status(401, "{\"error\":{\"message\":\"invalid x-api-key\"}}"))));
    }

    private static Proof rateLimited(World world) {
        return () -> {
            long hits = hits(world);
            world.simulatorFaults("{\"fault\":\"429:1\",\"untilSeconds\":0.9}");
            assertThat(world.summary("f1")
                            .assertStatus(200)
                            .json()
                            .get("attempts")
                            .asInt())
                    .isEqualTo(2);
            world.simulatorFaults("{\"fault\":\"429:7\"}");
            Answer passedOn = world.summary("f1").assertStatus(429);
            world.simulatorFaults("");
            assertThat(passedOn.header("retry-after")).hasValue("7");
            assertThat(hits(world) - hits).isEqualTo(3);
            return new Seen(
                    "200 after the pause; " + passedOn.inShort() + " with `Retry-After`",
                    NOTHING,
                    "the next request after it");
        };
    }

    private static Proof serverErrors(World world) {
        return () -> {
            LinkedHashSet<String> answers = new LinkedHashSet<>();
            for (String fault : List.of("500", "503", "529")) {
                long hits = hits(world);
                world.simulatorFaults("{\"fault\":\"" + fault + "\"}");
                answers.add(fault + " is " + world.summary("f3").inShort());
                assertThat(hits(world) - hits).isBetween(1L, 3L);
            }
            world.simulatorFaults("");
            world.provider().next(status(500, "{}"), status(500, "{}"), status(500, "{}"));
            Answer fallback = world.service()
                    .post(world.newBook("Fallback") + "/generate-summary", "")
                    .assertStatus(200);
            assertThat(fallback.json().get("provider").asText()).isEqualTo("openai");
            return new Seen(String.join(", ", answers) + "; 200 by the fallback", NOTHING, NEXT);
        };
    }

    private static Proof refusals(World world) {
        return () -> {
            LinkedHashSet<String> answers = new LinkedHashSet<>();
            for (int code : List.of(400, 401, 403, 404)) {
                world.provider().reset();
                world.provider().always(status(code, "{\"error\":{\"message\":\"secret of internal.example\"}}"));
                Answer answer = world.summary("f4").assertProblem();
                assertThat(answer.body()).doesNotContain("secret");
                assertThat(world.provider().received()).hasSize(1);
                answers.add(code + " is " + answer.inShort());
            }
            world.provider().reset();
            world.summary("f4").assertStatus(200);
            return new Seen(String.join(", ", answers), NOTHING, "whoever runs it");
        };
    }

    private static Proof asked(
            World world, String provider, int expected, int times, String lost, String recovery, Step step) {
        return () -> {
            world.provider().reset();
            world.provider().always(step);
            Answer answer = world.summary(provider).assertStatus(expected);
            assertThat(world.provider().received()).hasSize(times);
            world.provider().reset();
            world.summary(provider).assertStatus(200);
            return new Seen(answer.inShort(), lost, recovery);
        };
    }

    private static Proof silence(World world, String provider, boolean headersFirst) {
        return () -> {
            CountDownLatch end = new CountDownLatch(1);
            world.provider().reset();
            world.provider().next(headersFirst ? silenceAfterTheFirstToken(end) : after(end, stream("late", 1, 1)));
            Answer answer = world.summary(provider).assertStatus(504);
            end.countDown();
            world.summary(provider).assertStatus(200);
            return new Seen(answer.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof dribble(World world) {
        return () -> {
            world.provider().next(exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    for (int i = 0; i < 100; i++) {
                        out.write("event: ping\n".charAt(i % 12));
                        out.flush();
                        pause(100);
                    }
                }
            });
            Answer answer = world.summary("f7").assertStatus(504);
            return new Seen(answer.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof halfStream(World world) {
        return () -> {
            String path = world.newBook("Half a stream") + "/generate-summary/stream?provider=f9";
            world.provider().next(brokenStream());
            String broken = world.service().get(path).assertStatus(200).body();
            assertThat(broken)
                    .contains("Half a ", "event: error", "provider-failed")
                    .doesNotContain("event: summary");
            CountDownLatch end = new CountDownLatch(1);
            world.provider().next(silenceAfterTheFirstToken(end));
            String silent = world.service().get(path).assertStatus(200).body();
            end.countDown();
            assertThat(silent).contains("event: error", "deadline-exceeded");
            return new Seen("200, then `error` with provider-failed or deadline-exceeded", PERHAPS_PAID, NEXT);
        };
    }

    private static Proof nonsense(World world) {
        return () -> {
            world.provider().reset();
            world.provider().next(text("text/html", "<html>Bad gateway of proxy.internal</html>"));
            Answer page = world.summary("f10").assertStatus(502);
            assertThat(page.body()).doesNotContain("proxy.internal");
            assertThat(world.provider().received()).hasSize(1);

            long hits = hits(world);
            world.simulatorFaults("{\"fault\":\"malformed-frame:3\"}");
            Answer frame = world.summary("f8").assertStatus(502);
            world.simulatorFaults("");
            assertThat(hits(world) - hits).isEqualTo(1);
            return new Seen(page.inShort() + ", " + frame.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof empty(World world) {
        return () -> {
            String path = world.newBook("Empty") + "/generate-summary?provider=f11";
            world.provider().next(stream("", 1, 0), text("application/json", "{}"));
            Answer first = world.service().post(path, "").assertStatus(502);
            world.service().post(path, "").assertStatus(502);
            assertThat(world.service()
                            .post(path, "")
                            .assertStatus(200)
                            .json()
                            .get("cache")
                            .asText())
                    .isEqualTo("miss");
            return new Seen(first.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof endless(World world) {
        return () -> {
            AtomicLong sent = new AtomicLong();
            CountDownLatch stopped = new CountDownLatch(1);
            world.provider().next(exchange -> {
                try {
                    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    byte[] part =
                            ("event: ping\ndata: " + "x".repeat(60_000) + "\n\n").getBytes(StandardCharsets.UTF_8);
                    while (sent.addAndGet(part.length) < 200 << 20) {
                        exchange.getResponseBody().write(part);
                    }
                } finally {
                    stopped.countDown();
                }
            });
            Answer answer = world.summary("f12").assertStatus(502);
            stopped.await();
            // The rest of what left the sender was in the buffers of two kernels.
            assertThat(sent.get()).isLessThan(32 << 20);
            return new Seen(answer.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof unreachable(World world) {
        return () -> {
            world.simulatorFaults("{\"fault\":\"reset-before-headers\"}");
            LinkedHashSet<String> answers = new LinkedHashSet<>();
            for (String provider : List.of("f13", "refused", "nowhere", "tls")) {
                answers.add(world.summary(provider).assertProblem().inShort());
            }
            world.simulatorFaults("");
            assertThat(answers).containsExactly("502 provider-failed");
            return new Seen(String.join(", ", answers), NOTHING, NEXT);
        };
    }

    private static Proof flapping(World world) {
        return () -> {
            world.simulatorFaults("{\"fault\":\"500\",\"probability\":0.5}");
            for (int i = 0; i < 40; i++) {
                assertThat(world.summary("f15").status()).isIn(200, 502, 503);
            }
            world.simulatorFaults("");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> world.summary("f15").status() == 200);
            for (int i = 0; i < 10; i++) {
                world.summary("f15").assertStatus(200);
            }
            return new Seen(
                    "200, 502 provider-failed or 503 provider-unavailable", NOTHING, "within the wait of the breaker");
        };
    }

    private static Proof clientGone(World world) {
        return () -> {
            CountDownLatch left = new CountDownLatch(1);
            world.provider().next(tokensUntilNobodyListens(left));
            try (Wire wire = new Wire(world.service().api())) {
                wire.send("GET " + world.newBook("Gone")
                        + "/generate-summary/stream?provider=f25 HTTP/1.1\r\nHost: b\r\n\r\n");
                wire.awaitText("Once");
            }
            await().atMost(Duration.ofSeconds(2)).until(() -> left.getCount() == 0);
            await().until(() -> world.service().metric("llm_requests_active") == 0);
            return new Seen("nobody is there to get it", PERHAPS_PAID, "none needed");
        };
    }

    private static Proof manyAtOnce(World world) {
        return () -> {
            String same = world.newBook("The same") + "/generate-summary";
            List<String> distinct = IntStream.range(0, 100)
                    .mapToObj(i -> world.newBook("Distinct " + i) + "/generate-summary")
                    .toList();
            world.provider().reset();
            var answers = java.util.stream.Stream.concat(IntStream.range(0, 100).mapToObj(i -> same), distinct.stream())
                    .map(path -> world.service().later("POST", path, ""))
                    .toList();
            assertThat(answers).allSatisfy(answer -> answer.join().assertStatus(200));
            assertThat(world.provider().received()).hasSize(101);
            return new Seen("200 times 200", NOTHING, "none needed");
        };
    }

    private static Step text(String type, String body) {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** The fault itself is that time passes. */
    private static void pause(long milliseconds) throws IOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static long hits(World world) {
        return world.simulator().journal().summary().count();
    }
}
