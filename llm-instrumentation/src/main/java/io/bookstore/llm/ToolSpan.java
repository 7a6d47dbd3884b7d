package io.bookstore.llm;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a span says of a tool's execution. */
final class ToolSpan {

    private final Failures failures;
    private final ContextTags contextTags;
    private final Set<Profile> profiles;
    private final @Nullable ContentPolicy policy;

    ToolSpan(Failures failures, ContextTags contextTags, Set<Profile> profiles, @Nullable ContentPolicy policy) {
        this.failures = failures;
        this.contextTags = contextTags;
        this.profiles = profiles;
        this.policy = policy;
    }

    void onStart(AttributesBuilder span, ToolExecution execution) {
        ToolRequest tool = execution.request();
        span.put(GenAiAttributes.OPERATION_NAME, "execute_tool");
        span.put(GenAiAttributes.TOOL_NAME, tool.name());
        span.put(GenAiAttributes.TOOL_TYPE, tool.type());
        put(span, GenAiAttributes.TOOL_CALL_ID, tool.callId());
        put(span, GenAiAttributes.TOOL_DESCRIPTION, tool.description());
        contextTags.put(span, execution.callContext(), false);
        profiles.forEach(profile -> profile.tags().atStart(span, tool));
    }

    void onEnd(AttributesBuilder span, ToolExecution execution, ToolExecution.End end) {
        put(span, GenAiAttributes.ERROR_TYPE, end.errorType());
        span.put(GenAiAttributes.LLM_OUTCOME, end.outcome());
        if (policy != null) {
            failures.guard("capture_content", () -> content(span, execution.request(), end, policy));
        }
    }

    // As messages, so that one policy redacts what models and what tools say.
    private static void content(AttributesBuilder span, ToolRequest tool, ToolExecution.End end, ContentPolicy policy) {
        Content said = Content.NONE;
        if (tool.arguments() != null) {
            Part call = new Part.ToolCall(tool.callId(), tool.name(), tool.arguments());
            said = said.plus(Content.ofInput(new Message("assistant", List.of(call), null)));
        }
        if (end.result() != null) {
            Part response = new Part.ToolCallResponse(tool.callId(), end.result());
            said = said.plus(Content.ofOutput(new Message("tool", List.of(response), null)));
        }
        Content kept = policy.apply(said);
        if (kept == null) {
            return;
        }
        parts(kept.input()).forEach(part -> {
            if (part instanceof Part.ToolCall call) {
                put(span, GenAiAttributes.TOOL_CALL_ARGUMENTS, call.arguments());
            }
        });
        parts(kept.output()).forEach(part -> {
            if (part instanceof Part.ToolCallResponse response) {
                put(span, GenAiAttributes.TOOL_CALL_RESULT, response.response());
            }
        });
    }

    private static List<Part> parts(List<Message> messages) {
        return messages.stream().flatMap(message -> message.parts().stream()).toList();
    }

    private static void put(AttributesBuilder span, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            span.put(key, value);
        }
    }
}
