package io.bookstore.llm.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.content.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts messages to the conventions' schema. Runs only if a content policy wants it. */
final class ContentConversion {

    private ContentConversion() {}

    static Content input(ChatRequest request) {
        List<Part.Text> system = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (ChatMessage message : request.messages()) {
            if (message instanceof SystemMessage instructions) {
                system.add(new Part.Text(instructions.text()));
            } else {
                messages.add(message(message));
            }
        }
        return new Content(system, messages, List.of(), tools(request));
    }

    private static List<ToolDefinition> tools(ChatRequest request) {
        List<ToolSpecification> offered = request.toolSpecifications();
        return offered == null
                ? List.of()
                : offered.stream()
                        .map(tool -> new ToolDefinition(tool.name(), tool.description()))
                        .toList();
    }

    static Content output(ChatResponse response) {
        // The schema demands a reason; an answer that was cut must not look whole.
        String reason =
                response.finishReason() == null ? "unknown" : ChatConversion.finishReason(response.finishReason());
        return new Content(
                List.of(), List.of(), List.of(new Message("assistant", parts(response.aiMessage()), reason)));
    }

    private static Message message(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return new Message("user", userParts(user), null, user.name());
        }
        if (message instanceof AiMessage answer) {
            return new Message("assistant", parts(answer), null);
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return new Message("tool", List.of(new Part.ToolCallResponse(result.id(), result.text())), null);
        }
        return new Message(message.type().name().toLowerCase(Locale.ROOT), List.of(), null);
    }

    private static List<Part> userParts(UserMessage message) {
        List<Part> parts = new ArrayList<>();
        for (dev.langchain4j.data.message.Content content : message.contents()) {
            if (content instanceof TextContent text) {
                parts.add(new Part.Text(text.text()));
            } else {
                boolean byAddress =
                        content instanceof ImageContent image && image.image().url() != null;
                parts.add(new Part.Attachment(
                        byAddress ? "uri" : "blob", content.type().name().toLowerCase(Locale.ROOT)));
            }
        }
        return parts;
    }

    private static List<Part> parts(AiMessage message) {
        List<Part> parts = new ArrayList<>();
        addText(parts, message.thinking(), true);
        addText(parts, message.text(), false);
        for (ToolExecutionRequest call : message.toolExecutionRequests()) {
            parts.add(new Part.ToolCall(call.id(), call.name(), call.arguments()));
        }
        return parts;
    }

    private static void addText(List<Part> parts, @Nullable String text, boolean thinking) {
        if (text != null) {
            parts.add(thinking ? new Part.Reasoning(text) : new Part.Text(text));
        }
    }
}
