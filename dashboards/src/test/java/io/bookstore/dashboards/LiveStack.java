package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;

/**
 * The API and the simulator as processes, a provider that refuses, one that is not there, and a Prometheus that scrapes.
 *
 * <p>Only processes and HTTP: dashboards know the service by its metrics, never by its classes.
 */
record LiveStack(
        URI service, RefusingProvider refusing, ChildProcess simulator, ChildProcess api, Prometheus prometheus)
        implements AutoCloseable {

    private static final Path API = Repository.ROOT.resolve("bookstore-api/target/bookstore-api.jar");
    private static final Path SIMULATOR = Repository.ROOT.resolve("llm-simulator/target/llm-simulator.jar");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The calling test is skipped, saying so, where Prometheus or the API is missing. */
    static LiveStack orSkip(Path folder) throws IOException {
        Program program = Program.orSkip("prometheus");
        Assumptions.assumeTrue(
                Files.exists(API), "bookstore-api.jar is not built: mvn -pl dashboards -am verify builds it");
        int simulatorPort = ChildProcess.freePort();
        ChildProcess simulator = ChildProcess.start(
                java("-jar", SIMULATOR.toString(), "--port", String.valueOf(simulatorPort), "--profile", "fixed"),
                Map.of(),
                folder.resolve("simulator.log"),
                local(simulatorPort).resolve("/health"));
        int port = ChildProcess.freePort();
        URI service = local(port);
        RefusingProvider refusing = new RefusingProvider();
        // A small young generation, so that the collector has something to show within seconds.
        ChildProcess api = ChildProcess.start(
                java("-Xmx256m", "-Xmn8m", "-jar", API.toString()),
                environment(port, local(simulatorPort), refusing),
                folder.resolve("api.log"),
                service.resolve("/health/readiness"));
        return new LiveStack(service, refusing, simulator, api, Prometheus.start(program, folder, "127.0.0.1:" + port));
    }

    /** Asks until nothing is found or the time is up; what was found last. */
    Map<String, String> awaitNone(Supplier<Map<String, String>> search) {
        try {
            return Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(search::get, Map::isEmpty);
        } catch (ConditionTimeoutException e) {
            // What is missing says more than that the time is up.
            return search.get();
        }
    }

    /** Waits for the scrape that brings this sum. */
    void awaitValue(String selector, double expected) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(prometheus.query("sum(" + selector + ")")).containsExactly(expected));
    }

    @Override
    public void close() {
        prometheus.close();
        api.close();
        simulator.close();
        refusing.close();
    }

    private static List<String> java(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(Stream.of(java), Stream.of(arguments)).toList();
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static Map<String, String> environment(int port, URI simulator, RefusingProvider refusing) {
        return Map.ofEntries(
                Map.entry("MICRONAUT_SERVER_PORT", String.valueOf(port)),
                Map.entry("BOOKSTORE_DATA_DIR", "memory"),
                Map.entry(
                        "BOOKSTORE_PARENT_PID",
                        String.valueOf(ProcessHandle.current().pid())),
                Map.entry("ANTHROPIC_BASE_URL", simulator.resolve("/v1").toString()),
                Map.entry("ANTHROPIC_API_KEY", "test"),
                Map.entry("OPENAI_BASE_URL", refusing.baseUrl().toString()),
                Map.entry("OPENAI_API_KEY", "test"),
                Map.entry("OPENAI_MODEL", RefusingProvider.MODEL),
                // Nobody listens on the discard port.
                Map.entry("LMSTUDIO_BASE_URL", "http://127.0.0.1:9/v1"));
    }
}
