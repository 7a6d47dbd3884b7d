package io.bookstore.console.traces;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bookstore.perf.otlp.PackedFields;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The spans of one trace, packed as they came: a tenth of the memory of what they unpack to. Not safe for several threads. */
final class Trace {

    static final int MOST_SPANS = 2_000;
    static final int MOST_BYTES = 8 << 20;

    /** The most fields of its spans together, so that its waterfall can be unpacked. */
    static final int MOST_FIELDS = 400_000;

    // Objects around the bytes of a span, and a call with its names: measured with 10,000 traces, rounded up.
    private static final int SPAN_BYTES = 300;
    private static final int CALL_BYTES = 1_000;

    private final Map<String, PackedSpan> spans = new LinkedHashMap<>();
    private final Map<String, Call> calls = new HashMap<>();
    private long bytes;
    private long fields;
    private int droppedSpans;

    /**
     * A span.
     *
     * @param scope  name of the instrumentation
     * @param fields number of its fields in protobuf
     */
    record PackedSpan(@Nullable String service, String scope, byte[] packed, int fields) {

        static PackedSpan of(@Nullable String service, String scope, Span span) {
            byte[] packed = span.toByteArray();
            try {
                return new PackedSpan(
                        service, scope, packed, PackedFields.count(Span.getDescriptor(), packed, Integer.MAX_VALUE));
            } catch (IOException e) {
                throw new IllegalStateException("a span was packed and cannot be read again", e);
            }
        }

        Span unpacked() {
            try {
                return Span.parseFrom(packed);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a span was packed and cannot be read again", e);
            }
        }
    }

    /** Adds a span; returns false for one that was here before, as an exporter repeats it, and for one too many. */
    boolean add(String id, PackedSpan span) {
        if (spans.containsKey(id)) {
            return false;
        }
        if (spans.size() == MOST_SPANS
                || bytes + span.packed().length > MOST_BYTES
                || fields + span.fields() > MOST_FIELDS) {
            droppedSpans++;
            return false;
        }
        spans.put(id, span);
        bytes += span.packed().length + SPAN_BYTES;
        fields += span.fields();
        return true;
    }

    void add(Call call) {
        calls.put(call.spanId(), call);
        bytes += CALL_BYTES;
    }

    /** Returns whether a call is a part of another one, as of an SDK below a framework. */
    boolean isWithinCall(Call call) {
        return calls.containsKey(String.valueOf(call.parentSpanId()));
    }

    /** Returns the calls directly below a call. */
    List<Call> callsWithin(Call call) {
        return calls.values().stream()
                .filter(other -> call.spanId().equals(other.parentSpanId()))
                .toList();
    }

    List<PackedSpan> spans() {
        return List.copyOf(spans.values());
    }

    Iterable<Call> calls() {
        return calls.values();
    }

    long bytes() {
        return bytes;
    }

    int droppedSpans() {
        return droppedSpans;
    }
}
