package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with the oldest and with the newest OpenTelemetry that the README states gets the same telemetry of its calls. */
class OpenTelemetryRangeTest {

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void hostAtEitherEndOfTheRangeGetsEverySpanMetricAndEvent(String end) throws Exception {
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader host = hostWith(Path.of("target/opentelemetry", end))) {
            Thread.currentThread().setContextClassLoader(host);
            String said = (String) host.loadClass("io.bookstore.llm.RangeProgram")
                    .getMethod("run")
                    .invoke(null);

            assertThat(said.lines())
                    .containsExactly(
                            "SDK " + System.getProperty(end + ".opentelemetry.version"),
                            "span execute_tool weather INTERNAL UNSET",
                            "span chat gpt-4o-mini CLIENT UNSET",
                            "span chat gpt-4o-mini CLIENT ERROR network exception",
                            "metric gen_ai.client.operation.duration",
                            "metric gen_ai.client.operation.time_to_first_chunk",
                            "metric gen_ai.client.token.usage",
                            "metric llm.cost.usd",
                            "metric llm.requests.active",
                            "metric llm.tokens",
                            "event gen_ai.client.inference.operation.details",
                            "event gen_ai.evaluation.result",
                            "event gen_ai.client.operation.exception",
                            "event gen_ai.client.inference.operation.details");
        } finally {
            Thread.currentThread().setContextClassLoader(own);
        }
    }

    /** The class path of these tests, with another OpenTelemetry in the place of their own. */
    private static URLClassLoader hostWith(Path openTelemetry) throws MalformedURLException {
        List<URL> path = new ArrayList<>();
        path.add(openTelemetry.toUri().toURL());
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!element.contains("opentelemetry")) {
                path.add(Path.of(element).toUri().toURL());
            }
        }
        return new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
}
