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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items from a data file; {@code rows.test.js} has the formats. */
class DataFileTest {

    private static final String SCRIPT = """
            import exec from 'k6/execution';
            import { prepare } from '%1$s/prepare.js';
            import { summarize } from '%1$s/llm.js';
            export const options = { iterations: 4 };
            export const setup = prepare;
            export default function ({ items }) {
              const n = exec.scenario.iterationInTest;
              summarize(items[n %% items.length], { requestId: `r${n}` });
            }
            """.formatted(Checkout.scripts().resolve("lib"));

    private static final List<String> asked = new CopyOnWriteArrayList<>();
    private static HttpServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getRawPath();
            if (path.startsWith("/books/")) {
                asked.add(path);
            }
            byte[] answer = "{\"text\": \"A matchmaker errs.\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @BeforeEach
    void forgetRequests() {
        asked.clear();
    }

    @Test
    void rowsFillTheRequestsInTheirOrderAndBeginAgain() throws Exception {
        write("books.csv", "title,author\nEmma,Jane Austen\n\"Sons, Lovers\",D. H. Lawrence\nÉmile,Rousseau\n");

        RunResult result = run("file: data/books.csv");

        assertThat(result.verdict().exitCode()).as(result.verdict().problem()).isZero();
        assertThat(asked)
                .containsExactly(
                        "/books/Emma/r0", "/books/Sons%2C%20Lovers/r1", "/books/%C3%89mile/r2", "/books/Emma/r3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            file: data/none.csv          | data/none.csv of target "orders" cannot be read: correct the path under items.
            file: data/years.csv         | data/years.csv of target "orders" has no column "title", which the operation summary uses: its columns are year.
            file: data/wide.csv          | data/wide.csv of target "orders" is broken at line 3: it has 2 values, and the header 1.
            file: data/latin.csv         | data/latin.csv of target "orders" is broken at line 2: it has a character that is no UTF-8; save the file as UTF-8.
            file: data/books.txt         | data/books.txt of target "orders" must end in .csv, .jsonl, .ndjson.
            file: 7                      | needs the key "file", a text.
            file: a.csv, path: /books    | needs one of the keys values, file and path, and has file and path.
            list: books                  | needs one of the keys values, file and path, and has none.
            values: []                   | has no values: write one at least.
            """)
    void mistakeIsNamedBeforeTheLoadStarts(String items, String sentence) throws Exception {
        write("years.csv", "year\n1815\n");
        write("wide.csv", "title\nEmma\nDracula,1897\n");
        write("books.txt", "Emma\n");
        Files.write(folder.resolve("data/latin.csv"), "title\nÉmile\n".getBytes(StandardCharsets.ISO_8859_1));
        Path script = Files.writeString(folder.resolve("script.js"), SCRIPT);

        EngineOutcome problem = new EmbeddedEngine(Map.of())
                .inspect(new EngineRequest(script, Map.of("TARGET", describe(items)), folder))
                .problem();

        assertThat(Objects.requireNonNull(problem).problem()).contains(sentence);
    }

    private RunResult run(String items) throws Exception {
        return EmbeddedRun.of(SCRIPT, Map.of("TARGET", describe(items)), service(), folder);
    }

    private String describe(String items) throws Exception {
        return Files.writeString(folder.resolve("orders.yml"), """
                        name: orders
                        baseUrl: %s
                        paid: false
                        items: { %s }
                        operations: { summary: { method: GET, path: "/books/{title}/{requestId}" } }
                        answer: { text: text }
                        """.formatted(service(), items))
                .toString();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("data")).resolve(name), text);
    }

    private static URI service() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
