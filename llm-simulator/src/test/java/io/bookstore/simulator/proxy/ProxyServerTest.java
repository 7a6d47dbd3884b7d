package io.bookstore.simulator.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.proxy.ProxiedExchange.Ending;
import io.bookstore.testing.ClosedPort;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The upstream of these tests is a socket, so that each test says what is sent and when. */
class ProxyServerTest {

    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n" + "transfer-encoding: chunked\r\n\r\n";

    @TempDir
    private Path folder;

    private final BlockingQueue<ProxiedExchange> exchanges = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final ProxyListener listener = new ProxyListener() {
        @Override
        public void ended(ProxiedExchange exchange) {
            exchanges.add(exchange);
        }

        @Override
        public void failed(String sentence) {
            failures.add(sentence);
        }
    };

    private ServerSocket upstream;
    private ProxyServer proxy;

    @BeforeEach
    void start() throws IOException {
        upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(120_000);
        proxy = ProxyServer.start("127.0.0.1", 0, URI.create("http://127.0.0.1:" + upstream.getLocalPort()), listener);
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
        ProxiedExchange exchange = exchanges.take();
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
        assertThat(exchanges.take().ending()).isEqualTo(Ending.CANCELLED);
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
        assertThat(exchanges.take().ending()).isEqualTo(Ending.CUT);
    }

    @Test
    void upstreamThatHangsUpWithoutAnAnswerLeavesNone() throws Exception {
        try (Socket client = ask("/v1/messages", "{}")) {
            try (Socket provider = upstream.accept()) {
                readRequest(provider);
            }
            assertThat(client.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(exchanges.take().status()).isZero();
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
        assertThat(exchanges.take().ending()).isEqualTo(Ending.COMPLETED);
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
    void unreachableUpstreamIsToldToTheClientAndTheListener() throws Exception {
        try (ClosedPort closed = new ClosedPort();
                ProxyServer nowhere = ProxyServer.start("127.0.0.1", 0, URI.create(closed.url()), listener)) {
            String answer = new RawHttp(url(nowhere)).post("/v1/messages", "{}");

            assertThat(answer)
                    .startsWith("HTTP/1.1 502 ")
                    .contains("Cannot reach " + closed.url() + " (")
                    .contains("): start it, or correct the address that the proxy was given");
            assertThat(failures.take()).startsWith("Cannot reach " + closed.url());
            assertThat(exchanges).isEmpty();
        }
    }

    @Test
    void requestForAnotherHostIsRefused() throws Exception {
        assertThat(new RawHttp(url(proxy)).get("http://example.com/v1/models"))
                .startsWith("HTTP/1.1 400 ")
                .contains("The request target must begin with /, was http://example.com/v1/models: make the proxy the"
                        + " client's base URL, not its HTTP proxy");
    }

    @Test
    void addressThatIsNoneIsRefusedWithoutItsKey() {
        for (String address : List.of("api.example.com", "ftp://api.example.com")) {
            assertThatThrownBy(() -> ProxyServer.start("127.0.0.1", 0, URI.create(address), listener))
                    .hasMessage("The upstream must be an address such as https://api.example.com, was " + address);
        }
        assertThatThrownBy(() -> ProxyServer.start("127.0.0.1", 0, URI.create("https://u:secret@a.example"), listener))
                .hasMessage(
                        "The upstream must be an address such as https://api.example.com, was one with a user or a query");
    }

    @Test
    void pathOfTheUpstreamGoesBeforeThatOfTheRequest() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + upstream.getLocalPort() + "/gateway/");
        try (ProxyServer gateway = ProxyServer.start("127.0.0.1", 0, address, listener);
                Socket client = new RawHttp(url(gateway)).open()) {
            client.getOutputStream().write(RawHttp.request("GET", "/v1/models", ""));
            try (Socket provider = upstream.accept()) {
                assertThat(readRequest(provider)).startsWith("GET /gateway/v1/models HTTP/1.1\r\n");
            }
        }
    }

    @Test
    void upstreamOverTlsIsAskedOverTlsIfItsNameIsRight() throws Exception {
        KeyStore store = selfSigned();
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        https.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("safe".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        https.start();
        int port = https.getAddress().getPort();
        try (ProxyServer right = ProxyServer.start(
                        "127.0.0.1",
                        0,
                        URI.create("https://localhost:" + port),
                        SslContextBuilder.forClient().trustManager(trust).build(),
                        listener);
                ProxyServer wrong = ProxyServer.start(
                        "127.0.0.1",
                        0,
                        URI.create("https://127.0.0.1:" + port),
                        SslContextBuilder.forClient().trustManager(trust).build(),
                        listener);
                ProxyServer untrusting =
                        ProxyServer.start("127.0.0.1", 0, URI.create("https://localhost:" + port), listener)) {

            assertThat(new RawHttp(url(right)).get("/v1/models")).endsWith("safe");
            assertThat(new RawHttp(url(wrong)).get("/v1/models")).startsWith("HTTP/1.1 502 ");
            assertThat(new RawHttp(url(untrusting)).get("/v1/models")).startsWith("HTTP/1.1 502 ");
        } finally {
            https.stop(0);
        }
    }

    /** A certificate for localhost by the JDK's own tool. */
    private KeyStore selfSigned() throws Exception {
        Path file = folder.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor())
                .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    private static URI url(ProxyServer server) {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
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

    /** The head of a request, whose body is read too. */
    private static String readRequest(Socket provider) throws IOException {
        String head = readUntil(provider.getInputStream(), "\r\n\r\n");
        int length = head.contains("content-length: ")
                ? Integer.parseInt(head.split("content-length: ")[1].split("\r")[0])
                : 0;
        provider.getInputStream().readNBytes(length);
        return head;
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("Ended after: " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }
}
