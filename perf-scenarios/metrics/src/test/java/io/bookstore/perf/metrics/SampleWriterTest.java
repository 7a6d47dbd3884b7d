package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleWriterTest {
    private static final Instant TIME = Instant.parse("2026-11-23T23:28:26.000012345Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void metricLineNamesThresholdsAndSubMetrics() throws IOException {
        try (SampleWriter writer = new SampleWriter(out)) {
            writer.write(
                    new Metric("my_trend", MetricType.TREND, "time"),
                    List.of("p(95)<500"),
                    List.of(new SampleWriter.SubMetric("my_trend{a:x}", "a:x", Map.of("a", "x"))));
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"type\":\"Metric\",\"data\":{\"name\":\"my_trend\",\"type\":\"trend\",\"contains\":\"time\","
                                + "\"thresholds\":[\"p(95)<500\"],\"submetrics\":[{\"name\":\"my_trend{a:x}\",\"suffix\":\"a:x\","
                                + "\"tags\":{\"a\":\"x\"}}]},\"metric\":\"my_trend\"}\n");
    }

    @Test
    void pointLineHasNanosecondsAndSortedTags() throws IOException {
        try (SampleWriter writer = new SampleWriter(out)) {
            writer.write(new Sample("m_m", TIME, 1.5, Map.of("b", "q\"\\\n", "a", "ü")));
        }

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"metric\":\"m_m\",\"type\":\"Point\",\"data\":{\"time\":\"2026-11-23T23:28:26.000012345Z\","
                                + "\"value\":1.5,\"tags\":{\"a\":\"ü\",\"b\":\"q\\\"\\\\\\n\"}}}\n");
    }

    @Test
    void metadataStandsBehindTheTagsAsInK6() throws IOException {
        try (SampleWriter writer = new SampleWriter(out)) {
            writer.write(new Sample("m_m", Instant.EPOCH, 1, Map.of("a", "x"), Map.of("trace_id", "4bf9")));
            writer.write(new Sample("m_m", Instant.EPOCH, 1, Map.of(), Map.of("trace_id", "a3ce", "b", "\"")));
            writer.write(new Sample("m_m", Instant.EPOCH, 1, Map.of()));
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(line.indexOf("\"tags\""))))
                .containsExactly(
                        "\"tags\":{\"a\":\"x\"},\"metadata\":{\"trace_id\":\"4bf9\"}}}",
                        "\"tags\":{},\"metadata\":{\"b\":\"\\\"\",\"trace_id\":\"a3ce\"}}}",
                        "\"tags\":{}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-3, -3",
        "0.25, 0.25",
        "-0.5, -0.5",
        "88.555753, 88.555753",
        "1e9, 1000000000",
        "0.1234567891, 0.1234567891",
        "1e20, 1.0E20",
        "NaN, null"
    })
    void numbersAreShortAndExact(double value, String text) throws IOException {
        try (SampleWriter writer = new SampleWriter(out)) {
            writer.write(new Sample("m_m", TIME, value, Map.of()));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"value\":" + text + ",\"tags\":{}}}");
    }

    @Test
    void manyKindsOfTagsAreAllWritten() throws IOException {
        int kinds = 10_000;
        try (SampleWriter writer = new SampleWriter(out)) {
            for (int i = 0; i < kinds; i++) {
                writer.write(new Sample("m_m", TIME, i, Map.of("i", Integer.toString(i))));
            }
        }

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(kinds);
        assertThat(lines.get(kinds - 1)).endsWith("\"value\":9999,\"tags\":{\"i\":\"9999\"}}}");
    }
}
