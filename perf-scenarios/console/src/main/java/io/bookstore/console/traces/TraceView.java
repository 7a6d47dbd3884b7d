package io.bookstore.console.traces;

import io.bookstore.console.traces.Trace.PackedSpan;
import io.bookstore.perf.otlp.ModelOperation;
import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace as its waterfall shows it.
 *
 * @param startMs      start of its first span, in milliseconds since 1970
 * @param droppedSpans spans beyond the limit of a trace
 * @param spans        each parent before its children, siblings in the order of their start
 */
public record TraceView(String traceId, long startMs, double durationMs, int droppedSpans, List<SpanView> spans) {

    /**
     * A span.
     *
     * @param depth    spans above it that were received
     * @param offsetMs from the start of the trace
     * @param call     whether it is a call to a model
     * @param error    null unless its status is an error
     */
    public record SpanView(
            String spanId,
            @Nullable String parentSpanId,
            int depth,
            String name,
            String kind,
            @Nullable String service,
            String scope,
            double offsetMs,
            double durationMs,
            boolean call,
            @Nullable String error,
            Map<String, Object> attributes,
            List<EventView> events,
            List<Message> messages) {}

    /** An event of a span; {@code offsetMs} is from the start of the trace. */
    public record EventView(String name, double offsetMs, Map<String, Object> attributes) {}

    private record Node(
            PackedSpan packed,
            Span span,
            String id,
            @Nullable String parent) {}

    private record Placed(Node node, int depth) {}

    static TraceView of(String traceId, List<PackedSpan> packed, int dropped) {
        List<Node> nodes = packed.stream()
                .map(each -> node(each, each.unpacked()))
                .sorted(Comparator.comparingLong(node -> node.span().getStartTimeUnixNano()))
                .toList();
        long start = nodes.isEmpty() ? 0 : nodes.get(0).span().getStartTimeUnixNano();
        long end = nodes.stream()
                .mapToLong(node -> node.span().getEndTimeUnixNano())
                .max()
                .orElse(start);
        return new TraceView(
                traceId,
                start / 1_000_000,
                millis(start, end),
                dropped,
                placed(nodes).stream().map(each -> view(each, start)).toList());
    }

    private static Node node(PackedSpan packed, Span span) {
        return new Node(packed, span, Ids.hex(span.getSpanId()), Ids.hexOrNull(span.getParentSpanId()));
    }

    /** Puts spans below their parents. A parent that did not come makes its children first spans, and so does a circle of parents. */
    private static List<Placed> placed(List<Node> byStart) {
        Map<String, List<Node>> children = new HashMap<>();
        Map<String, Node> waiting = new LinkedHashMap<>();
        for (Node node : byStart) {
            children.computeIfAbsent(String.valueOf(node.parent()), any -> new ArrayList<>())
                    .add(node);
            waiting.put(node.id(), node);
        }
        List<Placed> placed = new ArrayList<>();
        for (Node node : byStart) {
            if (!waiting.containsKey(String.valueOf(node.parent()))) {
                place(node, children, waiting, placed);
            }
        }
        while (!waiting.isEmpty()) {
            place(waiting.values().iterator().next(), children, waiting, placed);
        }
        return placed;
    }

    private static void place(
            Node root, Map<String, List<Node>> children, Map<String, Node> waiting, List<Placed> placed) {
        Deque<Placed> next = new ArrayDeque<>(List.of(new Placed(root, 0)));
        while (!next.isEmpty()) {
            Placed current = next.pop();
            if (waiting.remove(current.node().id()) == null) {
                continue;
            }
            placed.add(current);
            List<Node> below = children.getOrDefault(current.node().id(), List.of());
            for (int i = below.size() - 1; i >= 0; i--) {
                next.push(new Placed(below.get(i), current.depth() + 1));
            }
        }
    }

    private static SpanView view(Placed placed, long start) {
        Span span = placed.node().span();
        SpanAttributes attributes = SpanAttributes.of(span.getAttributesList());
        return new SpanView(
                placed.node().id(),
                placed.node().parent(),
                placed.depth(),
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", "").toLowerCase(Locale.ROOT),
                placed.node().packed().service(),
                placed.node().packed().scope(),
                millis(start, span.getStartTimeUnixNano()),
                millis(span.getStartTimeUnixNano(), span.getEndTimeUnixNano()),
                ModelOperation.of(attributes) != null,
                error(span.getStatus()),
                AttributeValues.plain(attributes),
                span.getEventsList().stream().map(event -> event(event, start)).toList(),
                MessageReader.read(attributes));
    }

    private static @Nullable String error(Status status) {
        if (status.getCode() != Status.StatusCode.STATUS_CODE_ERROR) {
            return null;
        }
        return status.getMessage().isEmpty() ? "error" : status.getMessage();
    }

    private static EventView event(Span.Event event, long start) {
        return new EventView(
                event.getName(),
                millis(start, event.getTimeUnixNano()),
                AttributeValues.plain(SpanAttributes.of(event.getAttributesList())));
    }

    private static double millis(long from, long to) {
        return Math.max(0, to - from) / 1e6;
    }
}
