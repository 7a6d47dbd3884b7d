package io.bookstore.simulator.proxy;

import static io.bookstore.simulator.proxy.ProxyWire.readRequest;
import static io.bookstore.simulator.proxy.ProxyWire.readUntil;
import static io.bookstore.simulator.proxy.ProxyWire.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.proxy.ProxiedExchange.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The upstream of these tests is a socket, so that each test says what is sent and when. */
class ProxyServerTest {

    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n" + "transfer-encoding: chunked\r\n\r\n";

    private final HeardExchanges listener = new HeardExchanges();

    private ServerSocket upstream;
    private ProxyServer proxy;

    @BeforeEach
    void start() throws IOException {
        upstream = ProxyWire.listen();
        proxy = ProxyServer.start("127.0.0.1", 0, ProxyWire.url(upstream), listener);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @Test
    void chunkPassesOnBeforeTheNextOneIsSent() throws Exception {
        try (Socket client = ask("/v1/messages", "{}");
                Socket provider = upstream.accept()) {
            readRequest(provider);
            send(provider, CHUNKED + "5\r\nfirst\r\n");

            InputStream in = client.getInputStream();
            assertThat(readUntil(in, "first")).startsWith("HTTP/1.1 200 OK\r\n").contains("text/event-stream");

            send(provider, "6\r\nsecond\r\n0\r\n\r\n");
            assertThat(readUntil(in, "0\r\n\r\n")).contains("second");
        }
        ProxiedExchange exchange = listener.exchanges.take();
        assertThat(exchange.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(exchange.chunks())
                .extracting(chunk -> new String(chunk.bytes(), StandardCharsets.UTF_8))
                .containsExactly("first", "second");
        assertThat(exchange.headNanos())
                .isPositive()
                .isLessThanOrEqualTo(exchange.chunks().get(0).nanos());
        assertThat(exchange.chunks().get(0).nanos())
                .isLessThan(exchange.chunks().get(1).nanos());
        assertThat(exchange.chunks().get(1).nanos()).isLessThanOrEqualTo(exchange.durationNanos());
    }

    @Test
    void headersPassOnButThoseOfTheConnection() throws Exception {
        try (Socket client = open()) {
            client.getOutputStream()
                    .write(("POST /v1/x?a=b HTTP/1.1\r\nhost: proxy\r\nconnection: x-hop\r\nx-hop: 1\r\n"
                                    + "te: trailers\r\nauthorization: Bearer k\r\naccept-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}")
                            .getBytes(StandardCharsets.US_ASCII));
            try (Socket provider = upstream.accept()) {
                String request = readRequest(provider);
                assertThat(request)
                        .startsWith("POST /v1/x?a=b HTTP/1.1\r\n")
                        .contains(
                                "authorization: Bearer k\r\n",
                                "accept-encoding: identity\r\n",
                                "host: 127.0.0.1:" + upstream.getLocalPort() + "\r\n")
                        .doesNotContain("x-hop", "te: ", "gzip");

                send(
                        provider,
                        "HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\nset-cookie: a=b\r\nkeep-alive: timeout=5\r\n"
                                + "connection: keep-alive\r\ncontent-length: 4\r\n\r\nbusy");

                assertThat(readUntil(client.getInputStream(), "busy"))
                        .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
                        .contains("retry-after: 7\r\n", "set-cookie: a=b\r\n", "content-length: 4\r\n")
                        .doesNotContain("keep-alive", "transfer-encoding");
            }
        }
    }

    @Test
    void compressedAnswerPassesOnAsItCame() throws Exception {
        try (Socket client = ask("/v1/x", "{}");
                Socket provider = upstream.accept()) {
            readRequest(provider);
            send(provider, "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nbytes");

            assertThat(readUntil(client.getInputStream(), "bytes")).contains("content-encoding: gzip\r\n");
        }
    }

    @Test
    void clientThatGoesAwayCancelsTheUpstream() throws Exception {
        try (Socket provider = askAndLeave()) {
            assertThat(provider.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(listener.exchanges.take().ending()).isEqualTo(Ending.CANCELLED);
    }

    private Socket askAndLeave() throws IOException {
        try (Socket client = ask("/v1/messages", "{}")) {
            Socket provider = upstream.accept();
            provider.setSoTimeout(120_000);
            readRequest(provider);
            send(provider, CHUNKED + "5\r\nfirst\r\n");
            readUntil(client.getInputStream(), "first");
            return provider;
        }
    }

    @Test
    void upstreamThatBreaksOffIsSeenToBreakOff() throws Exception {
        try (Socket client = ask("/v1/messages", "{}")) {
            try (Socket provider = upstream.accept()) {
                readRequest(provider);
                send(provider, CHUNKED + "5\r\nfirst\r\n");
            }
            String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all).contains("first").doesNotEndWith("0\r\n\r\n");
        }
        assertThat(listener.exchanges.take().ending()).isEqualTo(Ending.CUT);
    }

    @Test
    void upstreamThatHangsUpWithoutAnAnswerLeavesNone() throws Exception {
        try (Socket client = ask("/v1/messages", "{}")) {
            try (Socket provider = upstream.accept()) {
                readRequest(provider);
            }
            assertThat(client.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(listener.exchanges.take().status()).isZero();
    }

    @Test
    void connectionIsUsedAgainAndPipelinedRequestsKeepTheirOrder() throws Exception {
        try (Socket client = open()) {
            String one = "POST /one HTTP/1.1\r\nhost: p\r\ncontent-length: 0\r\n\r\n";
            client.getOutputStream().write((one + one.replace("one", "two")).getBytes(StandardCharsets.US_ASCII));
            try (Socket provider = upstream.accept()) {
                assertThat(readRequest(provider)).startsWith("POST /one ");
                send(provider, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst");
                assertThat(readRequest(provider)).startsWith("POST /two ");
                send(provider, "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond");

                assertThat(readUntil(client.getInputStream(), "second")).contains("first");
            }
        }
    }

    @Test
    void answerUntilTheEndOfTheConnectionBecomesChunked() throws Exception {
        try (Socket client = ask("/v1/messages", "{}")) {
            try (Socket provider = upstream.accept()) {
                readRequest(provider);
                send(provider, "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nall of it");
            }
            assertThat(readUntil(client.getInputStream(), "0\r\n\r\n"))
                    .contains("transfer-encoding: chunked", "all of it");
        }
        assertThat(listener.exchanges.take().ending()).isEqualTo(Ending.COMPLETED);
    }

    @Test
    void interimAnswerIsNoAnswer() throws Exception {
        try (Socket client = ask("/v1/messages", "{}");
                Socket provider = upstream.accept()) {
            readRequest(provider);
            send(
                    provider,
                    "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes");

            assertThat(readUntil(client.getInputStream(), "yes")).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void clientThatDoesNotReadHoldsTheUpstreamBack() throws Exception {
        byte[] part = new byte[1 << 20];
        int parts = 64;
        try (Socket client = ask("/v1/messages", "{}");
                Socket provider = upstream.accept()) {
            readRequest(provider);
            Thread sending = new Thread(() -> {
                try {
                    send(provider, "HTTP/1.1 200 OK\r\ncontent-length: " + (long) parts * part.length + "\r\n\r\n");
                    for (int i = 0; i < parts; i++) {
                        provider.getOutputStream().write(part);
                    }
                } catch (IOException e) {
                    // The size below tells.
                }
            });
            sending.start();
            InputStream in = client.getInputStream();
            readUntil(in, "\r\n\r\n");
            assertThat(sending.isAlive()).isTrue();

            in.skipNBytes((long) parts * part.length);
            sending.join();
        }
    }

    @Test
    void requestForAnotherHostIsRefused() throws Exception {
        assertThat(new RawHttp(url(proxy)).get("http://example.com/v1/models"))
                .startsWith("HTTP/1.1 400 ")
                .contains("The request target must begin with /, was http://example.com/v1/models: make the proxy the"
                        + " client's base URL, not its HTTP proxy");
    }

    private Socket open() throws IOException {
        return new RawHttp(url(proxy)).open();
    }

    private Socket ask(String path, String body) throws IOException {
        Socket client = open();
        client.getOutputStream().write(RawHttp.request("POST", path, body));
        return client;
    }

    private static void send(Socket to, String text) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
