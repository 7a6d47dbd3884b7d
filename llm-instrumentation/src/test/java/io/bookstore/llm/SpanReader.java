package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.TreeMap;

/** Reads what the exporter got, under wire names. */
public final class SpanReader {

    private SpanReader() {}

    /** The one span there is. */
    public static SpanData onlySpan(OpenTelemetryExtension otel) {
        assertThat(otel.getSpans()).hasSize(1);
        return otel.getSpans().get(0);
    }

    /** Attributes by name. */
    public static Map<String, Object> attributes(SpanData span) {
        return asMap(span.getAttributes());
    }

    /** Attributes by name. */
    public static Map<String, Object> asMap(Attributes attributes) {
        Map<String, Object> map = new TreeMap<>();
        attributes.forEach((AttributeKey<?> key, Object value) -> map.put(key.getKey(), value));
        return map;
    }
}
