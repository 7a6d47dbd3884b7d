package io.bookstore.api.proof;

import static io.bookstore.api.llm.ScriptedProvider.everyBeat;
import static io.bookstore.api.llm.ScriptedProvider.late;
import static io.bookstore.api.llm.ScriptedProvider.silenceAfterTheFirstToken;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.llm.ScriptedProvider.Step;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Faults of the provider, except for broken answers: those are in {@link BrokenAnswers}. */
final class ProviderFaults {

    private static final String NOTHING = "nothing";
    static final String NEXT = "the next request asks again";
    static final String PERHAPS_PAID = "what the provider bills for it";

    private ProviderFaults() {}

    /** The providers that do as they are told, the default one among them. */
    static final List<String> SCRIPTED = List.of(
            World.DEFAULT_PROVIDER,
            "f1",
            "f2",
            "f4",
            "f5",
            "f6",
            "f7",
            "f9",
            "f10",
            "f11",
            "f12",
            "f14",
            "f18",
            "f21",
            "f23",
            "f25",
            "f26",
            "f28",
            "p1",
            "p3",
            "p4",
            "p5",
            "p6",
            "p8",
            "p9",
            "p10");

    /** The providers that are the simulator, or are not there. */
    static Map<String, URI> others(URI simulator) {
        Map<String, URI> addresses = new LinkedHashMap<>();
        for (String name : List.of("f3", "f8", "f13", "f15")) {
            addresses.put(name, simulator.resolve("/v1"));
        }
        addresses.put("refused", URI.create("http://127.0.0.1:" + World.NOBODY + "/v1"));
        addresses.put("nowhere", URI.create("http://no-such-host.invalid/v1"));
        addresses.put("tls", URI.create("https://127.0.0.1:" + simulator.getPort() + "/v1"));
        return addresses;
    }

    static List<Row> rows(World world) {
        return List.of(
                Row.of(
                        "F1",
                        "429 with `Retry-After`: 1, then 60 s",
                        "waits where the deadline allows it, else passes it on at once",
                        rateLimited(world)),
                Row.of(
                        "F2",
                        "429 because the money is spent",
                        "asked once; the breaker stays closed (a long one was asked for: a refusal costs nothing, and"
                                + " who pays is served at once)",
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
                Row.of("F13", "reset, refused, no such host, no TLS", "502", unreachable(world)),
                Row.of("F14", "slow but right: 1 s to the first token", "served", () -> {
                    world.provider("f14").next(late(Duration.ofSeconds(1), stream("Slow.", 1, 1)));
                    return new Seen(world.summary("f14").assertStatus(200).inShort(), NOTHING, "none needed");
                }),
                Row.of(
                        "F15",
                        "every other call fails, then none",
                        "each request is answered or refused in order; all are answered again",
                        flapping(world)),
                Row.of(
                        "F25",
                        "the client goes away in the middle",
                        "the provider's connection ends too, though its answer would go on (within 1 s was asked for, which a"
                                + " shared machine does not hold); the budget keeps what it may cost",
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
            ScriptedProvider provider = world.provider("f1");
            provider.next(status(429, "{}", "Retry-After", "1"));
            Answer paused = world.summary("f1").assertStatus(200);
            assertThat(paused.json().get("attempts").asInt()).isEqualTo(2);
            assertThat(provider.received()).hasSize(2);
            long pause = provider.received().get(1).nanoTime()
                    - provider.received().get(0).nanoTime();
            assertThat(Duration.ofNanos(pause)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));

            provider.reset();
            provider.always(status(429, "{}", "Retry-After", "60"));
            Answer passedOn = World.summaryLater(world.shortDeadline().service(), "f1")
                    .join()
                    .assertStatus(429);
            assertThat(passedOn.header("retry-after")).hasValue("60");
            assertThat(provider.received()).hasSize(1);
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
                world.provider("f4").reset();
                world.provider("f4").always(status(code, "{\"error\":{\"message\":\"secret of internal.example\"}}"));
                Answer answer = world.summary("f4").assertProblem();
                assertThat(answer.body()).doesNotContain("secret");
                assertThat(world.provider("f4").received()).hasSize(1);
                answers.add(code + " is " + answer.inShort());
            }
            world.provider("f4").reset();
            world.summary("f4").assertStatus(200);
            return new Seen(String.join(", ", answers), NOTHING, "whoever runs it");
        };
    }

    private static Proof asked(
            World world, String provider, int expected, int times, String lost, String recovery, Step step) {
        return () -> {
            world.provider(provider).always(step);
            Answer answer = world.summary(provider).assertStatus(expected);
            assertThat(world.provider(provider).received()).hasSize(times);
            world.provider(provider).reset();
            world.summary(provider).assertStatus(200);
            return new Seen(answer.inShort(), lost, recovery);
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
            // The breaker may judge the first good answers together with the last bad ones, and open once more.
            await().until(() ->
                    IntStream.range(0, 10).allMatch(i -> world.summary("f15").status() == 200));
            return new Seen(
                    "200, 502 provider-failed or 503 provider-unavailable", NOTHING, "within the wait of the breaker");
        };
    }

    private static Proof clientGone(World world) {
        return () -> {
            double budget = world.service().metric("llm_budget_remaining_usd");
            CountDownLatch left = new CountDownLatch(1);
            world.provider("f25").always(tokensWithoutEnd(left));
            try (Wire wire = new Wire(world.service().api())) {
                wire.send("GET " + world.newBook("Gone")
                        + "/generate-summary/stream?provider=f25 HTTP/1.1\r\nHost: b\r\n\r\n");
                wire.awaitText("Once");
            }
            await().until(() -> left.getCount() == 0);
            await().until(() -> world.service().metric("llm_requests_active") == 0);
            assertThat(world.service().metric("llm_budget_remaining_usd")).isLessThan(budget);
            return new Seen("nobody is there to get it", PERHAPS_PAID, "none needed");
        };
    }

    /** Sends the start of an answer and then a ping every beat; opens the latch once nobody reads any more. */
    private static Step tokensWithoutEnd(CountDownLatch left) {
        CountDownLatch now = new CountDownLatch(0);
        return exchange -> {
            try {
                silenceAfterTheFirstToken(now).answer(exchange);
                everyBeat(Duration.ofMillis(50), Integer.MAX_VALUE, beat -> {
                    exchange.getResponseBody().write("event: ping\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                });
            } finally {
                left.countDown();
            }
        };
    }

    private static Proof manyAtOnce(World world) {
        return () -> {
            String same = world.newBook("The same") + "/generate-summary?provider=f26";
            List<String> distinct = IntStream.range(0, 100)
                    .mapToObj(i -> world.newBook("Distinct " + i) + "/generate-summary?provider=f26")
                    .toList();
            var answers = java.util.stream.Stream.concat(IntStream.range(0, 100).mapToObj(i -> same), distinct.stream())
                    .map(path -> world.service().later("POST", path, ""))
                    .toList();
            assertThat(answers).allSatisfy(answer -> answer.join().assertStatus(200));
            assertThat(world.provider("f26").received()).hasSize(101);
            return new Seen("200 times 200", NOTHING, "none needed");
        };
    }

    static long hits(World world) {
        return world.simulator().journal().count();
    }

    /** Waits until the simulator has noted that many attempts: it notes one after the client has its answer. */
    static void awaitHits(World world, long count) {
        await().until(() -> hits(world) >= count);
        assertThat(hits(world)).isEqualTo(count);
    }
}
