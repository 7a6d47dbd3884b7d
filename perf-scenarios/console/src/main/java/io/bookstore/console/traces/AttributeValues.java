package io.bookstore.console.traces;

import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of attributes as the plain objects that JSON has. */
final class AttributeValues {

    // The page shows an attribute whole; a prompt of this length fills it twenty times.
    private static final int LONGEST_TEXT = 64 << 10;

    private AttributeValues() {}

    static Map<String, Object> plain(SpanAttributes attributes) {
        Map<String, Object> plain = new LinkedHashMap<>();
        attributes.values().forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    static Object plain(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> shortened(value.getStringValue());
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> exact(value.getIntValue());
            case DOUBLE_VALUE -> finite(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(AttributeValues::plain)
                        .toList();
            case KVLIST_VALUE -> plain(SpanAttributes.of(value.getKvlistValue().getValuesList()));
            case BYTES_VALUE ->
                shortened(
                        Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
            case VALUE_NOT_SET -> "";
        };
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "… (" + (text.length() - LONGEST_TEXT) + " more characters)";
    }

    /** A browser rounds whole numbers beyond 2^53, so that these are texts. */
    private static Object exact(long number) {
        return Math.abs(number) <= 1L << 53 ? (Object) number : String.valueOf(number);
    }

    /** JSON has no infinite number. */
    private static Object finite(double number) {
        return Double.isFinite(number) ? (Object) number : String.valueOf(number);
    }
}
