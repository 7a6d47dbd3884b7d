package io.bookstore.perf.cli;

import io.bookstore.perf.cli.terminal.Interruption;

/**
 * A command of {@code llm-perf} from a module that depends on this one. A {@link java.util.ServiceLoader} finds it in the jars
 * that the manifest of {@code perf.jar} names.
 */
public interface CommandProvider {

    /** Returns a new command, annotated for picocli; {@code interruption} tells it of Ctrl-C. */
    Object command(Interruption interruption);
}
