package io.bookstore.llm.internal.conventions;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts attributes that have a value; unknown is absent. */
public final class IfKnown {

    private static final int EMPTY_ARRAY = 2;

    private IfKnown() {}

    public static <T> void put(AttributesBuilder span, AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.put(key, value);
        }
    }

    public static void putLong(AttributesBuilder span, AttributeKey<Long> key, @Nullable Integer value) {
        if (value != null) {
            span.put(key, value.longValue());
        }
    }

    public static void putDouble(AttributesBuilder span, AttributeKey<Double> key, @Nullable Integer value) {
        if (value != null) {
            span.put(key, value.doubleValue());
        }
    }

    public static void putAll(AttributesBuilder span, AttributeKey<List<String>> key, List<String> values) {
        if (!values.isEmpty()) {
            span.put(key, values);
        }
    }

    /** Puts what a content policy kept, as JSON texts. */
    public static void putContent(AttributesBuilder span, Content kept) {
        putJson(span, GenAiAttributes.SYSTEM_INSTRUCTIONS, kept.systemInstructionsJson());
        putJson(span, GenAiAttributes.INPUT_MESSAGES, kept.inputJson());
        putJson(span, GenAiAttributes.OUTPUT_MESSAGES, kept.outputJson());
        putJson(span, GenAiAttributes.TOOL_DEFINITIONS, kept.toolsJson());
    }

    private static void putJson(AttributesBuilder span, AttributeKey<String> key, String json) {
        if (json.length() > EMPTY_ARRAY) {
            span.put(key, json);
        }
    }
}
