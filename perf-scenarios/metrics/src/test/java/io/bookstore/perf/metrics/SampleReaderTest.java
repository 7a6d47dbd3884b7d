package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleReaderTest {

    private final CollectedSamples collected = new CollectedSamples();
    private final SampleReader reader = new SampleReader(collected);

    @TempDir
    Path folder;

    @Test
    void metricLineIsRead() {
        reader.line("""
            {"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":["p(95)<500"],"submetrics":[{"name":"http_req_duration{a:b}","suffix":"a:b","tags":{"a":"b"}}]},"metric":"http_req_duration"}
            """);

        assertThat(collected.metrics()).containsExactly(new Metric("http_req_duration", MetricType.TREND, "time"));
    }

    @Test
    void pointLineIsReadWithNanosecondsTagsAndMetadata() {
        reader.line("""
            {"metric":"http_reqs","type":"Point","data":{"time":"2026-11-23T10:00:00.123456789Z","value":1,"tags":{"name":"summary","status":"200"},"metadata":{"vu":"3"}}}
            """);

        assertThat(collected.samples())
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

        assertThat(collected.samples())
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
        assertThat(collected.samples())
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
        int all = collected.samples().size();
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        collected.samples().clear();
        long unreadableOfHalf = SampleReader.read(file, collected);

        // then
        assertThat(unreadable).isZero();
        assertThat(all).isEqualTo(5_000);
        assertThat(unreadableOfHalf).isLessThanOrEqualTo(1);
        assertThat(collected.samples()).hasSizeBetween(1_000, 4_999);
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
        assertThat(collected.samples()).hasSize(2);
    }

    @Test
    void groupIsReadByTheLastShapeOfItsNumber() {
        List.of(
                        "{\"type\":\"Shape\",\"shape\":0,\"samples\":[{\"metric\":\"a\",\"tags\":{}}]}",
                        "{\"type\":\"Shape\",\"shape\":0,\"samples\":[{\"metric\":\"b\",\"tags\":{\"c\":\"d\"}},{\"metric\":\"e\",\"tags\":{}}]}",
                        "{\"type\":\"Points\",\"shape\":0,\"time\":\"2026-11-23T10:00:00Z\",\"after\":[0,250],\"values\":[1,2.5]}",
                        "{\"metric\":\"vus\",\"type\":\"Point\",\"data\":{\"time\":\"2026-11-23T10:00:01Z\",\"value\":1,\"tags\":{}}}")
                .forEach(reader::line);

        Instant time = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(collected.samples())
                .containsExactly(
                        new Sample("b", time, 1, Map.of("c", "d")),
                        new Sample("e", time.plusNanos(250), 2.5, Map.of()),
                        new Sample("vus", time.plusSeconds(1), 1, Map.of()));
        assertThat(reader.unreadableLines()).isZero();
    }

    @Test
    void groupsThatDoNotFitTheirShapeAreCounted() {
        String shape = "{\"type\":\"Shape\",\"shape\":0,\"samples\":[{\"metric\":\"a\",\"tags\":{}}]}";
        String group =
                "{\"type\":\"Points\",\"shape\":0,\"time\":\"2026-11-23T10:00:00Z\",\"after\":[0],\"values\":[1]}";

        List.of(
                        shape.replace("[{\"metric\":\"a\",\"tags\":{}}]", "[]"),
                        group,
                        shape,
                        group.replace("\"values\":[1]", "\"values\":[1,2]"),
                        group.replace("\"after\":[0]", "\"after\":[0,0]"),
                        group.replace("\"after\":[0]", "\"after\":\"0\""),
                        group.replace("2026-11-23T10:00:00Z", "yesterday"),
                        group.substring(0, group.length() - 3))
                .forEach(reader::line);

        assertThat(reader.unreadableLines()).isEqualTo(7);
        assertThat(collected.samples()).isEmpty();
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
        assertThat(collected.samples()).isEmpty();
    }
}
