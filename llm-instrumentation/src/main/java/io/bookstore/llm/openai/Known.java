package io.bookstore.llm.openai;

import com.openai.core.JsonField;
import io.bookstore.llm.cost.TokenUsage;
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
    static @Nullable Integer intOf(JsonField<Long> field) {
        Long known = of(field);
        return known == null ? null : Integer.valueOf((int) Math.min(Integer.MAX_VALUE, known));
    }

    static TokenUsage usage(
            @Nullable Long input, @Nullable Long output, @Nullable Long cached, @Nullable Long reasoning) {
        return new TokenUsage(input, output, cached, null, reasoning);
    }
}
