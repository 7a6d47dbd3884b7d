package io.bookstore.llm.internal.spans;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/** Sets each attribute on a span at once: a builder would sort and copy them first, at a quarter of the cost of a call. */
final class SpanAttributes implements AttributesBuilder {

    private final Target span;
    private boolean errorType;

    SpanAttributes(Target span) {
        this.span = span;
    }

    /** Tells whether {@code error.type} was among them. */
    boolean haveErrorType() {
        return errorType;
    }

    @Override
    public <T> AttributesBuilder put(AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.setAttribute(key, value);
            errorType |= key.equals(GenAiAttributes.ERROR_TYPE);
        }
        return this;
    }

    @Override
    public <T> AttributesBuilder put(AttributeKey<Long> key, int value) {
        return put(key, Long.valueOf(value));
    }

    @Override
    public AttributesBuilder putAll(Attributes attributes) {
        attributes.forEach(this::putOne);
        return this;
    }

    @SuppressWarnings("unchecked") // a key of a set of attributes has a value of its type
    private void putOne(AttributeKey<?> key, Object value) {
        put((AttributeKey<Object>) key, value);
    }

    /** Throws {@link UnsupportedOperationException}: the attributes are on the span already. */
    @Override
    public Attributes build() {
        throw new UnsupportedOperationException("The attributes of a span are set one by one; none are kept to build");
    }

    /** A span that is being built, or one that has begun. */
    @FunctionalInterface
    interface Target {
        <T> Object setAttribute(AttributeKey<T> key, T value);
    }
}
