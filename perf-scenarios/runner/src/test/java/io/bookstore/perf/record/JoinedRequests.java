package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records that come of the sources that a test adds, whose times are milliseconds after {@link #START}. */
final class JoinedRequests {

    static final Instant START = Instant.parse("2026-11-29T10:00:00Z");
    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    static final String ID = "llm_smoke-7";
    static final TraceSpans.Usage NO_USAGE = new TraceSpans.Usage(null, null, null, null);

    private final List<RequestRecord> records = new ArrayList<>();
    private long nowNanos;
    private final RequestJoin join;

    JoinedRequests() {
        this(true);
    }

    /** @param otherSources true if spans or journal lines may come besides the samples */
    JoinedRequests(boolean otherSources) {
        join = new RequestJoin(() -> nowNanos, otherSources, records::add);
    }

    RequestJoin join() {
        return join;
    }

    List<RequestRecord> records() {
        return records;
    }

    RequestRecord onlyRecord() {
        join.end();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    void sent(String traceId, double millis, String type, String status) {
        Map<String, String> tags = tags(type, status);
        Map<String, String> metadata = Map.of("trace_id", traceId, "request_id", ID);
        join.add(new Sample("http_reqs", at(millis), 1, tags, metadata));
        join.add(new Sample("http_req_duration", at(millis), millis, tags, metadata));
        join.add(new Sample("http_req_receiving", at(millis), 10, tags, metadata));
    }

    void told(String metric, double value) {
        sample(metric, value, 0, Map.of("scenario", "load"));
    }

    void failed() {
        sample("http_req_failed", 1, 0, Map.of());
    }

    void sample(String metric, double value, double millis, Map<String, String> tags) {
        join.add(new Sample(metric, at(millis), value, tags, Map.of("trace_id", TRACE, "request_id", ID)));
    }

    void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    static Map<String, String> tags(String type, String status) {
        return Map.of("scenario", "load", "name", "summary", "operation_type", type, "status", status, "group", "");
    }

    static TraceSpans.Server server(double start, double end, @Nullable Double queueMs) {
        return new TraceSpans.Server(nanos(start), nanos(end), queueMs);
    }

    static TraceSpans.Model model(
            String id, double start, double end, @Nullable Long attempts, TraceSpans.Failure... failures) {
        return new TraceSpans.Model(id, "", nanos(start), nanos(end), attempts, List.of(failures), NO_USAGE);
    }

    static TraceSpans.Failure failure(double time, @Nullable Integer status, String error) {
        return new TraceSpans.Failure(nanos(time), status, error);
    }

    static JournalAttempt attempt(String key, double start, double millis, int status) {
        return new JournalAttempt(key, nanos(start), millis, status);
    }

    static Instant at(double millis) {
        return START.plusNanos(Math.round(millis * 1e6));
    }

    static long nanos(double millis) {
        Instant time = at(millis);
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
