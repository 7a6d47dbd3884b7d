package io.bookstore.console.traces;

import io.bookstore.console.traces.Trace.PackedSpan;
import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest traces that were received, in bounded memory: the oldest one goes when there are too many, or too many bytes. Safe for
 * several threads; a search never holds up the reception.
 */
public final class TraceRing {

    private static final int MOST_TRACES = 10_000;
    private static final long MOST_BYTES = 128L << 20;

    private final int mostTraces;
    private final long mostBytes;

    private final Map<String, Trace> traces = new LinkedHashMap<>();
    private final ConcurrentNavigableMap<Long, Call> calls = new ConcurrentSkipListMap<>();
    private long bytes;
    private long receivedSpans;
    private long evictedTraces;
    private long lastCall;

    /** A ring of the size that the README states. */
    public TraceRing() {
        this(MOST_TRACES, MOST_BYTES);
    }

    TraceRing(int mostTraces, long mostBytes) {
        this.mostTraces = mostTraces;
        this.mostBytes = mostBytes;
    }

    /**
     * The fill of the ring.
     *
     * @param traces        traces that it holds
     * @param calls         calls to models among their spans
     * @param receivedSpans spans that came since the start
     * @param evictedTraces traces that had to go for newer ones
     */
    public record Fill(int traces, int calls, long receivedSpans, long evictedTraces) {}

    private record Received(Span span, PackedSpan packed) {}

    /**
     * Adds the spans of an export.
     *
     * @throws IllegalArgumentException if an id has a wrong length; then none was added
     */
    public void add(ExportTraceServiceRequest export) {
        List<Received> received = unwrapped(export);
        synchronized (this) {
            received.forEach(this::add);
            evict();
            notifyAll();
        }
    }

    private static List<Received> unwrapped(ExportTraceServiceRequest export) {
        List<Received> received = new ArrayList<>();
        for (ResourceSpans resource : export.getResourceSpansList()) {
            String service = SpanAttributes.of(resource.getResource().getAttributesList())
                    .text("service.name");
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                String name = scope.getScope().getName();
                for (Span span : scope.getSpansList()) {
                    Ids.check("A trace id", span.getTraceId(), 16);
                    Ids.check("A span id", span.getSpanId(), 8);
                    received.add(new Received(span, PackedSpan.of(service, name, span)));
                }
            }
        }
        return received;
    }

    private void add(Received received) {
        receivedSpans++;
        Span span = received.span();
        Trace trace = traces.computeIfAbsent(Ids.hex(span.getTraceId()), id -> new Trace());
        long before = trace.bytes();
        if (trace.add(Ids.hex(span.getSpanId()), received.packed())) {
            Call call = CallReader.read(span, received.packed().service(), lastCall + 1);
            if (call != null) {
                lastCall++;
                add(call, trace);
            }
        }
        bytes += trace.bytes() - before;
    }

    /** Lists only the outermost of calls within each other: the operation as the caller sees it. */
    private void add(Call call, Trace trace) {
        trace.callsWithin(call).forEach(inner -> calls.remove(inner.sequence()));
        if (!trace.isWithinCall(call)) {
            calls.put(call.sequence(), call);
        }
        trace.add(call);
    }

    private void evict() {
        Iterator<Trace> oldest = traces.values().iterator();
        while (traces.size() > mostTraces || bytes > mostBytes) {
            Trace trace = oldest.next();
            trace.calls().forEach(call -> calls.remove(call.sequence()));
            bytes -= trace.bytes();
            evictedTraces++;
            oldest.remove();
        }
    }

    /**
     * Returns calls, the newest first.
     *
     * @param before only calls that came before the one with this sequence; null for all
     * @param most   at most so many
     */
    public List<Call> calls(CallFilter filter, @Nullable Long before, int most) {
        NavigableMap<Long, Call> candidates = before == null ? calls : calls.headMap(before, false);
        return candidates.descendingMap().values().stream()
                .filter(filter::matches)
                .limit(most)
                .toList();
    }

    /** Returns the calls that came after the one with this sequence, the newest first, at most so many. */
    public List<Call> callsSince(long sequence, CallFilter filter, int most) {
        return calls.tailMap(sequence, false).descendingMap().values().stream()
                .filter(filter::matches)
                .limit(most)
                .toList();
    }

    /** Returns the conversations among the calls, that of the newest call first. */
    public List<Conversation> conversations() {
        return Conversation.of(calls.descendingMap().values());
    }

    /** Returns the models of the calls, by name. */
    public List<String> models() {
        return calls.values().stream()
                .map(call -> call.request().model())
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns a trace with all of its spans that were received; empty if it is not held, or no longer. */
    public Optional<TraceView> trace(String id) {
        List<PackedSpan> spans;
        int dropped;
        synchronized (this) {
            Trace trace = traces.get(id);
            if (trace == null) {
                return Optional.empty();
            }
            spans = trace.spans();
            dropped = trace.droppedSpans();
        }
        return Optional.of(TraceView.of(id, spans, dropped));
    }

    public synchronized Fill fill() {
        return new Fill(traces.size(), calls.size(), receivedSpans, evictedTraces);
    }

    /** Returns the sequence of the newest call; 0 if there was none. */
    public synchronized long lastCall() {
        return lastCall;
    }

    /** Waits until spans come that a caller has not seen, or the time is over. */
    public synchronized void awaitSpans(long seen, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        for (long left = most.toMillis(); receivedSpans == seen && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }
}
