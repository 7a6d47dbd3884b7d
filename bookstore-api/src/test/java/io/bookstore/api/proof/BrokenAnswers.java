package io.bookstore.api.proof;

import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.brokenStream;
import static io.bookstore.api.llm.ScriptedProvider.everyBeat;
import static io.bookstore.api.llm.ScriptedProvider.silenceAfterTheFirstToken;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static io.bookstore.api.proof.ProviderFaults.NEXT;
import static io.bookstore.api.proof.ProviderFaults.PERHAPS_PAID;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.llm.ScriptedProvider.Step;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Answers of a provider that never come, come in part, or are none. */
final class BrokenAnswers {

    private BrokenAnswers() {}

    static List<Row> rows(World world) {
        return List.of(
                Row.of(
                        "F5",
                        "accepts and never answers",
                        "ends at the deadline",
                        silence(world, "f5", end -> after(end, stream("late", 1, 1)))),
                Row.of(
                        "F6",
                        "answers its headers and goes silent",
                        "ends at the deadline, and the connection with it",
                        silence(world, "f6", end -> silenceAfterTheFirstToken(end))),
                Row.of("F7", "sends a byte at a time", "ends at the deadline", dribble(world)),
                Row.of("F8", "sends half and resets", "asked twice at most, for it is paid for", () -> {
                    long hits = ProviderFaults.hits(world);
                    world.simulatorFaults("{\"fault\":\"reset-after-chunks:3\"}");
                    Answer answer = world.summary("f8").assertStatus(502);
                    world.simulatorFaults("");
                    ProviderFaults.awaitHits(world, hits + 2);
                    world.summary("f8").assertStatus(200);
                    return new Seen(answer.inShort(), PERHAPS_PAID, NEXT);
                }),
                Row.of(
                        "F9",
                        "half a stream, or silence in it, to a client that reads along",
                        "an `error` event, after silence at the deadline (5 s of silence were asked for: a watch of its own"
                                + " would be a second deadline); what was shown is not taken back, so no other attempt",
                        halfStream(world)),
                Row.of("F10", "JSON that is none, a page of a proxy", "asked once", nonsense(world)),
                Row.of("F11", "`{}`, an answer without a text", "502, and not remembered", empty(world)),
                Row.of("F12", "an answer that does not end", "cut at 1 MiB, asked once", endless(world)));
    }

    private static Proof silence(World world, String provider, Function<CountDownLatch, Step> step) {
        return () -> {
            CountDownLatch end = new CountDownLatch(1);
            world.provider(provider).always(step.apply(end));
            Answer answer = world.shortDeadline().refuses(provider);
            world.provider(provider).reset();
            end.countDown();
            world.shortDeadline().serves(provider);
            return new Seen(answer.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof dribble(World world) {
        return () -> {
            world.provider("f7").always(exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    everyBeat(Duration.ofMillis(100), Integer.MAX_VALUE, beat -> {
                        out.write("event: ping\n".charAt(beat % 12));
                        out.flush();
                    });
                }
            });
            Answer answer = world.shortDeadline().refuses("f7");
            world.provider("f7").reset();
            world.shortDeadline().serves("f7");
            return new Seen(answer.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof halfStream(World world) {
        return () -> {
            String query = "/generate-summary/stream?refresh=true&provider=f9";
            world.provider("f9").next(brokenStream());
            String broken = world.service()
                    .get(world.anyBook() + query)
                    .assertStatus(200)
                    .body();
            assertThat(broken)
                    .contains("Half a", "event: error", "provider-failed")
                    .doesNotContain("event: summary");
            assertThat(world.provider("f9").received()).hasSize(1);
            CountDownLatch end = new CountDownLatch(1);
            world.provider("f9").always(silenceAfterTheFirstToken(end));
            PackagedService service = world.shortDeadline().service();
            String silent = service.get(SampleBook.of(service) + query).body();
            end.countDown();
            assertThat(silent).contains("event: error", "deadline-exceeded");
            return new Seen("200, then `error` with provider-failed or deadline-exceeded", PERHAPS_PAID, NEXT);
        };
    }

    private static Proof nonsense(World world) {
        return () -> {
            world.provider("f10").next(text("text/html", "<html>Bad gateway of proxy.internal</html>"));
            Answer page = world.summary("f10").assertStatus(502);
            assertThat(page.body()).doesNotContain("proxy.internal");
            assertThat(world.provider("f10").received()).hasSize(1);

            long hits = ProviderFaults.hits(world);
            world.simulatorFaults("{\"fault\":\"malformed-frame:3\"}");
            Answer frame = world.summary("f8").assertStatus(502);
            world.simulatorFaults("");
            ProviderFaults.awaitHits(world, hits + 1);
            return new Seen(page.inShort() + ", " + frame.inShort(), PERHAPS_PAID, NEXT);
        };
    }

    private static Proof empty(World world) {
        return () -> {
            String path = world.newBook("Empty") + "/generate-summary?provider=f11";
            world.provider("f11").next(stream("", 1, 0), text("application/json", "{}"));
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
            world.provider("f12").next(exchange -> {
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

    private static Step text(String type, String body) {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }
}
