package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Command;
import io.bookstore.testing.PackagedApi;
import io.bookstore.testing.Program;
import io.bookstore.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The API and the simulator as processes, a provider that refuses, one that is not there, and a Prometheus that scrapes.
 *
 * <p>Only processes and HTTP: dashboards know the service by its metrics, never by its classes.
 */
record LiveStack(RefusingProvider refusing, ServerProcess simulator, ServerProcess api, Prometheus prometheus)
        implements AutoCloseable {

    private static final Path SIMULATOR = Repository.ROOT.resolve("llm-simulator/target/llm-simulator.jar");

    // Only a defect takes so long: on an idle machine everything has data after some seconds.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Starts the stack; the calling test is skipped, saying so, where Prometheus or the API is missing. */
    static LiveStack orSkip(Path folder) throws IOException {
        Program program = Program.orSkip("prometheus", "prometheus");
        Assumptions.assumeTrue(
                Files.exists(PackagedApi.JAR),
                "bookstore-api.jar is not built: mvn -pl dashboards -am verify builds it");
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            RefusingProvider refusing = new RefusingProvider();
            started.push(refusing);
            ServerProcess simulator = ServerProcess.start(LiveStack::simulatorOn, folder.resolve("simulator.log"));
            started.push(simulator);
            ServerProcess api =
                    ServerProcess.start(port -> apiOn(port, simulator.baseUrl(), refusing), folder.resolve("api.log"));
            started.push(api);
            return new LiveStack(
                    refusing,
                    simulator,
                    api,
                    Prometheus.start(program, folder, api.baseUrl().getAuthority()));
        } catch (IOException | RuntimeException | Error e) {
            closeAll(started, e);
            throw e;
        }
    }

    /** The address of the API. */
    URI service() {
        return api.baseUrl();
    }

    /** Asks until nothing is missing or the time is up; returns what was missing last. */
    Map<String, String> awaitNone(Supplier<Map<String, String>> missing) {
        try {
            return Awaitility.await()
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .until(missing::get, Map::isEmpty);
        } catch (ConditionTimeoutException e) {
            // The names of what is missing say more than the time that has passed.
            return missing.get();
        }
    }

    /** Waits for the scrape that brings this sum. */
    void awaitSum(String selector, double expected) {
        Awaitility.await("the scrape that brings the last request")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(sum(selector)).isEqualTo(expected));
    }

    /**
     * The sum of the counters, as they were last scraped; NaN if there are none.
     *
     * <p>One scrape may fail on a busy machine, and the series are then stale until the next.
     */
    double sum(String selector) {
        List<Double> values = prometheus.query("sum(last_over_time(" + selector + "[1h]))");
        return values.isEmpty() ? Double.NaN : values.get(0);
    }

    @Override
    public void close() {
        closeAll(new ArrayDeque<>(List.of(prometheus, api, simulator, refusing)), null);
    }

    /** Closes all of them, whatever becomes of one. */
    private static void closeAll(Deque<AutoCloseable> open, @Nullable Throwable because) {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                if (because != null) {
                    because.addSuppressed(e);
                }
            }
        }
    }

    private static ServerProcess.Launch simulatorOn(int port) {
        return new ServerProcess.Launch(
                Command.java(192, "-jar", SIMULATOR.toString(), "--port", String.valueOf(port), "--profile", "fixed"),
                local(port).resolve("/health"));
    }

    // A small young generation, so that the collector has something to show within seconds.
    private static ServerProcess.Launch apiOn(int port, URI simulator, RefusingProvider refusing) {
        return new ServerProcess.Launch(
                PackagedApi.command(192, "-Xmn8m").with(environment(port, simulator, refusing)),
                local(port).resolve("/health/readiness"));
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
