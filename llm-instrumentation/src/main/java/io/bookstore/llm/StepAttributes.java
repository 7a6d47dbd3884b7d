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

/** The attributes of agents, tools and retrievals, on their spans. */
final class StepAttributes {

    private final Failures failures;
    private final List<Generation> generations;
    private final Set<Profile> profiles;
    private final @Nullable ContentPolicy policy;

    StepAttributes(
            Failures failures, List<Generation> generations, Set<Profile> profiles, @Nullable ContentPolicy policy) {
        this.failures = failures;
        this.generations = generations;
        this.profiles = profiles;
        this.policy = policy;
    }

    void putStart(AttributesBuilder span, StepStart start) {
        Step step = start.step();
        step.putStart(span, start.parent(), generations);
        ContextTags.put(span, start.callContext(), step.inConversation());
        profiles.forEach(profile -> step.putTags(span, profile.tags()));
    }

    void putEnd(AttributesBuilder span, StepSnapshot snapshot) {
        IfKnown.put(span, GenAiAttributes.ERROR_TYPE, snapshot.end().errorType());
        span.put(GenAiAttributes.LLM_OUTCOME, snapshot.end().outcome());
        // The tokens of the calls are there already for a viewer that adds up those of all spans.
        if (snapshot.start().step() instanceof AgentStep
                && profiles.stream().noneMatch(profile -> profile.tags().sumsAllSpans())) {
            AgentUsage.put(span, snapshot.context());
        }
        if (snapshot.start().step() instanceof ToolStep tool && policy != null) {
            failures.guard(
                    "capture_content",
                    () -> putContent(span, tool.request(), snapshot.end().result(), policy));
        }
    }

    // As messages, so that one policy redacts what models and what tools say.
    private static void putContent(
            AttributesBuilder span, ToolRequest tool, @Nullable String result, ContentPolicy policy) {
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
