package io.bookstore.genai.spans;

import io.bookstore.perf.cli.CommandProvider;
import io.bookstore.perf.cli.terminal.Interruption;

/** Adds {@code llm-perf check-spans} where this module's jar is on the class path. */
public final class CheckSpansCommandProvider implements CommandProvider {

    @Override
    public Object command(Interruption interruption) {
        return new CheckSpansCommand(interruption);
    }
}
