package io.bookstore.perf.cli.terminal;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The terminal, if a person watches. */
public final class Terminal {

    private Terminal() {}

    /** Returns whether standard input and output are a terminal. */
    public static boolean attached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since 22 there is a console even for a pipe, and this method to tell; before, there was neither.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderThan22) {
            return true;
        }
    }

    /** Somebody who answers questions; empty if nobody watches. */
    public static Optional<UnaryOperator<String>> person() {
        Console console = System.console();
        return console != null && attached()
                ? Optional.of(question -> Objects.requireNonNullElse(console.readLine("%s", question), ""))
                : Optional.empty();
    }

    /** The charset of standard output: the default one up to JDK 17; later versions name it. */
    public static Charset charset() {
        String name = System.getProperty("stdout.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }
}
