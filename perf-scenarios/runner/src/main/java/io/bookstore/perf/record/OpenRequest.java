package io.bookstore.perf.record;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.RequestRecord.Answer;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import io.bookstore.perf.record.RequestRecord.Result;
import io.bookstore.perf.record.RequestRecord.Timing;
import io.bookstore.perf.record.TraceSpans.Usage;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request whose record is not yet written: what its sources have told so far. */
final class OpenRequest {

    /** The numbers that an answer tells, each in a sample of its own. */
    private enum Fact {
        INPUT_TOKENS,
        OUTPUT_TOKENS,
        COST_USD,
        CACHED,
        FIRST_TOKEN_MS,
        PROVIDER_MS,
        TRANSPORT_MS,
        RETRIES
    }

    private static final Map<String, Fact> FACTS = Map.of(
            MetricNames.LLM_INPUT_TOKENS, Fact.INPUT_TOKENS,
            MetricNames.LLM_OUTPUT_TOKENS, Fact.OUTPUT_TOKENS,
            MetricNames.LLM_COST_USD, Fact.COST_USD,
            MetricNames.LLM_CACHE_HITS, Fact.CACHED,
            MetricNames.LLM_TTFT, Fact.FIRST_TOKEN_MS,
            MetricNames.LLM_PROVIDER_TIME, Fact.PROVIDER_MS,
            MetricNames.LLM_TRANSPORT_TIME, Fact.TRANSPORT_MS,
            MetricNames.LLM_RETRIES, Fact.RETRIES);

    private final String traceId;
    private final Map<Fact, Double> facts = new EnumMap<>(Fact.class);
    private Map<String, String> tags = Map.of();
    private @Nullable String requestId;
    private @Nullable Instant end;
    private double endToEndMs;
    private @Nullable Double firstByteMs;
    private @Nullable Double lateMs;
    private boolean failed;
    private @Nullable TraceSpans spans;
    private long touchedNanos;

    OpenRequest(String traceId) {
        this.traceId = traceId;
    }

    /** Takes a sample of this request; one of a metric that says nothing about it is left out. */
    void add(Sample sample) {
        switch (sample.metric()) {
            case MetricNames.HTTP_REQ_DURATION -> {
                // The hops of a redirect have one trace; the last one has the answer.
                endToEndMs += sample.value();
                end = sample.time();
                tags = sample.tags();
                requestId = sample.metadata().get(RequestRecords.REQUEST_ID);
                lateMs = lateMs == null ? sample.lateMs() : lateMs;
            }
            case MetricNames.HTTP_REQ_RECEIVING -> firstByteMs = endToEndMs - sample.value();
            case MetricNames.HTTP_REQ_FAILED, MetricNames.LLM_ERRORS, MetricNames.CRUD_ERRORS ->
                failed |= sample.value() != 0;
            default -> {
                Fact fact = FACTS.get(sample.metric());
                if (fact != null) {
                    facts.put(fact, sample.value());
                }
            }
        }
    }

    TraceSpans spans() {
        if (spans == null) {
            spans = new TraceSpans();
        }
        return spans;
    }

    void touch(long nanos) {
        touchedNanos = nanos;
    }

    long touchedNanos() {
        return touchedNanos;
    }

    /** True once the load generator has told of it; a trace without is that of another client. */
    boolean sent() {
        return end != null;
    }

    /** True if it was answered and no server span has come. */
    boolean lacksSpan() {
        return sent() && status() != null && (spans == null || spans.server() == null);
    }

    /** True if it called no model and its server span is there; the calls of a model may have more to tell. */
    boolean whole() {
        return kind() == Kind.CRUD && spans != null && spans.server() != null;
    }

    String traceId() {
        return traceId;
    }

    @Nullable
    String requestId() {
        return requestId;
    }

