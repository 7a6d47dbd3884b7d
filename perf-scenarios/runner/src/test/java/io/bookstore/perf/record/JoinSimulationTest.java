package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.record.Parts.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * 10,000 requests whose parts are known, through the join in virtual time. Twenty begin each second and many are under way at a
 * time; samples come at their end, journal lines with the next poll, spans with the next batch, and one span in 200 never.
 */
class JoinSimulationTest {

    private static final int REQUESTS = 10_000;
    private static final double BETWEEN_MS = 50;
    private static final double POLL_MS = 1_000;
    private static final double BATCH_MS = 5_000;
    private static final double TOLERANCE_MS = 5;
    private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");

    private final Random random = new Random(1);
    private final Map<String, Map<Part, Double>> truths = new HashMap<>();
    private final List<RequestRecord> records = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private double nowMs;
    private final RequestJoin join = new RequestJoin(() -> Math.round(nowMs * 1e6), true, records::add);

    /** News of a request that comes to the join. */
    private record Arrival(double atMs, Runnable news) {}

    @Test
    void partsAreRightWithinFiveMillisecondsForNinetyNineOfAHundred() {
        for (int i = 0; i < REQUESTS; i++) {
            happen(i, i * BETWEEN_MS);
        }

        deliver();

        assertThat(records).hasSize(REQUESTS);
        assertThat(records.stream().filter(this::sumsUp).count()).isGreaterThanOrEqualTo(99 * REQUESTS / 100);
        assertThat(records.stream().filter(this::isRight).count()).isGreaterThanOrEqualTo(99 * REQUESTS / 100);
    }

    private boolean sumsUp(RequestRecord record) {
        return record.parts().complete()
                && Math.abs(record.parts().sumMs() - record.timing().endToEndMs()) <= TOLERANCE_MS;
    }

    private boolean isRight(RequestRecord record) {
        return truths.get(record.requestId()).entrySet().stream().allMatch(truth -> {
            Double part = truth.getKey().of(record.parts());
            return part != null && Math.abs(part - truth.getValue()) <= TOLERANCE_MS;
        });
    }

    /** A request of up to three attempts, the failed ones of which are followed by a backoff. */
    private void happen(int number, double startMs) {
        String trace = String.format("%032x", number + 1);
        String id = "load-" + number;
        double network = between(0.2, 4);
        double queue = random.nextInt(4) == 0 ? between(0, 400) : 0;
        double serverStart = startMs + network;
        double callStart = serverStart + queue + between(0.5, 4);
        double now = callStart;
        double provider = 0;
        double backoff = 0;
        int attempts = 1 + (random.nextInt(10) == 0 ? 1 + random.nextInt(2) : 0);
        List<TraceSpans.Failure> failures = new ArrayList<>();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            boolean last = attempt == attempts;
            double arrival = now + between(0.1, 1);
            double took = last ? 2_000 * Math.exp(0.6 * random.nextGaussian()) : between(5, 60);
            // The provider's clock is that of another process.
            JournalAttempt line = new JournalAttempt(id, nanos(arrival + between(-0.4, 0.4)), took, last ? 200 : 429);
            at(next(POLL_MS, arrival + took), () -> join.add(line));
            provider += took;
            now = arrival + took + between(0.1, 1);
            if (!last) {
                failures.add(new TraceSpans.Failure(nanos(now), 429, "rate_limited"));
                double wait = between(100, 4_000);
                backoff += wait;
                now += wait;
            }
        }
        double callEnd = now;
        double serverEnd = callEnd + between(0.5, 4);
        double networkBack = between(0.2, 4);
        double end = serverEnd + networkBack;

        spans(trace, new TraceSpans.Server(nanos(serverStart), nanos(serverEnd), queue), serverEnd);
        spans(
                trace,
                new TraceSpans.Model(
                        "a",
                        "",
                        nanos(callStart),
                        nanos(callEnd),
                        (long) attempts,
                        failures,
                        new TraceSpans.Usage(null, null, null, null)),
                callEnd);
        at(end, () -> join.add(sample(trace, id, end, end - startMs)));
        truths.put(
                id,
                Map.of(
                        Part.NETWORK,
                        network + networkBack,
                        Part.QUEUE,
                        queue,
                        Part.APPLICATION,
                        serverEnd - serverStart - queue - backoff - provider,
                        Part.BACKOFF,
                        backoff,
                        Part.PROVIDER,
                        provider));
    }

    private void spans(String trace, TraceSpans.Server span, double endMs) {
        if (random.nextInt(200) > 0) {
            at(next(BATCH_MS, endMs), () -> join.add(trace, span));
        }
    }

    private void spans(String trace, TraceSpans.Model span, double endMs) {
        at(next(BATCH_MS, endMs), () -> join.add(trace, span));
    }

    private static Sample sample(String trace, String id, double endMs, double tookMs) {
        return new Sample(
                "http_req_duration",
                instant(endMs),
                tookMs,
                Map.of("scenario", "load", "name", "summary", "operation_type", "llm", "status", "200", "group", ""),
                Map.of("trace_id", trace, "request_id", id));
    }

    /** Hands over what has happened in the order in which it comes, and sweeps once a second as a run does. */
    private void deliver() {
        arrivals.sort(Comparator.comparingDouble(Arrival::atMs));
        double swept = 0;
        for (Arrival arrival : arrivals) {
            for (; swept + POLL_MS < arrival.atMs(); swept += POLL_MS) {
                nowMs = swept + POLL_MS;
                join.sweep();
            }
            nowMs = arrival.atMs();
            arrival.news().run();
        }
        join.end();
    }

    private void at(double ms, Runnable news) {
        arrivals.add(new Arrival(ms, news));
    }

    private static double next(double every, double ms) {
        return (Math.floor(ms / every) + 1) * every;
    }

    private double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    private static Instant instant(double ms) {
        return START.plus(Duration.ofNanos(Math.round(ms * 1e6)));
    }

    private static long nanos(double ms) {
        Instant time = instant(ms);
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
