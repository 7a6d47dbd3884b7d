package io.bookstore.llm.spring.ai;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.content.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/** Converts messages to the conventions' schema. Runs only if a content policy wants it. */
final class ContentConversion {

    private ContentConversion() {}

    static Content input(Prompt prompt, @Nullable ChatOptions defaults) {
        List<Part.Text> system = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (org.springframework.ai.chat.messages.Message message : prompt.getInstructions()) {
            if (message instanceof SystemMessage instructions) {
                system.add(new Part.Text(instructions.getText()));
            } else {
                messages.add(message(message));
            }
        }
        return new Content(
                system, messages, List.of(), tools(prompt.getOptions() == null ? defaults : prompt.getOptions()));
    }

    private static List<ToolDefinition> tools(@Nullable ChatOptions options) {
        return options instanceof ToolCallingChatOptions calling
                ? calling.getToolCallbacks().stream()
                        .map(tool -> tool.getToolDefinition())
                        .map(tool -> new ToolDefinition(tool.name(), tool.description()))
                        .toList()
                : List.of();
    }

    static Content output(ChatResponse response) {
        return new Content(
                List.of(),
                List.of(),
                response.getResults().stream().map(ContentConversion::answer).toList());
    }

    private static Message answer(Generation choice) {
        return answer(parts(choice.getOutput()), ChatConversion.finishReason(choice));
    }

    /** An answer of the model. The schema demands a reason; an answer that was cut must not look whole. */
    static Message answer(List<Part> parts, @Nullable String finishReason) {
        return new Message("assistant", parts, finishReason == null ? "unknown" : finishReason);
    }

    private static Message message(org.springframework.ai.chat.messages.Message message) {
        if (message instanceof UserMessage user) {
            return new Message("user", userParts(user), null);
        }
        if (message instanceof AssistantMessage answer) {
            return new Message("assistant", parts(answer), null);
        }
        if (message instanceof ToolResponseMessage results) {
            return new Message("tool", toolParts(results), null);
        }
        return new Message(message.getMessageType().getValue(), List.of(), null);
    }

    private static List<Part> userParts(UserMessage message) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Text(message.getText()));
        for (Media media : message.getMedia()) {
            // Spring AI holds an address as a text, and all else as bytes.
            boolean byAddress = media.getData() instanceof String;
            parts.add(new Part.Attachment(
                    byAddress ? "uri" : "blob", media.getMimeType().getType().toLowerCase(Locale.ROOT)));
        }
        return parts;
    }

    private static List<Part> toolParts(ToolResponseMessage message) {
        List<Part> parts = new ArrayList<>();
        message.getResponses()
                .forEach(result -> parts.add(new Part.ToolCallResponse(result.id(), result.responseData())));
        return parts;
    }

    private static List<Part> parts(AssistantMessage message) {
        List<Part> parts = new ArrayList<>();
        String text = message.getText();
        if (text != null && !text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        parts.addAll(toolCalls(message));
        return parts;
    }

    static List<Part> toolCalls(AssistantMessage message) {
        List<Part> calls = new ArrayList<>();
        message.getToolCalls().forEach(call -> calls.add(new Part.ToolCall(call.id(), call.name(), call.arguments())));
        return calls;
    }
}
