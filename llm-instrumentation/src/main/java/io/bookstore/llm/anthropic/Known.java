package io.bookstore.llm.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a field of the SDK's models; null or empty where it is missing or of another type than it should be. */
final class Known {

    private Known() {}

    static <T> @Nullable T of(JsonField<T> field) {
        return field.asKnown().orElse(null);
    }

    static <T, R> @Nullable R of(JsonField<T> field, Function<T, @Nullable R> part) {
        T known = of(field);
        return known == null ? null : part.apply(known);
    }

    static <T> List<T> listOf(JsonField<List<T>> field) {
        return field.asKnown().orElse(List.of());
    }

    /** A limit as the library has it; a greater one is none. */
    static @Nullable Integer intOf(@Nullable Number number) {
        return number == null ? null : Integer.valueOf((int) Math.min(Integer.MAX_VALUE, number.longValue()));
    }

    /** A value of JSON with the types that the SDK's Kotlin hides from Java. */
    static JsonField<?> typed(JsonValue value) {
        return value;
    }
}
