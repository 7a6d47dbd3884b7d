package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request as rules see it. Not thread-safe. */
public final class RuleRequest {

    private final String model;
    private final JsonNode body;
    private final Function<String, @Nullable String> header;
    private @Nullable Conversation conversation;

    /** @param header the value of a header, whatever the case of its name; null if there is none */
    public RuleRequest(String model, JsonNode body, Function<String, @Nullable String> header) {
        this.model = model;
        this.body = body;
        this.header = header;
    }

    /** Describes the request for a person. */
    public String summary() {
        String prompt = conversation().prompt();
        int end = Math.min(prompt.length(), 60);
        return "model " + model + ", turn " + conversation().turn() + ", prompt \"" + prompt.substring(0, end)
                + (end < prompt.length() ? "…" : "") + "\"";
    }

    /** The text of the model's last message; empty if there is none. */
    public String lastAnswer() {
        return conversation().lastAnswer();
    }

    String model() {
        return model;
    }

    JsonNode body() {
        return body;
    }

    List<String> header(String name) {
        String value = header.apply(name);
        return value == null ? List.of() : List.of(value);
    }

    /** Reads the messages when a rule first looks at them. */
    Conversation conversation() {
        Conversation read = conversation;
        if (read == null) {
            read = new Conversation(body);
            conversation = read;
        }
        return read;
    }
}
