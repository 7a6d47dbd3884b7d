package io.bookstore.genai.prices;

import io.bookstore.perf.cli.CommandProvider;
import io.bookstore.perf.cli.terminal.Interruption;

/** Adds {@code llm-perf prices} where this module's jar is on the class path. */
public final class PricesCommandProvider implements CommandProvider {

    @Override
    public Object command(Interruption interruption) {
        return new PricesCommand();
    }
}
