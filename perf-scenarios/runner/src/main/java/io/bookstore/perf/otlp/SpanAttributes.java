package io.bookstore.perf.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a span, an event or a resource, in the order of the sender.
 *
 * @param values the value of each name
 */
public record SpanAttributes(Map<String, AnyValue> values) {

    /** Reads them; of a name that comes twice the last value counts. */
    public static SpanAttributes of(List<KeyValue> list) {
        Map<String, AnyValue> values = new LinkedHashMap<>();
        list.forEach(attribute -> values.put(attribute.getKey(), attribute.getValue()));
        return new SpanAttributes(values);
    }

    /** Returns the first of these attributes that is a text; null if none is. */
    public @Nullable String text(String... names) {
        for (String name : names) {
            AnyValue value = values.get(name);
            if (value != null && value.hasStringValue()) {
                return value.getStringValue();
            }
        }
        return null;
    }

    /** Returns the texts of an array, or the one text; empty if it is neither. */
    public List<String> texts(String name) {
        AnyValue value = values.get(name);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (AnyValue part : value.hasArrayValue() ? value.getArrayValue().getValuesList() : List.of(value)) {
            if (part.hasStringValue()) {
                texts.add(part.getStringValue());
            }
        }
        return texts;
    }

    /** Returns the first of these attributes that is a whole number, also one written as text, as Micrometer does; null if none is. */
    public @Nullable Long whole(String... names) {
        Double number = number(names);
        return number == null || number != Math.rint(number) ? null : Long.valueOf(number.longValue());
    }

    /** Returns the first of these attributes that is a number, also one written as text, as Micrometer does; null if none is. */
    public @Nullable Double number(String... names) {
        for (String name : names) {
            AnyValue value = values.get(name);
            Double number = value == null ? null : number(value);
            if (number != null) {
                return number;
            }
        }
        return null;
    }

    private static @Nullable Double number(AnyValue value) {
        if (value.hasIntValue()) {
            return (double) value.getIntValue();
        }
        if (value.hasDoubleValue()) {
            return finite(value.getDoubleValue());
        }
        try {
            return value.hasStringValue() ? finite(Double.parseDouble(value.getStringValue())) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
