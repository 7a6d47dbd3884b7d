package io.bookstore.perf.cli.describe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.terminal.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code llm-perf init --try} takes for health what the service answers as one, for a document seldom names it. */
class InitHealthTest {

    private static final String DOCUMENT = TriedDraft.document("/chat", "application/json", "", "question");

    @TempDir
    private Path folder;

    private final Map<String, String> health = new TreeMap<>();
    private HttpServer server;

    @BeforeEach
    void startService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = health.get(exchange.getRequestURI().getPath());
            answer(exchange, body == null ? 406 : 200, body == null ? "{}" : body);
        });
        server.createContext("/chat", exchange -> answer(exchange, 200, "{\"text\": \"Hello\"}"));
        server.start();
    }

    @AfterEach
    void stopService() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /actuator/health      | {"status":"UP"}
            /health/readiness     | {"name":"bookstore-api","status":"UP"}
            /healthz              | ok
            /readyz               | true
            """)
    void usualPathWithAGoodAnswerIsTaken(String path, String body) throws Exception {
        health.put(path, body);
        health.put("/ping", "pong");

        TriedDraft draft = tried(DOCUMENT);

        assertThat(draft.written())
                .contains("health:\n  method: GET\n  path: " + path + "\n")
                .doesNotContain("names no health endpoint");
        assertThat(draft.findings()).contains(Finding.ok("health", path + " answers 200, and says that it is ready"));
        assertThat(Finding.allWell(draft.findings())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html>Shop</html>
            {"error": {"message": "no such route"}}
            {"status": "DOWN"}
            ''
            """)
    void answerThatSaysSomethingElseIsNoHealth(String body) throws Exception {
        health.put("/health", body);
        health.put("/healthz", "ok");

        assertThat(tried(DOCUMENT).written()).contains("  path: /healthz\n");
    }

    @Test
    void pathOfTheDocumentThatAnswersOtherwiseIsReplaced() throws Exception {
        health.put("/healthz", "ok");

        TriedDraft draft = tried(DOCUMENT.replace("\"paths\": {", "\"paths\": {\"/ready\": {\"get\": {}}, "));

        assertThat(draft.written()).contains("  path: /healthz\n").doesNotContain("/ready");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void pathOfTheDocumentThatAsksForCredentialsIsKept(int status) throws Exception {
        server.createContext("/ready", exchange -> answer(exchange, status, "{}"));
        health.put("/healthz", "ok");

        TriedDraft draft = tried(DOCUMENT.replace("\"paths\": {", "\"paths\": {\"/ready\": {\"get\": {}}, "));

        assertThat(draft.written()).contains("  path: /ready\n").doesNotContain("/healthz");
    }

    @Test
    void pathThatWantsTheCredentialsOfTheUserIsFoundAndNobodyElseGetsThem() throws Exception {
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            elsewhere.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().get("Authorization"));
            answer(exchange, 200, "ok");
        });
        other.start();
        try {
            server.createContext("/readyz", exchange -> {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.1:" + other.getAddress().getPort() + "/readyz");
                answer(exchange, 302, "");
            });
            server.createContext("/healthz", exchange -> {
                boolean known =
                        "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                answer(exchange, known ? 200 : 401, "ok");
            });

            TriedDraft draft = tried(
                    withScheme("{\"type\": \"http\", \"scheme\": \"bearer\"}"), Map.of("HELPDESK_TOKEN", "s3cret"));

            assertThat(draft.written())
                    .contains("  path: /healthz\n", "${HELPDESK_TOKEN}")
                    .doesNotContain("s3cret");
            assertThat(draft.findings())
                    .contains(Finding.ok("health", "/healthz answers 200, and says that it is ready"))
                    .noneMatch(finding -> finding.toString().contains("s3cret"));
            assertThat(elsewhere).isEmpty();
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Authorization | HELPDESK_TOKEN   | {"type": "http", "scheme": "bearer"}
            X-Key         | HELPDESK_API_KEY | {"type": "apiKey", "in": "header", "name": "X-Key"}
            """)
    void secretThatIsNoHeaderIsNamedByTheFirstRequestAndNotShown(String header, String variable, String scheme) {
        health.put("/healthz", "ok");

        assertThatThrownBy(() -> tried(withScheme(scheme), Map.of(variable, "s3cret\nof two lines")))
                .isInstanceOf(PerfException.class)
                .hasMessageContaining("in " + header + " value")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void documentCannotLeadToAnotherHost() {
        assertThatThrownBy(() -> tried(
                        DOCUMENT.replace("\"paths\": {", "\"paths\": {\"@other.example/ready\": {\"get\": {}}, ")))
                .isInstanceOf(PerfException.class)
                .hasMessageEndingWith("openapi.json has the path \"@other.example/ready\": a path begins with /.");
    }

    @Test
    void healthIsLeftOutAndThatIsSaidWhereNothingAnswersSo() throws Exception {
        TriedDraft draft = tried(DOCUMENT);

        assertThat(draft.written())
                .contains("# The document names no health endpoint: without the key health, GET / has to answer 200.")
                .doesNotContain("health:\n");
        assertThat(draft.findings())
                .anySatisfy(finding -> {
                    assertThat(finding.state()).isEqualTo(Finding.State.NONE);
                    assertThat(finding.text())
                            .startsWith("left out, for none of /health/readiness, ")
                            .endsWith("/ping answers 200 and says that it is ready: a run asks GET /");
                })
                .contains(Finding.bad(
                        "health", "answers 406, and a run begins only after 200: name what is ready as health.path"));
    }

    private TriedDraft tried(String document) throws Exception {
        return tried(document, Map.of());
    }

    private TriedDraft tried(String document, Map<String, String> environment) throws Exception {
        return TriedDraft.of(
                document, URI.create("http://127.0.0.1:" + server.getAddress().getPort()), environment, folder);
    }

    private static String withScheme(String scheme) {
        return DOCUMENT.replace(
                "{\"openapi\"",
                "{\"security\": [{\"secret\": []}], \"components\": {\"securitySchemes\": {\"secret\": " + scheme
                        + "}}, \"openapi\"");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
