package io.bookstore.simulator.fit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes samples in the literal shape of {@code k6 --out json}, as llm-perf's scripts record a request. */
final class SampleText {

    private final List<String> lines = new ArrayList<>();

    /** The metrics that a file announces before their first sample. */
    SampleText announce(String metric) {
        lines.add("{\"type\":\"Metric\",\"data\":{\"name\":\"" + metric
                + "\",\"type\":\"trend\",\"contains\":\"time\",\"thresholds\":[],\"submetrics\":null},\"metric\":\""
                + metric
                + "\"}");
        return this;
    }

    /** A sample of a request to a model. */
    SampleText point(String metric, Instant time, double value, String traceId, int status) {
        return point(metric, time, value, traceId, "\"operation_type\":\"llm\",\"status\":\"" + status + "\"");
    }

    SampleText point(String metric, Instant time, double value, String traceId, String tags) {
        lines.add(String.format(
                Locale.ROOT,
                "{\"metric\":\"%s\",\"type\":\"Point\",\"data\":{\"time\":\"%s\",\"value\":%s,\"tags\":{%s},\"metadata\":{%s}}}",
                metric,
                time,
                value,
                tags,
                traceId.isEmpty() ? "" : "\"trace_id\":\"" + traceId + "\""));
        return this;
    }

    /** A request whose answer tells time to first token and tokens. */
    SampleText answered(Call call, String traceId) {
        Instant end = call.time().plusNanos(Math.round(call.durationMs() * 1e6));
        point("http_req_duration", end, call.durationMs(), traceId, 200);
        point("llm_errors", end, 0, traceId, 200);
        point("llm_input_tokens", end, call.uncachedTokens(), traceId, 200);
        point("llm_output_tokens", end, call.outputTokens(), traceId, 200);
        Double ttftMs = call.ttftMs();
        return ttftMs == null ? this : point("llm_ttft", end, ttftMs, traceId, 200);
    }

    List<String> lines() {
        return lines;
    }
}
