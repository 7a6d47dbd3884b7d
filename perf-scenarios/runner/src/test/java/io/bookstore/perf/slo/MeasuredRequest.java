package io.bookstore.perf.slo;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.Parts;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Answer;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.record.RequestRecord.Outcome;
import io.bookstore.perf.record.RequestRecord.Result;
import io.bookstore.perf.record.RequestRecord.Timing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose record a test feeds, in seconds from the begin of the load: a summary that was answered, unless it says otherwise. */
final class MeasuredRequest {

    static final Instant BEGIN = Instant.parse("2026-11-29T10:00:00Z");

    private final double second;
    private final double millis;
    private String scenario = "ai";
    private Kind kind = Kind.LLM;
    private Outcome outcome = Outcome.OK;
    private @Nullable Double lateMs;
    private @Nullable Double ttftMs;
    private @Nullable Double usd;
    private @Nullable Long input;
    private @Nullable Long output;
    private @Nullable Boolean cached;
    private List<Attempt> attempts = List.of();

    private MeasuredRequest(double second, double millis) {
        this.second = second;
        this.millis = millis;
    }

    static MeasuredRequest at(double second, double millis) {
        return new MeasuredRequest(second, millis);
    }

    MeasuredRequest of(String name, Kind other) {
        scenario = name;
        kind = other;
        return this;
    }

    MeasuredRequest failed() {
        outcome = Outcome.FAILED;
        return this;
    }

    MeasuredRequest unanswered() {
        outcome = Outcome.NO_ANSWER;
        return this;
    }

    MeasuredRequest late(double millisLate) {
        lateMs = millisLate;
        return this;
    }

    MeasuredRequest firstToken(double ms) {
        ttftMs = ms;
        return this;
    }

    MeasuredRequest usage(long in, long out, double dollars) {
        input = in;
        output = out;
        usd = dollars;
        return this;
    }

    MeasuredRequest cached(boolean hit) {
        cached = hit;
        return this;
    }

    MeasuredRequest attempts(Attempt... all) {
        attempts = List.of(all);
        return this;
    }

    static Attempt attempt(int status, @Nullable Long in, @Nullable Long out) {
        return new Attempt(1.0, 2.0, null, status, null, in, out);
    }

    RequestRecord record() {
        return new RequestRecord(
                "0af7651916cd43dd8448eb211c80319c",
                null,
                scenario,
                kind,
                "summary",
                moment(second),
                new Timing(millis, null, lateMs),
                new Result(outcome, outcome == Outcome.NO_ANSWER ? null : outcome == Outcome.OK ? 200 : 503),
                new Answer(input, output, usd, cached, ttftMs),
                attempts,
                new Parts(null, null, null, null, null, List.of(), null));
    }

    static Instant moment(double second) {
        return BEGIN.plusNanos(Math.round(second * 1e9));
    }

    static Sample dropped(String scenario, double second, long arrivals) {
        return new Sample("dropped_iterations", moment(second), arrivals, Map.of("scenario", scenario));
    }

    static Sample iteration(String scenario, double second) {
        return new Sample("iterations", moment(second), 1, Map.of("scenario", scenario));
    }
}
