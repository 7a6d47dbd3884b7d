package io.bookstore.llm;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a tool's execution, on its span. */
final class ToolAttributes {

    private final Failures failures;
    private final Set<Profile> profiles;
    private final @Nullable ContentPolicy policy;

    ToolAttributes(Failures failures, Set<Profile> profiles, @Nullable ContentPolicy policy) {
        this.failures = failures;
        this.profiles = profiles;
        this.policy = policy;
    }

    void putStart(AttributesBuilder span, ToolStart start) {
        ToolRequest tool = start.request();
        span.put(GenAiAttributes.OPERATION_NAME, "execute_tool");
        span.put(GenAiAttributes.TOOL_NAME, tool.name());
        span.put(GenAiAttributes.TOOL_TYPE, tool.type());
        IfKnown.put(span, GenAiAttributes.TOOL_CALL_ID, tool.callId());
        IfKnown.put(span, GenAiAttributes.TOOL_DESCRIPTION, tool.description());
        ContextTags.put(span, start.callContext(), false);
        profiles.forEach(profile -> profile.tags().putTool(span, tool));
    }

    void putEnd(AttributesBuilder span, ToolSnapshot tool) {
        IfKnown.put(span, GenAiAttributes.ERROR_TYPE, tool.end().errorType());
        span.put(GenAiAttributes.LLM_OUTCOME, tool.end().outcome());
        if (policy != null) {
            failures.guard("capture_content", () -> putContent(span, tool, policy));
        }
    }

    // As messages, so that one policy redacts what models and what tools say.
    private static void putContent(AttributesBuilder span, ToolSnapshot snapshot, ContentPolicy policy) {
        ToolRequest tool = snapshot.start().request();
        String result = snapshot.end().result();
        Content said = Content.NONE;
        if (tool.arguments() != null) {
            Part call = new Part.ToolCall(tool.callId(), tool.name(), tool.arguments());
            said = said.plus(Content.ofInput(new Message("assistant", List.of(call), null)));
        }
        if (result != null) {
            Part response = new Part.ToolCallResponse(tool.callId(), result);
            said = said.plus(Content.ofOutput(new Message("tool", List.of(response), null)));
        }
        Content kept = policy.apply(said);
        if (kept == null) {
            return;
        }
        parts(kept.input()).forEach(part -> {
            if (part instanceof Part.ToolCall call) {
                IfKnown.put(span, GenAiAttributes.TOOL_CALL_ARGUMENTS, call.arguments());
            }
        });
        parts(kept.output()).forEach(part -> {
            if (part instanceof Part.ToolCallResponse response) {
                IfKnown.put(span, GenAiAttributes.TOOL_CALL_RESULT, response.response());
            }
        });
    }

    private static List<Part> parts(List<Message> messages) {
        return messages.stream().flatMap(message -> message.parts().stream()).toList();
    }
}
