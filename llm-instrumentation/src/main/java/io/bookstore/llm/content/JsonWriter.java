package io.bookstore.llm.content;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the little JSON that messages need; a library for it would be the core's only one. */
public final class JsonWriter {

    private static final int FIRST_PRINTABLE = 0x20;

    private final StringBuilder text = new StringBuilder();

    JsonWriter() {}

    /** Names and values in turn; a pair whose value is null is left out. */
    void writeObject(@Nullable String... namesAndValues) {
        text.append('{');
        boolean first = true;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            if (value != null) {
                if (!first) {
                    text.append(',');
                }
                first = false;
                writeString(String.valueOf(namesAndValues[i]));
                text.append(':');
                writeString(value);
            }
        }
        text.append('}');
    }

    /** The model's call of a tool: its arguments as the object that they are or, if they are none, as text. */
    void writeToolCall(@Nullable String id, String name, @Nullable String arguments) {
        if (arguments == null || !JsonText.isObject(arguments)) {
            writeObject("type", "tool_call", "id", id, "name", name, "arguments", arguments);
            return;
        }
        writeObject("type", "tool_call", "id", id, "name", name);
        text.setLength(text.length() - 1);
        text.append(",\"arguments\":").append(arguments).append('}');
    }

    <T> void writeArray(List<T> values, Consumer<T> writer) {
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            writer.accept(values.get(i));
        }
        text.append(']');
    }

    void writeMessage(Message message) {
        text.append("{\"role\":");
        writeString(message.role());
        text.append(",\"parts\":");
        writeArray(message.parts(), part -> part.writeTo(this));
        if (message.name() != null) {
            text.append(",\"name\":");
            writeString(message.name());
        }
        if (message.finishReason() != null) {
            text.append(",\"finish_reason\":");
            writeString(message.finishReason());
        }
        text.append('}');
    }

    private void writeString(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c < FIRST_PRINTABLE || Character.isSurrogate(c) && !paired(value, i)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    // A text that was cut between the halves of a character would not be valid UTF-8 on the wire.
    private static boolean paired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
