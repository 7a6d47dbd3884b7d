package io.bookstore.perf.progress;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** Prints events as lines of JSON, each at once, for the program that started this one. Unknown members are absent. Thread-safe. */
public final class EventPrinter {

    private static final ObjectMapper json = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final PrintWriter out;

    public EventPrinter(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints a line.
     *
     * @param event   its name, the member {@code event}
     * @param members a record or map
     */
    public synchronized void print(String event, Object members) {
        ObjectNode line = json.createObjectNode().put("event", event);
        line.setAll((ObjectNode) json.valueToTree(members));
        try {
            out.println(json.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that cannot be written", e);
        }
        out.flush();
    }
}
