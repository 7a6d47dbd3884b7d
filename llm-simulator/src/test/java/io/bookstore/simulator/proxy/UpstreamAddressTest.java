package io.bookstore.simulator.proxy;

import static io.bookstore.simulator.proxy.ProxyWire.readRequest;
import static io.bookstore.simulator.proxy.ProxyWire.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bookstore.simulator.RawHttp;
import io.bookstore.testing.ClosedPort;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
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
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses of an upstream: one that nobody answers at, one with a path, one over TLS, one that is none. */
class UpstreamAddressTest {

    @TempDir
    private Path folder;

    private final HeardExchanges listener = new HeardExchanges();

    @Test
    void unreachableUpstreamIsToldToTheClientAndTheListener() throws Exception {
        try (ClosedPort closed = new ClosedPort();
                ProxyServer nowhere = ProxyServer.start("127.0.0.1", 0, URI.create(closed.url()), listener)) {
            String answer = new RawHttp(url(nowhere)).post("/v1/messages", "{}");

            assertThat(answer)
                    .startsWith("HTTP/1.1 502 ")
                    .contains("Cannot reach " + closed.url() + " (")
                    .contains("): start it, or correct the address that the proxy was given");
            assertThat(listener.failures.take()).startsWith("Cannot reach " + closed.url());
            assertThat(listener.exchanges).isEmpty();
        }
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
        try (ServerSocket upstream = ProxyWire.listen();
                ProxyServer gateway =
                        ProxyServer.start("127.0.0.1", 0, URI.create(ProxyWire.url(upstream) + "/gateway/"), listener);
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
                        listener,
                        RecordingMemory.ofHeap());
                ProxyServer wrong = ProxyServer.start(
                        "127.0.0.1",
                        0,
                        URI.create("https://127.0.0.1:" + port),
                        SslContextBuilder.forClient().trustManager(trust).build(),
                        listener,
                        RecordingMemory.ofHeap());
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
}
