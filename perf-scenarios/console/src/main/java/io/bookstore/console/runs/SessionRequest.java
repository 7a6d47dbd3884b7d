package io.bookstore.console.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The options of a command that makes several runs in a folder, and leaves its answer beside them. */
sealed interface SessionRequest permits CapacityRequest, GateRequest {

    /** The name of the command. */
    String command();

    /** The name of the file of its answer. */
    String resultFile();

    /** The word for one of its runs. */
    String part();

    /** The word for its runs, and the name of their member in its events. */
    default String parts() {
        return part() + "s";
    }

    /**
     * The runs that are complete, in words that follow "Cancelled" or "Interrupted".
     *
     * @param soFar the newest event about the session; without members before the first one
     */
    default String complete(JsonNode soFar) {
        JsonNode parts = soFar.path(parts());
        if (parts.isEmpty()) {
            return "before the first " + part() + " was complete";
        }
        return (parts.size() == 1
                        ? "after 1 " + part() + ": "
                        : "after " + parts.size() + " " + parts() + "; the last one: ")
                + told(parts.get(parts.size() - 1), soFar);
    }

    /** The words for one of its runs, from its member of the newest event. */
    String told(JsonNode part, JsonNode soFar);

    /** @throws IllegalArgumentException in a sentence */
    void check();

    /** Arguments of the command. */
    List<String> arguments();
}
