package io.bookstore.llm.anthropic;

import com.anthropic.core.JsonValue;
import io.bookstore.llm.operation.InferenceRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters that the SDK has no fields for any more, though the provider knows them: hosts set them by their names. */
final class Parameters {

    private Parameters() {}

    static InferenceRequest.Builder read(InferenceRequest.Builder request, Map<String, JsonValue> more) {
        return more.isEmpty()
                ? request
                : request.temperature(fraction(more.get("temperature")))
                        .topP(fraction(more.get("top_p")))
                        .topK(Known.intOf(number(more.get("top_k"))));
    }

    private static @Nullable Double fraction(@Nullable JsonValue value) {
        Number number = number(value);
        return number == null ? null : Double.valueOf(number.doubleValue());
    }

    private static @Nullable Number number(@Nullable JsonValue value) {
        return value == null ? null : Known.typed(value).asNumber().orElse(null);
    }
}
