package io.bookstore.llm;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import org.jspecify.annotations.Nullable;

/** The user, the session and the prompt of a call, on spans and as labels. */
final class ContextTags {

    private ContextTags() {}

    /** @param inference whether a model answers in words: only there the conventions have a conversation */
    static void put(AttributesBuilder span, CallContext context, boolean inference) {
        if (context == CallContext.NONE) {
            return;
        }
        IfKnown.put(span, GenAiAttributes.USER_ID, context.user());
        IfKnown.put(span, GenAiAttributes.SESSION_ID, context.session());
        IfKnown.put(span, GenAiAttributes.LLM_PROMPT_NAME, context.promptName());
        IfKnown.put(span, GenAiAttributes.LLM_PROMPT_VERSION, context.promptVersion());
        IfKnown.put(span, GenAiAttributes.LLM_EXPERIMENT_VARIANT, context.variant());
        if (inference) {
            IfKnown.put(span, GenAiAttributes.CONVERSATION_ID, context.conversation());
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
}
