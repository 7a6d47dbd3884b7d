package io.bookstore.llm.content;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What was said in one call.
 *
 * @param systemInstructions given apart from the messages; text only, by the conventions
 * @param input              messages sent, oldest first
 * @param output             answers, one for each choice
 */
public record Content(List<Part.Text> systemInstructions, List<Message> input, List<Message> output) {

    public static final Content NONE = new Content(List.of(), List.of(), List.of());

    public Content {
        systemInstructions = List.copyOf(systemInstructions);
        input = List.copyOf(input);
        output = List.copyOf(output);
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
                joined(output, other.output));
    }

    /** Every text passed through {@code edit}, tool arguments and results included. */
    public Content edited(UnaryOperator<String> edit) {
        return new Content(
                systemInstructions.stream()
                        .map(part -> new Part.Text(edit.apply(part.content())))
                        .toList(),
                input.stream().map(message -> message.edited(edit)).toList(),
                output.stream().map(message -> message.edited(edit)).toList());
    }

    /** {@code gen_ai.system_instructions}. */
    public String systemInstructionsJson() {
        JsonWriter json = new JsonWriter();
        json.array(systemInstructions, part -> part.writeTo(json));
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

    private static String json(List<Message> messages) {
        JsonWriter json = new JsonWriter();
        json.array(messages, json::message);
        return json.toString();
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