    /** Tells the audit what came of this request. */
    void show(SpanAudit audit, List<JournalAttempt> journal) {
        if (outcome() == Outcome.OK) {
            boolean asksModel = kind() == Kind.LLM && !Boolean.TRUE.equals(cached());
            long startNanos = nanos(start());
            audit.request(
                    requestId == null ? List.of(traceId) : List.of(traceId, requestId),
                    new SpanAudit.Stretch(startNanos, startNanos + Math.round(endToEndMs * 1e6)),
                    asksModel,
                    spans,
                    journal);
        } else {
            audit.seen(traceId, spans, journal);
        }
    }

    private Instant start() {
        return Objects.requireNonNull(end, "end").minusNanos(Math.round(endToEndMs * 1e6));
    }

    private static long nanos(Instant moment) {
        return moment.getEpochSecond() * 1_000_000_000 + moment.getNano();
    }

    /** @param journal the provider's attempts for this request */
    RequestRecord record(List<JournalAttempt> journal) {
        Instant start = start();
        ModelCalls calls = ModelCalls.of(nanos(start), journal, spans, told());
        return new RequestRecord(
                traceId,
                requestId,
                tags.get("scenario"),
                kind(),
                tags.getOrDefault("name", "none"),
                start,
                new Timing(Micros.rounded(endToEndMs), Micros.rounded(firstByteMs), Micros.rounded(lateMs)),
                new Result(outcome(), status()),
                answer(),
                calls.attempts().stream().map(OpenRequest::rounded).toList(),
                Decomposition.of(kind(), endToEndMs, facts.get(Fact.TRANSPORT_MS), spans, calls));
    }

    private ModelCalls.Told told() {
        return new ModelCalls.Told(facts.get(Fact.PROVIDER_MS), facts.get(Fact.RETRIES), cached());
    }

    private Kind kind() {
        try {
            return Kind.valueOf(tags.getOrDefault("operation_type", "other").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException anotherType) {
            return Kind.OTHER;
        }
    }

    private Outcome outcome() {
        if (status() == null) {
            return Outcome.NO_ANSWER;
        }
        return failed ? Outcome.FAILED : Outcome.OK;
    }

    private @Nullable Integer status() {
        String status = tags.getOrDefault("status", "0");
        try {
            return status.equals("0") ? null : Integer.valueOf(status);
        } catch (NumberFormatException noStatus) {
            return null;
        }
    }

    private @Nullable Boolean cached() {
        Double cached = facts.get(Fact.CACHED);
        return cached == null ? null : cached != 0;
    }

    private @Nullable Answer answer() {
        Answer answer = new Answer(
                whole(Fact.INPUT_TOKENS, Usage::inputTokens),
                whole(Fact.OUTPUT_TOKENS, Usage::outputTokens),
                known(Fact.COST_USD, Usage::costUsd),
                cached(),
                known(Fact.FIRST_TOKEN_MS, Usage::firstTokenMs));
        return answer.equals(new Answer(null, null, null, null, null)) ? null : answer;
    }

    private @Nullable Long whole(Fact fact, Function<Usage, @Nullable Long> ofSpan) {
        Double told = facts.get(fact);
        if (told != null) {
            return Math.round(told);
        }
        Usage usage = usage();
        return usage == null ? null : ofSpan.apply(usage);
    }

    private @Nullable Double known(Fact fact, Function<Usage, @Nullable Double> ofSpan) {
        Double told = facts.get(fact);
        if (told != null) {
            return told;
        }
        Usage usage = usage();
        return usage == null ? null : ofSpan.apply(usage);
    }

    /** The usage of the one call; the sum over several would miss what one of them does not tell. */
    private @Nullable Usage usage() {
        List<TraceSpans.Model> models = spans == null ? List.of() : spans.models();
        return models.size() == 1 ? models.get(0).usage() : null;
    }

    private static Attempt rounded(Attempt attempt) {
        return new Attempt(
                Micros.rounded(attempt.startMs()),
                Micros.rounded(attempt.durationMs()),
                Micros.rounded(attempt.waitMs()),
                attempt.status(),
                attempt.error(),
                attempt.inputTokens(),
                attempt.outputTokens());
    }
}
