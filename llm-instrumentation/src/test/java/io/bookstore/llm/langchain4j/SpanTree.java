package io.bookstore.llm.langchain4j;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Comparator;
import java.util.List;

/** The spans of a test as an indented text, in the order in which they started. */
final class SpanTree {

    private SpanTree() {}

    static String of(List<SpanData> spans) {
        StringBuilder text = new StringBuilder();
        append(text, spans, SpanId.getInvalid(), "");
        return text.toString();
    }

    private static void append(StringBuilder text, List<SpanData> spans, String parent, String indent) {
        spans.stream()
                .filter(span -> span.getParentSpanId().equals(parent))
                .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
                .forEach(span -> {
                    text.append(indent).append(span.getName()).append('\n');
                    append(text, spans, span.getSpanId(), indent + "  ");
                });
    }
}
