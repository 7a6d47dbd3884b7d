package io.bookstore.perf.record;

import io.bookstore.perf.record.SpanFacts.Hop;
import io.bookstore.perf.record.SpanFacts.InternalSpans;
import io.bookstore.perf.record.SpanFacts.LostTraces;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for defects of the service's telemetry in what the join could match and what it could not. A service that sends no
 * spans has none, and neither has one whose spans are of other requests: a request lost its trace only if a span under another
 * id fills its time. Not thread-safe.
 */
final class SpanAudit {

    /** Below, a service that keeps one trace in some may have kept none of these. */
    private static final int FEWEST = 10;

    /** The first ones are enough to tell, for a service that carries on no trace does so from the first request on. */
    private static final int MOST = 5_000;

    /** Clocks of two machines that are kept by NTP are closer. */
    private static final long CLOCKS_NANOS = 100_000_000;

    private static final int MOST_SERVICES = 100;

    private final Map<Hop, Matches> hops = new EnumMap<>(Hop.class);
    private final Map<String, Long> internal = new TreeMap<>();

    /** A service may send its spans long after the record of a request went out; they are no strays. */
    private final Set<String> ids = new HashSet<>();

    /** A trace whose record is closed more than once is one trace. */
    private final Set<String> crowded = new HashSet<>();

    private long asked;

    /** Nanoseconds since 1970. */
    record Stretch(long start, long end) {

        /** Returns whether the other lies within this one and takes at least half of it. */
        private boolean filledBy(Stretch other) {
            return other.start >= start - CLOCKS_NANOS
                    && other.end <= end + CLOCKS_NANOS
                    && 2 * (other.end - other.start) >= end - start;
        }
    }

    /** Requests without a match of their own, and possible matches that belong to no request. */
    private static final class Matches {
        private final List<Stretch> requests = new ArrayList<>();
        private final List<Stretch> strays = new ArrayList<>();
        private boolean joined;

        private void join() {
            joined = true;
            requests.clear();
            strays.clear();
        }

        private void keep(List<Stretch> list, Stretch time) {
            if (!joined && list.size() < MOST) {
                list.add(time);
            }
        }

        private @Nullable LostTraces lost(Hop hop) {
            if (joined || requests.size() < FEWEST || strays.isEmpty()) {
                return null;
            }
            long others = requests.stream()
                    .filter(request -> strays.stream().anyMatch(request::filledBy))
                    .count();
            return 2 * others < requests.size() ? null : new LostTraces(hop, requests.size(), others);
        }
    }

    /**
     * Takes a request that got a good answer.
     *
     * @param own       its trace id, and its request id if it has one
     * @param asksModel true if its answer came from a model, and not from a cache
     * @param spans     null if none of its trace came
     */
    void request(
            List<String> own,
            Stretch time,
            boolean asksModel,
            @Nullable TraceSpans spans,
            List<JournalAttempt> attempts) {
        if (ids.size() < MOST) {
            ids.addAll(own);
        }
        seen(own.get(0), spans, attempts);
        miss(Hop.SERVER, time);
        if (asksModel) {
            miss(Hop.MODEL, time);
            miss(Hop.JOURNAL, time);
            asked += !attempts.isEmpty() || spans != null && !spans.models().isEmpty() ? 1 : 0;
        }
    }

    /** Takes what came of a request that failed: it may have asked nobody, so that nothing is missing. */
    void seen(String traceId, @Nullable TraceSpans spans, List<JournalAttempt> attempts) {
        if (spans != null && spans.server() != null) {
            of(Hop.SERVER).join();
        }
        if (spans != null && !spans.models().isEmpty()) {
            of(Hop.MODEL).join();
        }
        if (!attempts.isEmpty()) {
            of(Hop.JOURNAL).join();
        }
        count(traceId, spans);
    }

    private void miss(Hop hop, Stretch time) {
        Matches matches = of(hop);
        matches.keep(matches.requests, time);
    }

    /** Takes the spans of a trace that belong to no open request. */
    void stray(String traceId, TraceSpans spans) {
        if (ids.contains(traceId)) {
            seen(traceId, spans, List.of());
            return;
        }
        TraceSpans.Server server = spans.server();
        if (server != null) {
            stray(Hop.SERVER, server.start(), server.end());
        }
        spans.models().forEach(model -> stray(Hop.MODEL, model.start(), model.end()));
        count(traceId, spans);
    }

    /** Takes an attempt that belongs to no open request. */
    void stray(JournalAttempt attempt) {
        if (ids.contains(attempt.key())) {
            of(Hop.JOURNAL).join();
            return;
        }
        stray(Hop.JOURNAL, attempt.start(), attempt.end());
    }

    private void stray(Hop hop, long start, long end) {
        Matches matches = of(hop);
        matches.keep(matches.strays, new Stretch(start, end));
    }

    private Matches of(Hop hop) {
        return hops.computeIfAbsent(hop, first -> new Matches());
    }

    private void count(String traceId, @Nullable TraceSpans spans) {
        if (spans == null) {
            return;
        }
        if (spans.crowded()) {
            crowded(traceId);
        }
        for (TraceSpans.Model model : spans.internal()) {
            String service = model.internalOf();
            if (service != null && (internal.containsKey(service) || internal.size() < MOST_SERVICES)) {
                internal.merge(service, 1L, Long::sum);
            }
        }
    }

    /** Notes a trace of which there was more than its record keeps. */
    void crowded(String traceId) {
        if (crowded.size() < MOST) {
            crowded.add(traceId);
        }
    }

    SpanFacts facts() {
        LostTraces lost = null;
        for (Map.Entry<Hop, Matches> each : hops.entrySet()) {
            lost = lost == null ? each.getValue().lost(each.getKey()) : lost;
        }
        return new SpanFacts(
                lost,
                internal.entrySet().stream()
                        .map(each -> new InternalSpans(each.getKey(), each.getValue()))
                        .toList(),
                crowded.size(),
                asked);
    }
}
