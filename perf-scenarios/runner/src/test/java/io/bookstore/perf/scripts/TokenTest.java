package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens by client credentials: two virtual users ask three times each, after the setup has asked once. */
class TokenTest {

    private static final String SECRET = "s3cr+t";

    private static final String SCRIPT = """
            import exec from 'k6/execution';
            import { prepare } from '%1$s/prepare.js';
            import { summarize } from '%1$s/llm.js';
            export const options = { scenarios: { ai: { executor: 'per-vu-iterations', vus: 2, iterations: 3 } } };
            export const setup = prepare;
            export default function ({ items }) { summarize(items[0], { requestId: `r${exec.scenario.iterationInTest}` }); }
            """.formatted(Checkout.scripts().resolve("lib"));

    @TempDir
    Path folder;

    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final Set<String> usable = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private String lifetime = ", \"expires_in\": 3600";
    private boolean forOneRequest;
    private boolean refused;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::grant);
        server.createContext("/summary", this::summarize);
        server.createContext("/", exchange -> answer(exchange, 200, "{}"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void grant(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        tokenRequests.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + form);
        String token = "t" + tokenRequests.size();
        usable.add("Bearer " + token);
        answer(
                exchange,
                refused ? 401 : 200,
                refused
                        ? "{\"error\": \"invalid_client\"}"
                        : "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\"" + lifetime + "}");
    }

    private void summarize(HttpExchange exchange) throws IOException {
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean welcome = forOneRequest ? usable.remove(token) : usable.contains(token);
        statuses.add(welcome ? 200 : 401);
        answer(exchange, welcome ? 200 : 401, "{\"text\": \"A matchmaker errs.\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void eachVirtualUserAsksOnceForATokenThatLastsAndTheSecretStandsNowhere() throws Exception {
        RunResult result = run("scope: llm");

        assertThat(result.verdict().exitCode()).isZero();
        assertThat(statuses).hasSize(6).containsOnly(200);
        String credentials = Base64.getEncoder().encodeToString("load-test:s3cr%2Bt".getBytes(StandardCharsets.UTF_8));
        assertThat(tokenRequests)
                .hasSize(3)
                .containsOnly("Basic " + credentials + " grant_type=client_credentials&scope=llm");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(SECRET, credentials));
        }
    }

    @Test
    void tokenOfUnknownLifeIsKept() throws Exception {
        lifetime = "";

        run("");

        assertThat(statuses).hasSize(6).containsOnly(200);
        assertThat(tokenRequests).hasSize(3).allMatch(request -> request.endsWith(" grant_type=client_credentials"));
    }

    @Test
    void tokenThatIsAtItsEndIsReplacedBeforeItIsUsed() throws Exception {
        lifetime = ", \"expires_in\": 0";

        run("");

        assertThat(statuses).hasSize(6).containsOnly(200);
        assertThat(tokenRequests).hasSize(7);
    }

    @Test
    void tokenThatTheServiceNoLongerTakesIsReplaced() throws Exception {
        forOneRequest = true;

        run("");

        assertThat(statuses).hasSize(6).filteredOn(status -> status == 401).hasSize(2);
        assertThat(tokenRequests).hasSize(5);
    }

    @Test
    void refusedClientEndsTheRunBeforeTheLoad() throws Exception {
        refused = true;

        RunResult result = run("");

        assertThat(result.verdict().exitCode()).isEqualTo(ExitCode.SCRIPT_EXCEPTION.value());
        assertThat(result.verdict().problem())
                .contains(service()
                        + "token gave no token (invalid_client): check clientId, clientSecret and scope under token of"
                        + " the target \"orders\".")
                .doesNotContain(SECRET);
        assertThat(statuses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url: /token, clientId: a, clientSecret: b | has the url \"/token\"; write a whole one, such as",
                "url: 'http://a/token', clientId: a | needs the key \"clientSecret\", a text.",
                "url: 'http://a/token', clientId: 7, clientSecret: b | needs the key \"clientId\", a text.",
                "url: 'http://a/token', secret: b | has an unknown key \"secret\"; known are url, clientId, clientSecret, scope."
            })
    void mistakesOfTheDescriptorAreNamed(String token, String sentence) throws Exception {
        RunResult result = runWith("{ " + token + " }");

        assertThat(result.verdict().problem()).contains("orders.yml.token\" " + sentence);
        assertThat(tokenRequests).isEmpty();
    }

    private RunResult run(String more) throws Exception {
        return runWith("{ url: %stoken, clientId: load-test, clientSecret: '${CLIENT_SECRET}', %s }"
                .formatted(service(), more));
    }

    private RunResult runWith(String token) throws Exception {
        Path descriptor = Files.createDirectories(folder.resolve("described")).resolve("orders.yml");
        Files.writeString(descriptor, """
                name: orders
                baseUrl: %s
                paid: false
                token: %s
                operations:
                  summary: { method: GET, path: "/summary?title={title}" }
                items: { values: [{ title: Emma, author: Jane Austen }] }
                answer: { text: text }
                """.formatted(service(), token));
        return EmbeddedRun.of(
                SCRIPT, Map.of("TARGET", descriptor.toString(), "CLIENT_SECRET", SECRET), service(), folder);
    }

    private URI service() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
