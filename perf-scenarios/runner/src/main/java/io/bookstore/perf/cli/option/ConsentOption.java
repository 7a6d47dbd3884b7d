package io.bookstore.perf.cli.option;

import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The user's consent, given in advance, to requests that cost money. */
public final class ConsentOption {

    @Option(names = "--yes", description = "Do not ask before requests to a provider that costs money.")
    private boolean yes;

    /** Returns whether the consent was given in advance. */
    public boolean given() {
        return yes;
    }

    /** The question before such requests. */
    public ConsolePrompt prompt(PrintWriter out) {
        return prompt(null, out);
    }

    /** @param maxUsd the limit at which the requests end; null without one */
    public ConsolePrompt prompt(@Nullable Double maxUsd, PrintWriter out) {
        return new ConsolePrompt(yes, maxUsd, out, Terminal.person());
    }

    /** @param person answers the question in place of the terminal */
    public ConsolePrompt prompt(@Nullable Double maxUsd, PrintWriter out, UnaryOperator<String> person) {
        return new ConsolePrompt(yes, maxUsd, out, Optional.of(person));
    }
}
