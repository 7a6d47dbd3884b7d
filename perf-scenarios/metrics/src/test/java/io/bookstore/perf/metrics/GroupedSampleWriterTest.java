package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedSampleWriterTest {
    private static final Instant TIME = Instant.parse("2026-11-23T23:28:26.000012345Z");
    private static final Map<String, String> TRACE = Map.of("trace_id", "4bf9");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void samplesOfARequestShareALineAndItsShapeIsWrittenOnce() throws IOException {
        Map<String, String> tags = Map.of("name", "summary");
        Map<String, String> other = Map.of("trace_id", "a3ce");

        write(List.of(
                new Sample("http_reqs", TIME, 1, tags, TRACE),
                new Sample("http_req_duration", TIME, 12.5, tags, TRACE),
                new Sample("checks", TIME.plusNanos(700), 0, Map.of("check", "\"ok\""), TRACE),
                new Sample("http_reqs", TIME.plusSeconds(20), 1, tags, other),
                new Sample("http_req_duration", TIME.plusSeconds(20), 9, tags, other),
                new Sample("checks", TIME.plusSeconds(40), 1, Map.of("check", "\"ok\""), other)));

        assertThat(lines())
                .containsExactly(
                        "{\"type\":\"Shape\",\"shape\":0,\"samples\":["
                                + "{\"metric\":\"http_reqs\",\"tags\":{\"name\":\"summary\"}},"
                                + "{\"metric\":\"http_req_duration\",\"tags\":{\"name\":\"summary\"}},"
                                + "{\"metric\":\"checks\",\"tags\":{\"check\":\"\\\"ok\\\"\"}}]}",
                        "{\"type\":\"Points\",\"shape\":0,\"time\":\"2026-11-23T23:28:26.000012345Z\",\"after\":[0,0,700],"
                                + "\"values\":[1,12.5,0],\"metadata\":{\"trace_id\":\"4bf9\"}}",
                        "{\"type\":\"Points\",\"shape\":0,\"time\":\"2026-11-23T23:28:46.000012345Z\","
                                + "\"after\":[0,0,20000000000],\"values\":[1,9,1],\"metadata\":{\"trace_id\":\"a3ce\"}}");
    }

    @Test
    void samplesOfOneKindInARowAreAListSoThatStreamsOfAnyLengthShareAShape() throws IOException {
        write(List.of(
                new Sample("llm_chunk_gap", TIME, 20, Map.of(), TRACE),
                new Sample("llm_chunk_gap", TIME.plusNanos(5), 30.25, Map.of(), TRACE),
                new Sample("llm_ttft", TIME.plusNanos(7), 100, Map.of(), TRACE)));

        assertThat(lines())
                .last()
                .isEqualTo(
                        "{\"type\":\"Points\",\"shape\":0,\"time\":\"2026-11-23T23:28:26.000012345Z\",\"after\":[0,5,2],"
                                + "\"values\":[[20,30.25],100],\"metadata\":{\"trace_id\":\"4bf9\"}}");
    }

    @Test
    void samplesWithoutMetadataShareALineOnlyWithTheirTime() throws IOException {
        Map<String, String> tags = Map.of();

        write(List.of(
                new Sample("vus", TIME, 5, tags),
                new Sample("vus_max", TIME, 5, tags),
                new Sample("vus", TIME.plusSeconds(1), 5, tags)));

        assertThat(lines())
                .extracting(line -> line.replaceAll(".*\"values\"", ""))
                .contains(":[5,5]}", ":[5]}");
    }

    @Test
    void metricLineIsThatOfK6() throws IOException {
        Metric metric = new Metric("my_trend", MetricType.TREND, "time");
        ByteArrayOutputStream k6 = new ByteArrayOutputStream();
        try (SampleWriter writer = new SampleWriter(k6)) {
            writer.write(metric, List.of("p(95)<500"), List.of());
        }

        try (GroupedSampleWriter writer = new GroupedSampleWriter(out)) {
            writer.write(metric, List.of("p(95)<500"), List.of());
        }

        assertThat(out.toByteArray()).isEqualTo(k6.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everySampleIsReadBackAsItWas(long seed) throws IOException {
        List<Sample> samples = LoadTestSamples.of(300, seed);

        write(samples);

        assertThat(read(out.toByteArray())).isEqualTo(samples);
    }

    @Test
    void moreKindsThanAreKeptAreReadBackAsTheyWere() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            samples.add(new Sample("m", TIME.plusNanos(i), i, Map.of("i", Integer.toString(i % 9_000)), TRACE));
        }

        write(samples);

        assertThat(read(out.toByteArray())).isEqualTo(samples);
    }

    @Test
    void valueThatIsNoNumberIsLeftOutAndCountedAsInK6sLines() throws IOException {
        Map<String, String> tags = Map.of();
        write(List.of(new Sample("a", TIME, Double.NaN, tags, TRACE), new Sample("b", TIME, 2, tags, TRACE)));

        CollectedSamples read = new CollectedSamples();
        long unreadable = SampleReader.read(Files.write(folder.resolve("samples.jsonl"), out.toByteArray()), read);

        assertThat(read.samples()).extracting(Sample::metric).containsExactly("b");
        assertThat(unreadable).isOne();
    }

    @Test
    void fileThatWasCutIsReadUpToTheCut() throws IOException {
        // given
        List<Sample> samples = LoadTestSamples.of(300, 1);
        byte[] whole = LoadTestSamples.compressed(folder.resolve("samples.jsonl.gz"), samples);

        // when
        List<Sample> half = read(Arrays.copyOf(whole, whole.length / 2));

        // then
        assertThat(half).hasSizeGreaterThan(samples.size() / 3).isEqualTo(samples.subList(0, half.size()));
    }

    /** The page names the figure; what the engine writes for a real request to a model is no larger. */
    @Test
    void requestToAModelTakesLessThan300Bytes() throws IOException {
        int requests = 2_000;
        byte[] file = LoadTestSamples.compressed(folder.resolve("samples.jsonl.gz"), LoadTestSamples.of(requests, 1));

        assertThat(file.length / requests).as("bytes a request").isLessThan(300);
        assertThat(Files.readString(Path.of("README.md"))).contains("less than 300 bytes a request to a model");
    }

    private void write(List<Sample> samples) throws IOException {
        try (GroupedSampleWriter writer = new GroupedSampleWriter(out)) {
            for (Sample sample : samples) {
                writer.write(sample);
            }
        }
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<Sample> read(byte[] bytes) throws IOException {
        CollectedSamples read = new CollectedSamples();
        long unreadable = SampleReader.read(Files.write(folder.resolve("read"), bytes), read);
        assertThat(unreadable).isLessThanOrEqualTo(1);
        return read.samples();
    }
}
