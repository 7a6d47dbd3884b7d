package io.bookstore.llm.internal.spans;

import io.bookstore.llm.internal.conventions.IfKnown;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** The user, the session and the prompt of a call. */
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
}
