package io.bookstore.llm.internal.spans;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.internal.call.Failures;
import io.bookstore.llm.internal.call.Step;
import io.bookstore.llm.internal.call.StepSnapshot;
import io.bookstore.llm.internal.call.StepStart;
import io.bookstore.llm.internal.conventions.Generation;
import io.bookstore.llm.internal.conventions.IfKnown;
import io.bookstore.llm.internal.profiles.ProfileTags;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes of agents, tools and retrievals, on their spans. */
public final class StepAttributes {

    private final Failures failures;
    private final List<Generation> generations;
    private final List<ProfileTags> profiles;
    private final @Nullable ContentPolicy policy;

    public StepAttributes(
            Failures failures,
            List<Generation> generations,
            List<ProfileTags> profiles,
            @Nullable ContentPolicy policy) {
        this.failures = failures;
        this.generations = generations;
        this.profiles = profiles;
        this.policy = policy;
    }

    void putStart(AttributesBuilder span, StepStart start) {
        Step step = start.step();
        span.put(GenAiAttributes.OPERATION_NAME, step.operation());
        if (step instanceof Step.Agent agent) {
            putAgent(span, agent.request());
        } else if (step instanceof Step.Tool tool) {
            putTool(span, tool);
        } else {
            putRetrieval(span, step);
        }
        ContextTags.put(span, start.callContext(), step.inConversation());
    }

    private void putAgent(AttributesBuilder span, AgentRequest agent) {
        span.put(GenAiAttributes.AGENT_NAME, agent.name());
        IfKnown.put(span, GenAiAttributes.REQUEST_MODEL, agent.model());
        generations.forEach(generation -> generation.putAgent(span, agent));
        profiles.forEach(tags -> tags.putAgent(span, agent));
    }

    private void putTool(AttributesBuilder span, Step.Tool step) {
        ToolRequest tool = step.request();
        span.put(GenAiAttributes.TOOL_NAME, tool.name());
        span.put(GenAiAttributes.TOOL_TYPE, tool.type());
        IfKnown.put(span, GenAiAttributes.TOOL_CALL_ID, tool.callId());
        IfKnown.put(span, GenAiAttributes.TOOL_DESCRIPTION, tool.description());
        if (step.agent() != null) {
            span.put(GenAiAttributes.AGENT_NAME, step.agent().name());
        }
        profiles.forEach(tags -> tags.putTool(span, tool));
    }

    private void putRetrieval(AttributesBuilder span, Step retrieval) {
        IfKnown.put(span, GenAiAttributes.DATA_SOURCE_ID, retrieval.target());
        profiles.forEach(tags -> tags.putRetrieval(span));
    }

    void putEnd(AttributesBuilder span, StepSnapshot snapshot) {
        IfKnown.put(span, GenAiAttributes.ERROR_TYPE, snapshot.end().errorType());
        span.put(GenAiAttributes.LLM_OUTCOME, snapshot.end().outcome());
        // The tokens of the calls are there already for a viewer that adds up those of all spans.
        if (snapshot.start().step() instanceof Step.Agent && profiles.stream().noneMatch(ProfileTags::sumsAllSpans)) {
            AgentUsage.put(span, snapshot.context());
        }
        if (snapshot.start().step() instanceof Step.Tool tool && policy != null) {
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
