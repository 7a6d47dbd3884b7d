package io.bookstore.console.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import io.bookstore.console.traces.TraceView.SpanView;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceRingTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void oldestTraceGoesWhenThereAreTooMany() {
        // given
        TraceRing ring = new TraceRing(3, 100 * MEGABYTE);

        // when
        for (int trace = 1; trace <= 5; trace++) {
            ring.add(export(call(trace, 1, 0)));
        }

        // then
        assertThat(ring.fill()).isEqualTo(new TraceRing.Fill(3, 3, 5, 2));
        assertThat(ring.trace(traceId(2))).isEmpty();
        assertThat(ring.trace(traceId(3))).isPresent();
        assertThat(ring.calls(CallFilter.ALL, null, 10))
                .extracting(Call::sequence)
                .containsExactly(5L, 4L, 3L);
    }

    @Test
    void oldestTraceGoesWhenThereAreTooManyBytes() {
        // given
        TraceRing ring = new TraceRing(1_000, MEGABYTE);

        // when
        for (int trace = 1; trace <= 100; trace++) {
            ring.add(export(withText(call(trace, 1, 0), 50_000)));
        }

        // then
        assertThat(ring.fill().traces()).isBetween(15, 20);
        assertThat(ring.fill().evictedTraces()).isEqualTo(100 - ring.fill().traces());
        assertThat(ring.trace(traceId(100))).isPresent();
    }

    @Test
    void traceThatNeverEndsIsKeptToItsLimitAndSaysWhatIsMissing() {
        // given
        TraceRing ring = new TraceRing();

        // when
        ring.add(export(IntStream.rangeClosed(1, Trace.MOST_SPANS + 5)
                .mapToObj(span -> call(1, span, 0))
                .toArray(Span.Builder[]::new)));

        // then
        TraceView trace = ring.trace(traceId(1)).orElseThrow();
        assertThat(trace.spans()).hasSize(Trace.MOST_SPANS);
        assertThat(trace.droppedSpans()).isEqualTo(5);
    }

    @Test
    void traceOfSpansThatUnpackToManyTimesTheirBytesIsKeptToItsLimitToo() {
        // given
        TraceRing ring = new TraceRing();
        Span.Builder many = span(1, 1, 0, 0);
        IntStream.range(0, Trace.MOST_FIELDS / 3).forEach(i -> many.addAttributes(KeyValue.getDefaultInstance()));

        // when
        for (int span = 1; span <= 5; span++) {
            ring.add(export(many.clone().setSpanId(id(span))));
        }

        // then
        assertThat(ring.trace(traceId(1)).orElseThrow().droppedSpans()).isEqualTo(3);
    }

    @Test
    void spanThatAnExporterRepeatsCountsOnce() {
        TraceRing ring = new TraceRing();

        ring.add(export(call(1, 1, 0)));
        ring.add(export(call(1, 1, 0)));

        assertThat(ring.calls(CallFilter.ALL, null, 10)).hasSize(1);
        assertThat(ring.trace(traceId(1)).orElseThrow().spans()).hasSize(1);
    }

    /** A framework's span around that of an SDK, whichever comes first. */
    @Test
    void callWithinACallIsNotListedTwice() {
        TraceRing ring = new TraceRing();

        ring.add(export(call(1, 11, 10), call(1, 10, 0)));
        ring.add(export(call(2, 10, 0)));
        ring.add(export(call(2, 11, 10)));

        assertThat(ring.calls(CallFilter.ALL, null, 10))
                .extracting(Call::spanId)
                .containsExactly(spanId(10), spanId(10));
    }

    @Test
    void spansStandBelowTheirParentsInTheOrderOfTheirStart() {
        TraceRing ring = new TraceRing();

        ring.add(export(span(1, 3, 1, 300), span(1, 2, 1, 200), span(1, 4, 2, 400), span(1, 1, 0, 100)));

        assertThat(ring.trace(traceId(1)).orElseThrow().spans())
                .extracting(SpanView::spanId, SpanView::depth)
                .containsExactly(tuple(spanId(1), 0), tuple(spanId(2), 1), tuple(spanId(4), 2), tuple(spanId(3), 1));
    }

    @Test
    void spanWithoutItsParentAndACircleOfParentsAreShownToo() {
        TraceRing ring = new TraceRing();

        ring.add(export(span(1, 2, 99, 100), span(1, 3, 4, 200), span(1, 4, 3, 300)));

        assertThat(ring.trace(traceId(1)).orElseThrow().spans())
                .extracting(SpanView::spanId)
                .containsExactly(spanId(2), spanId(3), spanId(4));
    }

    @Test
    void clockThatJumpsBackLeavesNoNegativeTime() {
        TraceRing ring = new TraceRing();

        ring.add(export(call(1, 1, 0).setStartTimeUnixNano(2_000_000).setEndTimeUnixNano(1_000_000)));

        assertThat(ring.trace(traceId(1)).orElseThrow().durationMs()).isZero();
        assertThat(ring.calls(CallFilter.ALL, null, 1).get(0).durationMs()).isZero();
    }

    private static ExportTraceServiceRequest export(Span.Builder... spans) {
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        List.of(spans).forEach(export.addResourceSpansBuilder().addScopeSpansBuilder()::addSpans);
        return export.build();
    }

    private static Span.Builder call(int trace, int span, int parent) {
        return span(trace, span, parent, 0).addAttributes(attribute("gen_ai.operation.name", "chat"));
    }

    private static Span.Builder withText(Span.Builder span, int length) {
        return span.addAttributes(attribute("gen_ai.input.messages", "x".repeat(length)));
    }

    private static KeyValue attribute(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /** @param parent 0 for none */
    private static Span.Builder span(int trace, int span, int parent, long start) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(
                        ByteBuffer.allocate(16).putLong(8, trace).array()))
                .setSpanId(id(span))
                .setParentSpanId(id(parent))
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + 50);
    }

    private static ByteString id(long number) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(number).array());
    }

    private static String traceId(int number) {
        return "%032x".formatted(number);
    }

    private static String spanId(int number) {
        return "%016x".formatted(number);
    }
}
