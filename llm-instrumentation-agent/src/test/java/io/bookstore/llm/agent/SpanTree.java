package io.bookstore.llm.agent;

import io.bookstore.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The spans that a receiver has got, a line each: children below their parents, in the order of their starts. */
final class SpanTree {

    private final List<Span> spans;
    private final StringBuilder lines = new StringBuilder();

    private SpanTree(List<Span> spans) {
        this.spans = spans;
    }

    /** Its lines: the name, and the type of the error if there was one. */
    static String of(OtlpReceiver collector) {
        SpanTree tree = new SpanTree(collector.spans().stream()
                .sorted(Comparator.comparing(Span::getStartTimeUnixNano))
                .toList());
        tree.spans.stream().filter(tree::isRoot).forEach(root -> tree.put(root, ""));
        return tree.lines.toString();
    }

    private boolean isRoot(Span span) {
        return spans.stream().noneMatch(parent -> parent.getSpanId().equals(span.getParentSpanId()));
    }

    private void put(Span span, String indent) {
        Map<String, Object> attributes = OtlpReceiver.attributes(span);
        Object error = attributes.get("error.type");
        lines.append(indent)
                .append(span.getName())
                .append(error == null ? "" : " " + error)
                .append('\n');
        spans.stream()
                .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
                .forEach(child -> put(child, indent + "  "));
    }
}
