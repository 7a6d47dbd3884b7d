package io.bookstore.console.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The options of a command that makes several runs in a folder, and leaves its answer beside them. */
sealed interface SessionRequest permits CapacityRequest, GateRequest {

    /** The name of the command. */
    String command();

    /** The name of the file of its answer. */
    String resultFile();

    /** The word for its runs, and the name of their member in its events. */
    String parts();

    /**
     * The runs that are complete, in words that follow "Cancelled" or "Interrupted".
     *
     * @param soFar the newest event about the session; without members before the first one
     */
    String complete(JsonNode soFar);

    /** @throws IllegalArgumentException in a sentence */
    void check();

    /** Arguments of the command. */
    List<String> arguments();
}
