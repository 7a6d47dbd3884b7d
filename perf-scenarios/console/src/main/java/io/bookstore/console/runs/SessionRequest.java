package io.bookstore.console.runs;

import java.util.List;

/** The options of a command that makes several runs in a folder, and leaves its answer beside them. */
sealed interface SessionRequest permits CapacityRequest, GateRequest {

    /** The name of the command. */
    String command();

    /** The name of the file of its answer. */
    String resultFile();

    /** The word for its runs. */
    String parts();

    /** @throws IllegalArgumentException in a sentence */
    void check();

    /** Arguments of the command. */
    List<String> arguments();
}
