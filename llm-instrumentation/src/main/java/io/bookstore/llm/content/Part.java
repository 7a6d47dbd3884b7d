package io.bookstore.llm.content;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A piece of a message. */
public sealed interface Part {

    /** This part with every text in it passed through {@code edit}. */
    Part edited(UnaryOperator<String> edit);

    /** Writes the part as an object of the conventions' schema. */
    void writeTo(JsonWriter json);

    /** Plain text. */
    record Text(String content) implements Part {
        @Override
        public Part edited(UnaryOperator<String> edit) {
            return new Text(edit.apply(content));
        }

        @Override
        public void writeTo(JsonWriter json) {
            json.writeObject("type", "text", "content", content);
        }
    }

    /** Thoughts of the model before its answer. */
    record Reasoning(String content) implements Part {
        @Override
        public Part edited(UnaryOperator<String> edit) {
            return new Reasoning(edit.apply(content));
        }

        @Override
        public void writeTo(JsonWriter json) {
            json.writeObject("type", "reasoning", "content", content);
        }
    }

    /**
     * Something that is no text, told by its kind alone: neither its bytes nor its address belong on a span.
     *
     * @param type     {@code blob} if the message had its bytes, {@code uri} if it had its address
     * @param modality {@code image}, {@code audio}, {@code video} or what else it is
     */
    record Attachment(String type, String modality) implements Part {
        @Override
        public Part edited(UnaryOperator<String> edit) {
            return this;
        }

        @Override
        public void writeTo(JsonWriter json) {
            json.writeObject("type", type, "modality", modality);
        }
    }

    /**
     * The model asks for a tool.
     *
     * @param id        null if the provider gave none
     * @param arguments as the model wrote them; on the wire an object if they are JSON, else a text; null if there are none
     */
    record ToolCall(
            @Nullable String id, String name, @Nullable String arguments) implements Part {
        @Override
        public Part edited(UnaryOperator<String> edit) {
            return new ToolCall(id, name, arguments == null ? null : edit.apply(arguments));
        }

        @Override
        public void writeTo(JsonWriter json) {
            json.writeToolCall(id, name, arguments);
        }
    }

    /**
     * The result of a tool.
     *
     * @param id of the call; null if the provider gave none
     */
    record ToolCallResponse(@Nullable String id, String response) implements Part {
        @Override
        public Part edited(UnaryOperator<String> edit) {
            return new ToolCallResponse(id, edit.apply(response));
        }

        @Override
        public void writeTo(JsonWriter json) {
            json.writeObject("type", "tool_call_response", "id", id, "response", response);
        }
    }
}
