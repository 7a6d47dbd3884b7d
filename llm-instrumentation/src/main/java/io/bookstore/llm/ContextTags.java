package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiConventions;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts onto a span for whom and by which prompt a call is made. */
final class ContextTags {

    private final boolean standardPrompt;

    ContextTags(Set<GenAiConventions> conventions) {
        this.standardPrompt = conventions.contains(GenAiConventions.V0_1);
    }

    /** @param inference whether a model answers in words: only there the conventions have conversation and prompt */
    void put(AttributesBuilder span, CallContext context, boolean inference) {
        if (context == CallContext.NONE) {
            return;
        }
        put(span, GenAiAttributes.USER_ID, context.user());
        put(span, GenAiAttributes.SESSION_ID, context.session());
        put(span, GenAiAttributes.LLM_PROMPT_NAME, context.promptName());
        put(span, GenAiAttributes.LLM_PROMPT_VERSION, context.promptVersion());
        put(span, GenAiAttributes.LLM_EXPERIMENT_VARIANT, context.variant());
        if (inference) {
            put(span, GenAiAttributes.CONVERSATION_ID, context.conversation());
        }
        if (inference && standardPrompt) {
            put(span, GenAiAttributes.PROMPT_NAME, context.promptName());
            put(span, GenAiAttributes.PROMPT_VERSION, context.promptVersion());
        }
    }

    /** The value that a metric's label takes from the context; null if it is not one of the context's. */
    static @Nullable String value(CallContext context, AttributeKey<String> key) {
        return switch (key.getKey()) {
            case "user.id" -> context.user();
            case "session.id" -> context.session();
            case "gen_ai.conversation.id" -> context.conversation();
            case "llm.prompt.name" -> context.promptName();
            case "llm.prompt.version" -> context.promptVersion();
            case "llm.experiment.variant" -> context.variant();
            default -> null;
        };
    }

    private static void put(AttributesBuilder span, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            span.put(key, value);
        }
    }
}
