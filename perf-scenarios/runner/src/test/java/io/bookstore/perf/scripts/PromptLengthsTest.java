package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.EmbeddedRun;
import io.bookstore.testing.Checkout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prompts of drawn lengths, and other drawn numbers; {@code lengths.test.js} has the distributions. */
class PromptLengthsTest {

    private static final String SCRIPT = """
            import exec from 'k6/execution';
            import { summarize } from '%1$s/llm.js';
            export const options = { iterations: 4 };
            export default function () { summarize({}, { requestId: `r${exec.scenario.iterationInTest}` }); }
            """.formatted(Checkout.scripts().resolve("lib"));

    @TempDir
    private Path folder;

    @Test
    void eachRequestHasTheTextAndTheNumbersThatItsKeyDraws() throws Exception {
        List<Integer> words = new CopyOnWriteArrayList<>();
        List<Integer> limits = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/chat", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            words.add(body.split(" ").length);
            limits.add(Integer.valueOf(body.replaceFirst(".*\"limit\":(\\d+)}", "$1")));
            byte[] answer = "{\"text\": \"Yes.\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            String target = describe(
                    service.toString(),
                    "lengths: { median: 20, p95: 60 }, numbers: { tokens: { least: 100, most: 999 } }");

            RunResult result = EmbeddedRun.of(SCRIPT, Map.of("TARGET", target), service, folder);

            assertThat(result.count("llm_operations")).hasValue(4.0);
            assertThat(words).as("the same in each run with this seed").containsExactly(12, 23, 18, 10);
            assertThat(limits).containsExactly(535, 271, 599, 365);
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lengths: { median: 200 }                         | lengths" needs the keys "median" and "p95", the keys "least" and "most", or the key "quantiles" alone: numbers from 1 to 100000
            lengths: { median: 200, p95: 100 }               | lengths" needs the keys
            lengths: { median: 200, p95: 1500, most: 1000 }  | lengths" needs the keys
            lengths: { median: 200, p95: 20000 }             | lengths" needs the keys
            lengths: { median: 200, p95: 900, quantiles: [] } | lengths" needs the keys
            lengths: { p95: 1500, most: 2000 }               | lengths" needs the keys
            lengths: { quantiles: [20, 10] }                 | lengths" needs the keys
            lengths: { median: 200, p99: 1500 }              | lengths" has an unknown key "p99"; known are median, p95, quantiles, least, most.
            numbers: { tokens: { least: 9 } }                | numbers.tokens" needs the keys
            numbers: { max-tokens: { least: 1, most: 9 } }   | numbers" has the name "max-tokens": write letters, digits and _, so that {name} stands for it.
            numbers: { prose: { least: 1, most: 9 } }        | numbers" has the name "prose", which is another value of a request: choose another name.
            """)
    void mistakeIsNamedBeforeTheLoadStarts(String drawn, String sentence) throws Exception {
        Map<String, String> env = Map.of("TARGET", describe("http://localhost:9", drawn));
        Path script = Files.writeString(folder.resolve("script.js"), SCRIPT);

        EngineOutcome problem = new EmbeddedEngine(Map.of())
                .inspect(new EngineRequest(script, env, folder))
                .problem();

        assertThat(Objects.requireNonNull(problem).problem()).contains("chat.yml.operations.summary." + sentence);
    }

    private String describe(String baseUrl, String drawn) throws Exception {
        return Files.writeString(folder.resolve("chat.yml"), """
                        name: chat
                        baseUrl: %s
                        operations:
                          summary: { method: POST, path: /chat, body: { prompt: "{prose}", limit: "{tokens}" }, %s }
                        answer: { text: text }
                        """.formatted(baseUrl, drawn))
                .toString();
    }
}
