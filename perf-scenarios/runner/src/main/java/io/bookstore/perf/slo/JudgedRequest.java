package io.bookstore.perf.slo;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Answer;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request by which it is judged.
 *
 * @param scheduled  the intended start: that of its arrival in an open loop, the actual one otherwise
 * @param endToEndMs from then to the last byte of the answer
 * @param ttftMs     from then to the first token; null if the answer does not tell
 * @param costUsd    0 for an answer from a cache; null if the answer does not tell
 */
record JudgedRequest(
        String scenario,
        Kind kind,
        Instant scheduled,
        boolean failed,
        double endToEndMs,
        @Nullable Double ttftMs,
        @Nullable Double costUsd) {

    static JudgedRequest of(RequestRecord request) {
        Double told = request.timing().lateMs();
        double late = told == null ? 0 : told;
        Answer answer = request.answer();
        Double firstToken = answer == null ? null : answer.firstTokenMs();
        return new JudgedRequest(
                request.scenario() == null ? "" : request.scenario(),
                request.kind(),
                before(request.start(), late),
                request.result().outcome() != Outcome.OK,
                request.timing().endToEndMs() + late,
                firstToken == null ? null : (Double) (firstToken + late),
                answer == null ? null : cost(answer));
    }

    private static @Nullable Double cost(Answer answer) {
        return answer.costUsd() == null && Boolean.TRUE.equals(answer.cached()) ? (Double) 0.0 : answer.costUsd();
    }

    /** @param duration an {@code http_req_duration} that no record has, of a script that sends no ids */
    static JudgedRequest of(Sample duration) {
        Map<String, String> tags = duration.tags();
        Double told = duration.lateMs();
        double endToEnd = duration.value() + (told == null ? 0 : told);
        return new JudgedRequest(
                tags.getOrDefault("scenario", ""),
                kind(tags.getOrDefault("operation_type", "other")),
                before(duration.time(), endToEnd),
                failed(tags),
                endToEnd,
                null,
                null);
    }

    private static Instant before(Instant moment, double millis) {
        return moment.minusNanos(Math.round(millis * 1e6));
    }

    private static Kind kind(String operationType) {
        try {
            return Kind.valueOf(operationType.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException anotherType) {
            return Kind.OTHER;
        }
    }

    private static boolean failed(Map<String, String> tags) {
        String status = tags.getOrDefault("status", "0");
        String expected = tags.get("expected_response");
        return status.equals("0")
                || (expected == null ? status.startsWith("4") || status.startsWith("5") : expected.equals("false"));
    }

    /** The value of a dimension; null if the request does not tell it. */
    @Nullable
    Double value(Dimension dimension) {
        return switch (dimension) {
            case TTFT -> ttftMs;
            case E2E -> endToEndMs;
            case COST -> costUsd;
            case ERROR -> null;
        };
    }
}
