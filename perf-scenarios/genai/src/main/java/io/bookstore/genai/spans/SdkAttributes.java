package io.bookstore.genai.spans;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.AnyValue.ValueCase;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Attributes of an export in the SDK's form, each of the type that it was sent with. */
final class SdkAttributes {

    private SdkAttributes() {}

    static Attributes of(List<KeyValue> sent) {
        AttributesBuilder attributes = Attributes.builder();
        sent.forEach(attribute -> put(attributes, attribute.getKey(), attribute.getValue()));
        return attributes.build();
    }

    private static void put(AttributesBuilder attributes, String name, AnyValue value) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> attributes.put(AttributeKey.stringKey(name), value.getStringValue());
            case BOOL_VALUE -> attributes.put(AttributeKey.booleanKey(name), (Boolean) value.getBoolValue());
            case INT_VALUE -> attributes.put(AttributeKey.longKey(name), (Long) value.getIntValue());
            case DOUBLE_VALUE -> attributes.put(AttributeKey.doubleKey(name), (Double) value.getDoubleValue());
            case ARRAY_VALUE -> putArray(attributes, name, value);
            case KVLIST_VALUE, BYTES_VALUE -> putStructure(attributes, name, value);
            // An empty value: the sender had none.
            case VALUE_NOT_SET -> {}
        }
    }

    private static void putArray(AttributesBuilder attributes, String name, AnyValue value) {
        List<AnyValue> parts = value.getArrayValue().getValuesList();
        Set<ValueCase> types = parts.stream().map(AnyValue::getValueCase).collect(Collectors.toSet());
        if (types.isEmpty() || types.equals(Set.of(ValueCase.STRING_VALUE))) {
            attributes.put(AttributeKey.stringArrayKey(name), list(parts, AnyValue::getStringValue));
        } else if (types.equals(Set.of(ValueCase.INT_VALUE))) {
            attributes.put(AttributeKey.longArrayKey(name), list(parts, AnyValue::getIntValue));
        } else if (types.equals(Set.of(ValueCase.DOUBLE_VALUE))) {
            attributes.put(AttributeKey.doubleArrayKey(name), list(parts, AnyValue::getDoubleValue));
        } else if (types.equals(Set.of(ValueCase.BOOL_VALUE))) {
            attributes.put(AttributeKey.booleanArrayKey(name), list(parts, AnyValue::getBoolValue));
        } else {
            putStructure(attributes, name, value);
        }
    }

    private static <T> List<T> list(List<AnyValue> parts, Function<AnyValue, T> type) {
        return parts.stream().map(type).toList();
    }

    /** This version of the SDK has no type for structures; where the conventions allow one, they allow text as well. */
    private static void putStructure(AttributesBuilder attributes, String name, AnyValue value) {
        attributes.put(AttributeKey.stringKey(name), value.toString());
    }
}
