package io.bookstore.perf.record;

import static io.bookstore.perf.record.WrittenRecords.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of the file of records. */
class RecordFileTest {

    @TempDir
    Path folder;

    @Test
    void recordTakesAtMost300BytesOfTheFile() throws Exception {
        int requests = 2_000;
        Random random = new Random(1);
        try (RecordFile file = new RecordFile(folder.resolve(RequestRecords.NAME))) {
            RequestJoin join = new RequestJoin(System::nanoTime, true, file::write);
            for (int i = 0; i < requests; i++) {
                request(join, i, random);
            }
            join.end();
        }

        assertThat(lines(folder)).hasSize(requests);
        assertThat(Files.size(folder.resolve(RequestRecords.NAME)) / requests).isLessThanOrEqualTo(300);
    }

    private static void request(RequestJoin join, int i, Random random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        String trace = HexFormat.of().formatHex(id);
        String key = "llm_smoke-" + i;
        long start = Instant.parse("2026-11-29T10:00:00Z").getEpochSecond() * 1_000_000_000 + i * 100_123_457L;
        long millis = 1_000_000;
        double took = 2000 + random.nextInt(1_000_000) / 1e3;
        long end = start + Math.round(took * millis);
        Map<String, String> tags = Map.of(
                "name", "summary", "operation_type", "llm", "status", "200", "scenario", "llm_smoke", "group", "");
        join.add(sample("http_req_duration", end, took, tags, trace, key));
        join.add(sample("http_req_receiving", end, random.nextInt(900) / 1e3, tags, trace, key));
        join.add(sample("llm_input_tokens", end, 45, tags, trace, key));
        join.add(sample("llm_output_tokens", end, 80 + random.nextInt(80), tags, trace, key));
        join.add(sample("llm_cost_usd", end, random.nextInt(4_000) / 1e6, tags, trace, key));
        join.add(sample("llm_cache_hits", end, 0, tags, trace, key));
        join.add(sample("llm_ttft", end, 300 + random.nextInt(400_000) / 1e3, tags, trace, key));
        join.add(trace, new TraceSpans.Server(start + random.nextInt(900_000), end - random.nextInt(900_000), 0.01));
        join.add(
                trace,
                new TraceSpans.Model(
                        "a",
                        "",
                        start + 2 * millis + random.nextInt(900_000),
                        end - 2 * millis - random.nextInt(900_000),
                        2L,
                        List.of(new TraceSpans.Failure(
                                start + 40 * millis + random.nextInt(900_000), 429, "rate_limited")),
                        new TraceSpans.Usage(null, null, null, null)));
        join.add(new JournalAttempt(key, start + 4 * millis + random.nextInt(900_000), 30 + random.nextDouble(), 429));
        join.add(new JournalAttempt(
                key, start + 300 * millis + random.nextInt(90_000_000), took - 450 + random.nextDouble(), 200));
    }

    private static Sample sample(
            String metric, long end, double value, Map<String, String> tags, String trace, String key) {
        return new Sample(
                metric, Instant.ofEpochSecond(0, end), value, tags, Map.of("trace_id", trace, "request_id", key));
    }
}
