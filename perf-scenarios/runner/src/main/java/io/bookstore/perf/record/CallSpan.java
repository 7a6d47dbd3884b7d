package io.bookstore.perf.record;

import io.bookstore.perf.otlp.ModelOperation;
import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A span of a call to a model as a service sent it.
 *
 * @param failed     true if its status is an error
 * @param attributes values as text, whole number, number, truth value or list of them; those of another form are left out
 */
public record CallSpan(String name, boolean failed, Map<String, Object> attributes) {

    private static final String OPERATION = "gen_ai.operation.name";

    /** The attributes by which a span is that of a call, although the name of its operation may be missing. */
    private static final Set<String> OF_A_CALL =
            Set.of(OPERATION, "gen_ai.provider.name", "gen_ai.system", "gen_ai.request.model");

    public CallSpan {
        attributes = Map.copyOf(attributes);
    }

    static void read(ExportTraceServiceRequest export, Consumer<CallSpan> calls) {
        export.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .filter(CallSpan::isCall)
                .map(CallSpan::of)
                .forEach(calls);
    }

    private static boolean isCall(Span span) {
        SpanAttributes attributes = SpanAttributes.of(span.getAttributesList());
        return span.getKind() != Span.SpanKind.SPAN_KIND_SERVER
                && OF_A_CALL.stream().anyMatch(attributes.values()::containsKey)
                && (attributes.text(OPERATION) == null || ModelOperation.of(attributes) != null);
    }

    private static CallSpan of(Span span) {
        Map<String, Object> attributes = new TreeMap<>();
        for (KeyValue attribute : span.getAttributesList()) {
            add(attribute.getValue(), value -> attributes.put(attribute.getKey(), value));
        }
        return new CallSpan(
                span.getName(), span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR, attributes);
    }

    private static void add(AnyValue value, Consumer<Object> into) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> into.accept(value.getStringValue());
            case INT_VALUE -> into.accept(value.getIntValue());
            case DOUBLE_VALUE -> into.accept(value.getDoubleValue());
            case BOOL_VALUE -> into.accept(value.getBoolValue());
            case ARRAY_VALUE -> {
                List<Object> list = new ArrayList<>();
                value.getArrayValue().getValuesList().forEach(each -> add(each, list::add));
                into.accept(List.copyOf(list));
            }
            default -> {
                // Maps and bytes: no convention about calls asks for one.
            }
        }
    }
}
