package io.bookstore.console.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageReaderTest {

    private final Map<String, AnyValue> attributes = new LinkedHashMap<>();

    @Test
    void messagesOfTheConventions() {
        attributes.put("gen_ai.output.messages", text("""
                [{"role":"assistant","parts":[{"type":"tool_call","name":"weather","arguments":{"city":"Bonn"}}],"finish_reason":"tool_call"}]
                """));
        attributes.put("gen_ai.input.messages", text("""
                [{"role":"user","parts":[{"type":"text","content":"Hello"},{"type":"uri","uri":"cat.png"}]},
                 {"role":"tool","parts":[{"type":"tool_call_response","id":"1","response":"rain"}]}]
                """));
        attributes.put("gen_ai.system_instructions", text("""
                [{"type":"text","content":"Be brief."}]
                """));

        assertThat(read())
                .containsExactly(
                        new Message("system", List.of("Be brief.")),
                        new Message("user", List.of("Hello", "{\"type\":\"uri\",\"uri\":\"cat.png\"}")),
                        new Message("tool", List.of("result \"rain\"")),
                        new Message("assistant", List.of("calls weather {\"city\":\"Bonn\"}")));
    }

    @Test
    void structuredAttribute() {
        AnyValue message = AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder()
                        .addValues(pair("role", "user"))
                        .addValues(pair("content", "Hello")))
                .build();
        attributes.put(
                "gen_ai.input.messages",
                AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder().addValues(message))
                        .build());

        assertThat(read()).containsExactly(new Message("user", List.of("Hello")));
    }

    @Test
    void numberedAttributesOfOpenInference() {
        attributes.put("llm.output_messages.0.message.content", text("Hi."));
        attributes.put("llm.input_messages.1.message.contents.0.message_content.text", text("Hello"));
        attributes.put("llm.input_messages.0.message.role", text("system"));
        attributes.put("llm.input_messages.0.message.content", text("Be brief."));

        assertThat(read())
                .containsExactly(
                        new Message("system", List.of("Be brief.")),
                        new Message("user", List.of("Hello")),
                        new Message("assistant", List.of("Hi.")));
    }

    @Test
    void numberedAttributesOfTraceloop() {
        attributes.put("gen_ai.prompt.0.role", text("user"));
        attributes.put("gen_ai.prompt.0.content", text("Hello"));
        attributes.put("gen_ai.completion.0.content", text("Hi."));

        assertThat(read())
                .containsExactly(new Message("user", List.of("Hello")), new Message("assistant", List.of("Hi.")));
    }

    @Test
    void textThatWasCutIsShownAsItIs() {
        attributes.put("gen_ai.input.messages", text("[{\"role\":\"user\",\"parts\":[{\"type\":\"te"));

        assertThat(read())
                .containsExactly(new Message("user", List.of("[{\"role\":\"user\",\"parts\":[{\"type\":\"te")));
    }

    @Test
    void veryLongTextEndsWithWhatIsMissing() {
        attributes.put("gen_ai.prompt.0.content", text("x".repeat(70_000)));

        assertThat(read().get(0).parts().get(0)).endsWith("x… (4464 more characters)");
    }

    @Test
    void spanWithoutContentHasNone() {
        attributes.put("gen_ai.operation.name", text("chat"));

        assertThat(read()).isEmpty();
    }

    private List<Message> read() {
        return MessageReader.read(new SpanAttributes(attributes));
    }

    private static KeyValue pair(String name, String value) {
        return KeyValue.newBuilder().setKey(name).setValue(text(value)).build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value.strip()).build();
    }
}
