package io.bookstore.k6.script;

import io.bookstore.k6.run.K6ExitCode;

/** Ends the run before or outside of iterations: one sentence for the user and k6's exit code for the case. */
public final class ScriptFault extends RuntimeException {
    private final K6ExitCode exitCode;

    public ScriptFault(K6ExitCode exitCode, String sentence) {
        // The sentence is the whole message to the user; a Java stack trace would say nothing about the script.
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    public static ScriptFault configuration(String sentence) {
        return new ScriptFault(K6ExitCode.INVALID_CONFIGURATION, sentence);
    }

    public static ScriptFault exception(String sentence) {
        return new ScriptFault(K6ExitCode.SCRIPT_EXCEPTION, sentence);
    }

    public K6ExitCode exitCode() {
        return exitCode;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
