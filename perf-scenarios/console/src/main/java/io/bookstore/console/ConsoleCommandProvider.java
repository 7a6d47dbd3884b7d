package io.bookstore.console;

import io.bookstore.perf.cli.CommandProvider;
import io.bookstore.perf.cli.terminal.Interruption;

/** Adds {@code llm-perf console} where this module's jar is on the class path. */
public final class ConsoleCommandProvider implements CommandProvider {

    @Override
    public Object command(Interruption interruption) {
        return new ConsoleCommand(interruption);
    }
}
