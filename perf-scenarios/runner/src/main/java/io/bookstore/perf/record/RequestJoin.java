package io.bookstore.perf.record;

import io.bookstore.perf.metrics.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Joins samples, spans and journal lines of a request by its trace id, or its request id, within a window of time; then its
 * record goes out and nothing is kept. Thread-safe: each source has a thread of its own.
 */
final class RequestJoin {

    /** Batches of spans come every 5 s by default, and a slow machine needs some time beside. */
    private static final long WINDOW_NANOS = Duration.ofSeconds(15).toNanos();

    /** The samples of one iteration come one after the other; nothing else is expected of such a request. */
    private static final long SETTLED_NANOS = Duration.ofSeconds(2).toNanos();

    /** A request is told of at its end, long after its first attempt. */
    private static final long UNSENT_WINDOW_NANOS = Duration.ofMinutes(3).toNanos();

    /** About 50 MB; beyond it the oldest go out with what there is. */
    static final int MOST_OPEN = 50_000;

    private static final int TRACE_ID_LENGTH = 32;

    private final Map<String, OpenRequest> open = new LinkedHashMap<>();
    private final Map<String, Attempts> journal = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private final boolean otherSources;
    private final Consumer<RequestRecord> records;
    private final SpanAudit audit = new SpanAudit();
    private boolean spansCame;

    /**
     * @param otherSources true if spans or journal lines may come besides the samples
     * @param records      gets each record, under the lock of this join
     */
    RequestJoin(LongSupplier nanoTime, boolean otherSources, Consumer<RequestRecord> records) {
        this.nanoTime = nanoTime;
        this.otherSources = otherSources;
        this.records = records;
    }

    private static final class Attempts {
        private final List<JournalAttempt> attempts = new ArrayList<>(1);
        private long touchedNanos;
        private boolean crowded;

        private void add(JournalAttempt attempt) {
            crowded = attempts.size() >= TraceSpans.MOST_CALLS;
            if (!crowded) {
                attempts.add(attempt);
            }
        }
    }

    synchronized void add(Sample sample) {
        String traceId = sample.metadata().get(RequestRecords.TRACE_ID);
        if (traceId != null && !sample.outsideOfTheLoad()) {
            // The iteration that a request was in has its metadata too; it may come when the record is out.
            OpenRequest known = open.get(traceId);
            if (known != null || sample.metric().startsWith("http_req")) {
                (known == null ? request(traceId) : touched(known)).add(sample);
            }
        }
    }

    synchronized void add(String traceId, TraceSpans.Server span) {
        OpenRequest request = request(traceId);
        request.spans().add(span);
        spansCame |= request.sent();
    }

    synchronized void add(String traceId, TraceSpans.Model span) {
        request(traceId).spans().add(span);
    }

    synchronized void add(String traceId, TraceSpans.HttpRequest span) {
        request(traceId).spans().add(span);
    }

    synchronized void add(JournalAttempt attempt) {
        Attempts known = journal.computeIfAbsent(attempt.key(), key -> new Attempts());
        known.add(attempt);
        known.touchedNanos = nanoTime.getAsLong();
        if (journal.size() > MOST_OPEN) {
            unclaimed(removeFirst(journal));
        }
    }

    private OpenRequest request(String traceId) {
        OpenRequest request = open.get(traceId);
        if (request == null) {
            if (open.size() >= MOST_OPEN) {
                close(removeFirst(open));
            }
            request = new OpenRequest(traceId);
            open.put(traceId, request);
        }
        return touched(request);
    }

    private OpenRequest touched(OpenRequest request) {
        request.touch(nanoTime.getAsLong());
        return request;
    }

    /** Writes the records that nothing more is expected for. */
    synchronized void sweep() {
        long now = nanoTime.getAsLong();
        for (Iterator<OpenRequest> each = open.values().iterator(); each.hasNext(); ) {
            OpenRequest request = each.next();
            if (now - request.touchedNanos() > window(request)) {
                each.remove();
                close(request);
            }
        }
        journal.values().removeIf(attempts -> {
            boolean old = now - attempts.touchedNanos > UNSENT_WINDOW_NANOS;
            if (old) {
                unclaimed(attempts);
            }
            return old;
        });
    }

    private long window(OpenRequest request) {
        if (!request.sent()) {
            return UNSENT_WINDOW_NANOS;
        }
        return otherSources && !request.whole() ? WINDOW_NANOS : SETTLED_NANOS;
    }

    /** True if spans come at all, and some of a request that was answered have not. */
    synchronized boolean awaitsSpans() {
        return spansCame && open.values().stream().anyMatch(OpenRequest::lacksSpan);
    }

    /** Writes the records of all requests that are left. */
    synchronized void end() {
        open.values().forEach(this::close);
        open.clear();
        journal.values().forEach(this::unclaimed);
        journal.clear();
    }

    /** Defects of the service's telemetry; of the whole run after {@link #end}. */
    synchronized SpanFacts facts() {
        return audit.facts();
    }

    /** Writes the record of a request; a trace that no request of the load began has none. */
    private void close(OpenRequest request) {
        if (request.sent()) {
            List<JournalAttempt> attempts = attemptsOf(request);
            request.show(audit, attempts);
            records.accept(request.record(attempts));
        } else {
            audit.stray(request.traceId(), request.spans());
        }
    }

    private void unclaimed(Attempts found) {
        found.attempts.forEach(audit::stray);
        if (found.crowded) {
            audit.crowded(found.attempts.get(0).key());
        }
    }

    private List<JournalAttempt> attemptsOf(OpenRequest request) {
        String requestId = request.requestId();
        Attempts byId = requestId == null ? null : journal.remove(requestId);
        Attempts found = byId == null ? journal.remove(request.traceId()) : byId;
        if (found == null) {
            return List.of();
        }
        if (found.crowded) {
            audit.crowded(request.traceId());
        }
        return found.attempts;
    }

    /** The key under which the attempts of a request are looked up: a trace id without the hash that the simulator adds. */
    static String key(String requestKey) {
        boolean traced = requestKey.length() > TRACE_ID_LENGTH
                && requestKey.charAt(TRACE_ID_LENGTH) == '-'
                && requestKey.substring(0, TRACE_ID_LENGTH).chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return traced ? requestKey.substring(0, TRACE_ID_LENGTH) : requestKey;
    }

    private static <T> T removeFirst(Map<String, T> map) {
        Iterator<T> values = map.values().iterator();
        T first = values.next();
        values.remove();
        return first;
    }
}
