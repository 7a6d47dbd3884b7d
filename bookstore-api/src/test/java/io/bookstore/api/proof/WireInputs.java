package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.proof.Row.Seen;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Requests that no client library sends. */
final class WireInputs {

    private static final String LIST = "GET /api/v1/Books HTTP/1.1\nHost: bookstore\n";

    private WireInputs() {}

    static List<Row> rows(World world) {
        return Stream.of(heads(world), origins(world), methods(world))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> heads(World world) {
        URI api = world.service().api();
        return List.of(
                Row.of(
                        "B25",
                        "an address of 5 kB",
                        "414",
                        Refusal.with(world, 414)
                                .of(() -> Wire.ask(
                                        api,
                                        "GET /api/v1/Books?genre=" + "x".repeat(5_000)
                                                + " HTTP/1.1\nHost: bookstore\n"))
                                .proof()),
                Row.of(
                        "B26",
                        "a header of 9 kB",
                        "431",
                        Refusal.with(world, 431)
                                .of(() -> Wire.ask(api, LIST + "X-Large: " + "x".repeat(9_000) + "\n"))
                                .proof()),
                Row.of(
                        "B27",
                        "500 headers",
                        "431 above 100",
                        Refusal.with(world, 431)
                                .of(() -> Wire.ask(api, LIST + "X-Many: 1\n".repeat(500)))
                                .proof()),
                Row.of(
                        "B28",
                        "two lengths, NUL in a header; a length beside chunks",
                        "400 and closed (RFC 9112, 6.1 and 6.3)",
                        () -> {
                            String both = "Content-Length: 5\nTransfer-Encoding: chunked\n";
                            for (String bad :
                                    List.of("Content-Length: 5\nContent-Length: 6\n", "X-Nul: a\0b\n", both)) {
                                try (Wire wire = new Wire(api)) {
                                    wire.send(post(bad, "x"));
                                    wire.read().assertStatus(400);
                                    wire.readToEnd();
                                }
                            }
                            return new Seen("400 invalid-request, closed");
                        }),
                Row.of(
                        "B29",
                        "HTTP/1.1 without a `Host`",
                        "400",
                        Refusal.with(world, 400)
                                .of(() -> Wire.ask(api, "GET /api/v1/Books HTTP/1.1\n"))
                                .proof()));
    }

    private static String post(String headers, String body) {
        return ("POST /api/v1/Books HTTP/1.1\nHost: bookstore\nContent-Type: application/json\n" + headers + "\n")
                        .replace("\n", "\r\n")
                + body;
    }

    private static List<Row> origins(World world) {
        URI api = world.service().api();
        return List.of(
                Row.of("B30", "an absolute address, `X-Forwarded-Host`", "neither shows up in `Location`", () -> {
                    Answer absolute = Wire.ask(api, "GET http://evil.example/api/v1/Books HTTP/1.1\nHost: bookstore\n");
                    assertThat(absolute.body()).doesNotContain("evil");
                    Answer created = world.service()
                            .post(
                                    "/api/v1/Books",
                                    World.BOOK.replace("Dubliners", "Forwarded"),
                                    "X-Forwarded-Host",
                                    "evil.example",
                                    "X-Forwarded-Proto",
                                    "gopher");
                    assertThat(created.assertStatus(201).header("location").orElseThrow())
                            .startsWith("/api/v1/Books/");
                    return new Seen(absolute.inShort() + "; 201 with a path");
                }),
                Row.of("B31", "a broken `traceparent`, 7 kB of `baggage`", "ignored", () -> {
                    Answer broken = world.service()
                            .get(
                                    "/api/v1/Books",
                                    "traceparent",
                                    "00-zz-zz-99",
                                    "tracestate",
                                    "=,=,=",
                                    "baggage",
                                    "a=" + "b".repeat(7_000));
                    return new Seen(broken.assertStatus(200).inShort());
                }),
                Row.of(
                        "B40",
                        "titles and descriptions that give the model orders, answers that are HTML",
                        "the instructions stay as they are; no markup comes out",
                        new PromptAttacks(world)));
    }

    private static List<Row> methods(World world) {
        URI api = world.service().api();
        return List.of(
                Row.of("B32", "TRACE, and a method nobody knows", "405 with `Allow`", () -> {
                    Answer trace = Wire.ask(api, "TRACE /api/v1/Books HTTP/1.1\nHost: bookstore\n")
                            .assertStatus(405);
                    Answer unknown = Wire.ask(api, "FROB /api/v1/Books HTTP/1.1\nHost: bookstore\n")
                            .assertStatus(405);
                    assertThat(trace.header("allow").orElseThrow()).contains("GET", "POST");
                    assertThat(unknown.header("allow").orElseThrow()).contains("GET", "POST");
                    return new Seen(trace.inShort());
                }),
                Row.of("B36", "20 requests in one packet; a preface of HTTP/2", "answered in order; refused", () -> {
                    try (Wire wire = new Wire(api)) {
                        wire.send(LIST.concat("\n").replace("\n", "\r\n").repeat(20));
                        for (int i = 0; i < 20; i++) {
                            wire.read().assertStatus(200);
                        }
                    }
                    try (Wire wire = new Wire(api)) {
                        wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
                        assertThat(wire.readToEnd()).contains("HTTP/1.1 505");
                    }
                    return new Seen("20 times 200; the connection is closed");
                }));
    }

    /** Each waits for a limit of the service, so all of them begin when the first is asked for. */
    static List<Row> slow(World world) {
        URI api = world.service().api();
        Waiting silent = new Waiting(() -> closed(api, "GET /api/v1/Books HTTP/1.1\r\nHost: boo", 0));
        Waiting drop = new Waiting(() -> closed(api, "GET /api/v1/Books HTTP/1.1\r\nX-Drop: ", 1_000));
        Waiting body = new Waiting(() -> closed(
                api,
                "POST /api/v1/Books HTTP/1.1\r\n"
                        + "Host: b\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: 9000\r\n\r\n",
                1_000));
        Waiting tls = new Waiting(() -> closed(api, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", 0));
        return List.of(
                Row.of("B33", "a request that stops in its head", "closed after 10 s", () -> {
                    silent.join();
                    return new Seen("closed");
                }),
                Row.of(
                        "B34",
                        "a byte a second, in the head and in the body",
                        "closed after 10 s; after 30 s; no limit of connections",
                        () -> {
                            drop.join();
                            body.join();
                            return new Seen("closed");
                        }),
                Row.of("B35", "TLS to the port of HTTP", "closed within 10 s", () -> {
                    tls.join();
                    return new Seen("closed");
                }));
    }

    /** Sends the start of something and then a byte at a time, until the server has had enough. */
    private static Boolean closed(URI api, String start, long millisecondsABeat) {
        try (Wire wire = new Wire(api)) {
            wire.send(start);
            if (millisecondsABeat > 0) {
                wire.dripUntilClosed(millisecondsABeat);
            } else {
                wire.readToEnd();
            }
            return true;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Begins at once, so that the time of all of them is that of the longest. */
    private record Waiting(CompletableFuture<Boolean> end) {

        Waiting(Supplier<Boolean> task) {
            this(CompletableFuture.supplyAsync(task, command -> {
                Thread thread = new Thread(command, "waiting");
                thread.setDaemon(true);
                thread.start();
            }));
        }

        void join() {
            assertThat(end.join()).isTrue();
        }
    }
}
