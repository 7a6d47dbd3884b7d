package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleReaderTest {

    private final Collected collected = new Collected();
    private final SampleReader reader = new SampleReader(collected);

    @TempDir
    Path folder;

    @Test
    void metricLineIsRead() {
        reader.line("""
            {"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":["p(95)<500"],"submetrics":[{"name":"http_req_duration{a:b}","suffix":"a:b","tags":{"a":"b"}}]},"metric":"http_req_duration"}
            """);

        assertThat(collected.metrics).containsExactly(new Metric("http_req_duration", MetricType.TREND, "time"));
    }

    @Test
    void pointLineIsReadWithNanosecondsTagsAndMetadata() {
        reader.line("""
            {"metric":"http_reqs","type":"Point","data":{"time":"2026-11-23T10:00:00.123456789Z","value":1,"tags":{"name":"summary","status":"200"},"metadata":{"vu":"3"}}}
            """);

        assertThat(collected.samples)
                .containsExactly(new Sample(
                        "http_reqs",
                        Instant.parse("2026-11-23T10:00:00.123456789Z"),
                        1,
                        Map.of("name", "summary", "status", "200"),
                        Map.of("vu", "3")));
    }

    @Test
    void localTimeWithOffsetIsTheSameInstant() {
        reader.line("""
            {"metric":"vus","type":"Point","data":{"time":"2026-11-23T12:00:00+02:00","value":5,"tags":null}}
            """);

        assertThat(collected.samples)
                .singleElement()
                .extracting(Sample::time)
                .isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    }

    @Test
    void everyFormOfATimeIsReadBesideItsNeighbours() {
        // given
        List<String> times = List.of(
                "2026-11-23T12:00:00+02:00",
                "2026-11-23T12:00:00.5+02:00",
                "2026-11-23T12:00:00.123456789+02:00",
                "2026-11-23T12:00:00.25+01:00",
                "2026-11-23T12:00:00.000001Z",
                "2026-11-23T12:00:00.1Z",
                "2026-11-23T12:00:00Z",
                "2026-11-23T12:00:01.1Z",
                "2026-11-23T12:00:01.x1Z",
                "2026-11-23T12:00:01.1234567891Z",
                "2026-11-23T12:00:01.9Z");

        // when
        times.forEach(time -> reader.line("{\"metric\":\"vus\",\"type\":\"Point\",\"data\":{\"time\":\"" + time
                + "\",\"value\":5,\"tags\":{}}}"));

        // then
        assertThat(collected.samples)
                .extracting(Sample::time)
                .containsExactly(
                        Instant.parse("2026-11-23T10:00:00Z"),
                        Instant.parse("2026-11-23T10:00:00.5Z"),
                        Instant.parse("2026-11-23T10:00:00.123456789Z"),
                        Instant.parse("2026-11-23T11:00:00.25Z"),
                        Instant.parse("2026-11-23T12:00:00.000001Z"),
                        Instant.parse("2026-11-23T12:00:00.1Z"),
                        Instant.parse("2026-11-23T12:00:00Z"),
                        Instant.parse("2026-11-23T12:00:01.1Z"),
                        Instant.parse("2026-11-23T12:00:01.9Z"));
        assertThat(reader.unreadableLines()).isEqualTo(2);
    }

    @Test
    void compressedFileIsReadAsFarAsItGoes() throws IOException {
        // given
        Path file = folder.resolve("samples.jsonl.gz");
        Metric metric = new Metric("t", MetricType.TREND, "time");
        try (SampleWriter writer = new SampleWriter(SampleFile.compressed(file))) {
            writer.write(metric, List.of(), List.of());
            for (int i = 0; i < 5_000; i++) {
                writer.write(new Sample("t", Instant.EPOCH.plusMillis(i), i * 0.37, Map.of("name", "n" + i % 7)));
            }
            writer.flush();
        }
        byte[] whole = Files.readAllBytes(file);

        // when
        long unreadable = SampleReader.read(file, collected);
        int all = collected.samples.size();
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        collected.samples.clear();
        long unreadableOfHalf = SampleReader.read(file, collected);

        // then
        assertThat(unreadable).isZero();
        assertThat(all).isEqualTo(5_000);
        assertThat(unreadableOfHalf).isLessThanOrEqualTo(1);
        assertThat(collected.samples).hasSizeBetween(1_000, 4_999);
    }

    @Test
    void lineCutShortIsCountedAndNothingElseIsLost() throws IOException {
        // given
        String whole = """
            {"metric":"vus","type":"Point","data":{"time":"2026-11-23T10:00:00Z","value":5,"tags":{}}}
            """;
        Path file = Files.writeString(folder.resolve("samples.jsonl"), whole + whole + whole.substring(0, 60));

        // when
        long unreadable = SampleReader.read(file, collected);

        // then
        assertThat(unreadable).isOne();
        assertThat(collected.samples).hasSize(2);
    }

    @Test
    void linesThatAreNoSamplesAreCounted() {
        List.of(
                        "[]",
                        "{}",
                        "not json",
                        "{\"metric\":\"vus\",\"type\":\"Point\",\"data\":{\"time\":\"yesterday\",\"value\":1,\"tags\":{}}}",
                        "{\"metric\":\"vus\",\"type\":\"Point\",\"data\":{\"time\":\"2026-11-23T10:00:00Z\",\"value\":null,\"tags\":{}}}",
                        "{\"metric\":\"vus\",\"type\":\"Metric\",\"data\":{\"type\":\"histogram\"}}")
                .forEach(reader::line);

        assertThat(reader.unreadableLines()).isEqualTo(6);
        assertThat(collected.samples).isEmpty();
    }

    private static final class Collected implements SampleSink {
        private final List<Metric> metrics = new ArrayList<>();
        private final List<Sample> samples = new ArrayList<>();

        @Override
        public void metric(Metric metric) {
            metrics.add(metric);
        }

        @Override
        public void sample(Sample sample) {
            samples.add(sample);
        }
    }
}
