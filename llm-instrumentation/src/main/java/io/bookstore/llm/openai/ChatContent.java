package io.bookstore.llm.openai;

import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionTool;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.ChatCompletionUserMessageParam;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.content.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts the messages of chat completions to the conventions' schema. Runs only if a content policy wants it. */
final class ChatContent {

    private ChatContent() {}

    static Content input(ChatCompletionCreateParams params) {
        List<Part.Text> system = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (ChatCompletionMessageParam message : Known.listOf(params._messages())) {
            message.system()
                    .map(instructions -> instructions.content())
                    .ifPresent(said -> system.add(new Part.Text(text(said.text(), said.arrayOfContentParts()))));
            message.developer()
                    .map(instructions -> instructions.content())
                    .ifPresent(said -> system.add(new Part.Text(text(said.text(), said.arrayOfContentParts()))));
            message.user()
                    .ifPresent(user -> messages.add(new Message(
                            "user", userParts(user), null, user.name().orElse(null))));
            message.assistant()
                    .ifPresent(answer -> messages.add(new Message("assistant", assistantParts(answer), null)));
            message.tool().ifPresent(result -> messages.add(toolResult(result)));
        }
        List<ToolDefinition> tools = Known.listOf(params._tools()).stream()
                .flatMap(ChatContent::definition)
                .toList();
        return new Content(system, messages, List.of(), tools);
    }

    private static Stream<ToolDefinition> definition(ChatCompletionTool tool) {
        if (tool.isFunction()) {
            FunctionDefinition function = tool.asFunction().function();
            return Stream.of(
                    new ToolDefinition(function.name(), function.description().orElse(null)));
        }
        return tool.custom().stream()
                .map(custom -> new ToolDefinition(
                        custom.custom().name(), custom.custom().description().orElse(null)));
    }

    private static List<Part> userParts(ChatCompletionUserMessageParam user) {
        List<Part> parts = new ArrayList<>();
        user.content().text().ifPresent(text -> parts.add(new Part.Text(text)));
        for (ChatCompletionContentPart part :
                user.content().arrayOfContentParts().orElse(List.of())) {
            part.text().ifPresent(text -> parts.add(new Part.Text(text.text())));
            part.imageUrl().ifPresent(image -> parts.add(image(image.imageUrl().url())));
            part.inputAudio().ifPresent(audio -> parts.add(new Part.Attachment("blob", "audio")));
            part.file().ifPresent(file -> parts.add(new Part.Attachment("blob", "document")));
        }
        return parts;
    }

    static Part image(String url) {
        return new Part.Attachment(url.startsWith("data:") ? "blob" : "uri", "image");
    }

    private static List<Part> assistantParts(ChatCompletionAssistantMessageParam answer) {
        List<Part> parts = new ArrayList<>();
        answer.content().flatMap(content -> content.text()).ifPresent(text -> parts.add(new Part.Text(text)));
        addCalls(parts, answer.toolCalls().orElse(List.of()));
        return parts;
    }

    private static Message toolResult(ChatCompletionToolMessageParam result) {
        String text = text(result.content().text(), result.content().arrayOfContentParts());
        return new Message("tool", List.of(new Part.ToolCallResponse(result.toolCallId(), text)), null);
    }

    private static String text(Optional<String> whole, Optional<List<ChatCompletionContentPartText>> parts) {
        return whole.orElseGet(() -> parts.orElse(List.of()).stream()
                .map(ChatCompletionContentPartText::text)
                .collect(Collectors.joining()));
    }

    static Content output(ChatCompletion whole) {
        List<Message> answers = new ArrayList<>();
        for (ChatCompletion.Choice choice : Known.listOf(whole._choices())) {
            String reason = Known.of(choice._finishReason(), ChatCompletion.Choice.FinishReason::asString);
            // The schema demands a reason; an answer that was cut must not look whole.
            answers.add(new Message(
                    "assistant",
                    parts(choice.message()),
                    reason == null ? "unknown" : ChatRequest.finishReason(reason)));
        }
        return new Content(List.of(), List.of(), answers);
    }

    private static List<Part> parts(ChatCompletionMessage message) {
        List<Part> parts = new ArrayList<>();
        String text = Known.of(message._content());
        String refusal = Known.of(message._refusal());
        if (text != null) {
            parts.add(new Part.Text(text));
        }
        if (refusal != null) {
            parts.add(new Part.Text(refusal));
        }
        addCalls(parts, Known.listOf(message._toolCalls()));
        return parts;
    }

    private static void addCalls(List<Part> parts, List<ChatCompletionMessageToolCall> calls) {
        for (ChatCompletionMessageToolCall call : calls) {
            call.function()
                    .ifPresent(function -> parts.add(new Part.ToolCall(
                            function.id(),
                            function.function().name(),
                            function.function().arguments())));
            call.custom()
                    .ifPresent(custom -> parts.add(new Part.ToolCall(
                            custom.id(), custom.custom().name(), custom.custom().input())));
        }
    }
}
