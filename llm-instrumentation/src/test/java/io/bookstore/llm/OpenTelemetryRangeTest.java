package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with the oldest and with the newest OpenTelemetry that the README states gets the same telemetry of its calls. */
class OpenTelemetryRangeTest {

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void hostAtEitherEndOfTheRangeGetsEverySpanMetricAndEvent(String end) throws Exception {
        String said = OtherHost.with(Path.of("target/opentelemetry", end), "opentelemetry")
                .run("io.bookstore.llm.RangeProgram");

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
    }
}
