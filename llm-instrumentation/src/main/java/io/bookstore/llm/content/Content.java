package io.bookstore.llm.content;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The messages of one call.
 *
 * @param systemInstructions given apart from the messages; text only, by the conventions
 * @param input              messages sent, oldest first
 * @param output             answers, one for each choice
 * @param tools              functions that the request offers to the model
 */
public record Content(
        List<Part.Text> systemInstructions, List<Message> input, List<Message> output, List<ToolDefinition> tools) {

    public static final Content NONE = new Content(List.of(), List.of(), List.of());

    public Content {
        systemInstructions = List.copyOf(systemInstructions);
        input = List.copyOf(input);
        output = List.copyOf(output);
        tools = List.copyOf(tools);
    }

    /** Content of a call that offers no tools. */
    public Content(List<Part.Text> systemInstructions, List<Message> input, List<Message> output) {
        this(systemInstructions, input, output, List.of());
    }

    public static Content ofInput(Message... messages) {
        return new Content(List.of(), List.of(messages), List.of());
    }

    public static Content ofOutput(Message... messages) {
        return new Content(List.of(), List.of(), List.of(messages));
    }

    /** This content followed by {@code other}. */
    public Content plus(Content other) {
        return new Content(
                joined(systemInstructions, other.systemInstructions),
                joined(input, other.input),
                joined(output, other.output),
                joined(tools, other.tools));
    }

    /** Every text passed through {@code edit}, tool arguments, results and descriptions included. */
    public Content edited(UnaryOperator<String> edit) {
        return new Content(
                systemInstructions.stream()
                        .map(part -> new Part.Text(edit.apply(part.content())))
                        .toList(),
                input.stream().map(message -> message.edited(edit)).toList(),
                output.stream().map(message -> message.edited(edit)).toList(),
                tools.stream().map(tool -> tool.edited(edit)).toList());
    }

    /** {@code gen_ai.system_instructions}. */
    public String systemInstructionsJson() {
        JsonWriter json = new JsonWriter();
        json.writeArray(systemInstructions, part -> part.writeTo(json));
        return json.toString();
    }

    /** {@code gen_ai.input.messages}. */
    public String inputJson() {
        return json(input);
    }

    /** {@code gen_ai.output.messages}. */
    public String outputJson() {
        return json(output);
    }

    /** {@code gen_ai.tool.definitions}. */
    public String toolsJson() {
        JsonWriter json = new JsonWriter();
        json.writeArray(tools, tool -> tool.writeTo(json));
        return json.toString();
    }

    private static String json(List<Message> messages) {
        JsonWriter json = new JsonWriter();
        json.writeArray(messages, json::writeMessage);
        return json.toString();
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
