package io.bookstore.llm.openai;

import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputMessage;
import com.openai.models.responses.ResponseReasoningItem;
import com.openai.models.responses.Tool;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.content.ToolDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Converts the items of the Responses API to the conventions' schema. Runs only if a content policy wants it. */
final class ResponseContent {

    private ResponseContent() {}

    static Content input(ResponseCreateParams params) {
        List<Part.Text> system = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        params._instructions().asKnown().ifPresent(text -> system.add(new Part.Text(text)));
        params._input().asKnown().ifPresent(input -> {
            input.text().ifPresent(text -> messages.add(Message.user(text)));
            input.response()
                    .ifPresent(items ->
                            items.stream().flatMap(ResponseContent::message).forEach(messages::add));
        });
        List<ToolDefinition> tools = Known.listOf(params._tools()).stream()
                .flatMap(ResponseContent::definition)
                .toList();
        return new Content(system, messages, List.of(), tools);
    }

    private static Stream<ToolDefinition> definition(Tool tool) {
        return Stream.concat(
                tool.function().stream()
                        .map(function -> new ToolDefinition(
                                function.name(), function.description().orElse(null))),
                tool.custom().stream()
                        .map(custom -> new ToolDefinition(
                                custom.name(), custom.description().orElse(null))));
    }

    private static Stream<Message> message(ResponseInputItem item) {
        return Stream.of(
                        item.easyInputMessage()
                                .map(easy -> new Message(easy.role().asString(), easyParts(easy), null)),
                        item.message()
                                .map(message ->
                                        new Message(message.role().asString(), inputParts(message.content()), null)),
                        item.responseOutputMessage().map(said -> new Message("assistant", textParts(said), null)),
                        item.functionCall().map(call -> new Message("assistant", List.of(toolCall(call)), null)),
                        item.functionCallOutput().map(ResponseContent::toolResult))
                .flatMap(Optional::stream);
    }

    private static Message toolResult(ResponseInputItem.FunctionCallOutput result) {
        // The plain accessor of the id returns an Optional in later versions of the SDK, a String in 4.8.
        Part part = new Part.ToolCallResponse(
                Known.of(result._callId()), result.output().string().orElse(""));
        return new Message("tool", List.of(part), null);
    }

    private static List<Part> easyParts(EasyInputMessage message) {
        return message.content()
                .textInput()
                .map(text -> List.<Part>of(new Part.Text(text)))
                .orElseGet(() -> inputParts(
                        message.content().responseInputMessageContentList().orElse(List.of())));
    }

    private static List<Part> inputParts(List<ResponseInputContent> contents) {
        List<Part> parts = new ArrayList<>();
        for (ResponseInputContent content : contents) {
            content.inputText().ifPresent(text -> parts.add(new Part.Text(text.text())));
            content.inputImage()
                    .ifPresent(image ->
                            parts.add(ChatContent.image(image.imageUrl().orElse("file"))));
            content.inputFile().ifPresent(file -> parts.add(new Part.Attachment("blob", "document")));
        }
        return parts;
    }

    /** The whole output is one answer, of as many items as there are. */
    static Content output(Response whole) {
        List<Part> parts = new ArrayList<>();
        for (ResponseOutputItem item : Known.listOf(whole._output())) {
            item.reasoning().ifPresent(reasoning -> addThoughts(parts, reasoning));
            item.message().ifPresent(message -> parts.addAll(textParts(message)));
            item.functionCall().ifPresent(call -> parts.add(toolCall(call)));
            item.customToolCall()
                    .ifPresent(call -> parts.add(new Part.ToolCall(call.callId(), call.name(), call.input())));
        }
        List<String> reasons = ResponseRequest.finishReasons(whole);
        // The schema demands a reason; an answer that was cut must not look whole.
        Message answer = new Message("assistant", parts, reasons.isEmpty() ? "unknown" : reasons.get(0));
        return new Content(List.of(), List.of(), List.of(answer));
    }

    static boolean asksForTool(Response whole) {
        return Known.listOf(whole._output()).stream()
                .anyMatch(item -> item.isFunctionCall() || item.isCustomToolCall());
    }

    private static void addThoughts(List<Part> parts, ResponseReasoningItem reasoning) {
        Known.listOf(reasoning._summary()).forEach(thought -> parts.add(new Part.Reasoning(thought.text())));
        Known.listOf(reasoning._content()).forEach(thought -> parts.add(new Part.Reasoning(thought.text())));
    }

    private static List<Part> textParts(ResponseOutputMessage message) {
        List<Part> parts = new ArrayList<>();
        for (ResponseOutputMessage.Content content : Known.listOf(message._content())) {
            content.outputText().ifPresent(text -> parts.add(new Part.Text(text.text())));
            content.refusal().ifPresent(refusal -> parts.add(new Part.Text(refusal.refusal())));
        }
        return parts;
    }

    private static Part toolCall(ResponseFunctionToolCall call) {
        return new Part.ToolCall(call.callId(), call.name(), call.arguments());
    }
}
